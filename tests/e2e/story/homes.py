"""C8: what each lands on, with the numbers of the story; and pages that only show."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

SAMPLE = Path(settings.BASE_DIR) / "docs" / "samples" / "requirements.yaml"


def another_client_is_imported(cast):
    """Somebody at a terminal imports a file; what it says belongs to BizDev."""
    call_command("import_requirements", SAMPLE, verbosity=0)
    bizdev = cast.bizdev
    bizdev.menu("Home").reads("2 engagements are before agreement.", "Nordwind Bank")


def homes_of_staff_have_the_numbers(cast):
    cast.hr.menu("Home").reads("Fjord Energy", "1 / 5")
    cast.hr.follow("Fjord Energy").reads("1 of 5 seats are live.")
    cast.bizdev.menu("Home").reads("1 engagement is before agreement.", "Nordwind Bank")
    cast.trainer.menu("Home").reads("1 class is running", "1 / 5")
    cast.admin.menu("Home")


def portal_has_the_numbers(cast):
    client = cast.client
    client.menu("Decisions").reads("Nothing waits for you.", "1 of 5 at work")
    client.menu("Progress").reads("1 of 5 people are at work.")
    client.menu("People with access").reads("Clara Lund")
    cast.vendor.menu("Candidates").reads("Otto Pires", "hired")
    cast.vendor.menu("Documents").reads("Every document that we need is valid.")


def lists_of_staff_are_looked_through(cast):
    recruiter = cast.recruiter
    recruiter.menu("Candidates").open_in_list("Nadia Kaya").reads("German")
    recruiter.menu("Requisitions").open_in_list(re.compile("Energy adviser")).follow("List")
    cast.bizdev.menu("Engagements").open_in_list("Nordwind Bank")

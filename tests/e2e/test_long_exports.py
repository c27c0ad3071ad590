"""A list too long for a page is written by a job, which one watches, stops and goes on with."""

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.lists import long_exports
from core.models import Effect
from core.tasks import run_effect
from tests.factories.recruiting import CandidateFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]


def works():
    """Do what waits now, as a worker does."""
    for pk in list(Effect.objects.due(now=timezone.now()).values_list("pk", flat=True)):
        run_effect(pk)


@pytest.mark.usefixtures("broker_is_down")
def test_long_list_is_written_by_a_job(cast, monkeypatch):
    for module in ("selection", "pages"):
        monkeypatch.setattr(f"core.lists.{module}.CAP", 3)
        monkeypatch.setattr(f"core.lists.{module}.PAGE", 2)
    monkeypatch.setattr(long_exports, "SIZE", 2)
    for number in range(5):
        CandidateFactory(name=f"Applicant {number}")
    rosa = cast.sign_in("rosa", "Rosa Kaminska", "recruiter@cadre.example", "Recruiter")

    rosa.menu("Candidates").reads("All that match, made by a job:").press("XLSX")
    rosa.reads("0 of 5 done.", "It goes on by itself")
    works()
    rosa.waits_for("2 of 5 done.")
    rosa.press("Stop").reads("Stopped: 2 of 5 are done, and stay.", "cancelled")
    rosa.press("Go on").reads("It goes on after row 2.")
    works()
    works()
    rosa.waits_for("Everything is done.")

    assert names_in(takes_the_file(rosa)) == [f"Applicant {number}" for number in range(5)]
    reads_it_without_script(cast, rosa)
    assert cast.inspection.faults == []


def takes_the_file(rosa):
    with rosa.page.expect_download() as download:
        rosa.page.get_by_role("link", name="Take the file").first.click()
    assert download.value.suggested_filename.startswith("candidates")
    return download.value.path()


def names_in(path):
    with path.open("rb") as file:  # the browser gives it no ending by which it would be known
        sheet = load_workbook(file).active
        return [row[0] for row in list(sheet.values)[1:]]


def reads_it_without_script(cast, rosa):
    context = cast.browser.new_context(
        base_url=cast.base_url,
        java_script_enabled=False,
        storage_state=rosa.context.storage_state(),
    )
    page = context.new_page()
    page.goto(rosa.page.url)
    assert "5 of 5 done." in page.locator("h1").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the file").first.click()
    assert names_in(download.value.path())
    context.close()

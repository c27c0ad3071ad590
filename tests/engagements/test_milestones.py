"""What is due on an engagement is said in the language of whoever reads it."""

import importlib

import pytest
from django.apps import apps
from django.utils.translation import override

from engagements import actions
from engagements.models import Milestone
from tests.factories.engagements import EngagementFactory, MilestoneFactory

pytestmark = pytest.mark.django_db
migration = importlib.import_module("engagements.migrations.0004_say_milestones")


def both(row):
    with override("es"):
        spanish = str(row)
    return str(row), spanish


def test_milestone_is_said_in_the_readers_language():
    says = "%(live)s of %(wanted)s people certified"
    arguments = {"live": 3, "wanted": 4}

    row = actions.set_milestone(EngagementFactory(), "certified", says=says, arguments=arguments)

    assert both(row) == ("3 of 4 people certified", "3 de 4 personas con certificado")


def test_release_before_reads_it_in_english():
    row = actions.set_milestone(EngagementFactory(), "x", says="Seen: %(n)s", arguments={"n": 1})

    assert row.title == "Seen: 1"


def test_what_the_release_before_wrote_is_read_as_it_wrote_it():
    assert str(MilestoneFactory(says="", title="100% ready")) == "100% ready"


@pytest.mark.parametrize(
    ("key", "title", "expected"),
    [
        ("go_live", "Go-live", ("Go-live", "Puesta en marcha")),
        # Once stored in the language of whoever planned the class.
        ("first_class", "Empieza la primera clase", ("First class starts",)),
        ("certified", "3 of 4 people certified", ("3 of 4 people certified",)),
        ("contract", "Contract: to be drawn and issued", ("Contract: to be drawn and issued",)),
        (
            "contract",
            "Contract C-2026-1: signatures",
            ("Contract C-2026-1: signatures", "Contrato C-2026-1: firmas"),
        ),
        (
            "proposal:7",
            "Proposal P-2026-1, version 2: the client's answer",
            (
                "Proposal P-2026-1, version 2: the client's answer",
                "Propuesta P-2026-1, versión 2: respuesta del cliente",
            ),
        ),
        ("requisition:7", "Seats filled: 100% German", ("Seats filled: 100% German",)),
        ("own:7", "100% ready", ("100% ready", "100% ready")),
    ],
)
def test_titles_that_were_stored_are_said_in_both_languages(key, title, expected):
    row = MilestoneFactory(key=key, says="", title=title)

    migration.say(apps, None)

    assert both(Milestone.objects.get(pk=row.pk))[: len(expected)] == expected

"""What is due on an engagement is said in the language of whoever reads it."""

import pytest
from django.utils.translation import override

from engagements import actions
from tests.factories.engagements import EngagementFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


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

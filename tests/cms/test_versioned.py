"""What a new version of a proposal says differently, by figures as they are gathered."""

from datetime import date

import pytest

from cms.figures import gather
from cms.versioned import compare
from core.versions import freeze
from engagements.actions import make_plan
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
WEEKS = {"recruiting": 6, "training": 3, "nesting": 2}


@pytest.fixture
def engagement(actor_as):
    row = RequirementsFactory(state="accepted")
    LineOfBusinessFactory(requirements=row, name="Phone")
    make_plan(row, by=actor_as("BizDev"))
    return row.engagement


def gathered(engagement):
    frozen, _sha256 = freeze(gather(engagement, on=TODAY, weeks=WEEKS))
    return frozen


def told(old, new):
    return [str(change.label) for change in compare(old, new)]


def test_the_same_figures_differ_in_nothing(engagement):
    assert told(gathered(engagement), gathered(engagement)) == []


def test_hours_and_promise_of_a_line_are_told_when_they_change(engagement):
    before = gathered(engagement)
    line = engagement.requirements.get().lines.get()
    line.hours, line.threshold_s = [[1, "08:00", "20:00"]], 10
    line.save()

    found = told(before, gathered(engagement))

    assert len(found) == 2
    assert all("Phone" in label for label in found)


def test_figures_frozen_before_lines_had_weeks_are_compared_too(engagement):
    new = gathered(engagement)
    old = gathered(engagement)
    for line in old["lines"]:
        del line["hours"]
        line |= {"days": "Monday to Friday", "opens": "09:00", "closes": "17:00"}

    assert len(told(old, new)) == 1

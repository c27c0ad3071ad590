"""The last safe day of each decision, counted back from going live."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core import policies
from core.calendars import WEEKDAYS
from core.models import Actor, DayOff
from engagements.deadlines import deadlines
from engagements.models import Engagement
from engagements.policies import CALENDAR
from tests.factories.engagements import EngagementFactory, SeatFactory

pytestmark = pytest.mark.django_db
GO_LIVE = date(2027, 6, 1)  # a Tuesday
EARLY = date(2026, 11, 2)


def of(row, today=EARLY):
    fresh = Engagement.objects.for_page().get(pk=row.pk)
    return {str(each["label"]): each for each in deadlines(fresh, today=today)}


@pytest.fixture
def row():
    return EngagementFactory(state="proposed", go_live_on=GO_LIVE)


def test_each_decision_has_its_last_safe_day_and_says_whose_it_is(row):
    found = of(row)

    assert {label: each["on"] for label, each in found.items()} == {
        "The contract is signed": date(2027, 1, 26),
        "Criteria are approved": date(2027, 2, 5),
        "Sourcing begins": date(2027, 2, 16),
        "Offers are accepted": date(2027, 3, 30),
        "The class begins": date(2027, 4, 27),
        "Nesting begins": date(2027, 5, 18),
        "The team is live": GO_LIVE,
    }
    assert found["The contract is signed"]["note"] == "the client decides"
    assert found["The contract is signed"]["state"] == "now"
    assert found["Sourcing begins"]["note"] == "we decide"
    assert all(each["on"].weekday() < 5 for each in found.values())


def test_what_has_slipped_says_by_how_much(row):
    safe = of(row)["The contract is signed"]["on"]

    late = of(row, today=safe + timedelta(days=3))["The contract is signed"]

    assert (late["state"], late["note"]) == ("late", "3 days late, the client decides")
    assert of(row, today=safe)["The contract is signed"]["state"] == "now"


def test_what_is_done_is_done_whenever(row):
    Engagement.objects.filter(pk=row.pk).update(state="recruiting")
    SeatFactory.create_batch(2, engagement=row, state="reserved")
    SeatFactory(engagement=row, state="vacated")

    states = {label: each["state"] for label, each in of(row).items()}

    assert states["Criteria are approved"] == states["Offers are accepted"] == "done"
    assert states["The class begins"] == "now"
    assert states["Nesting begins"] == ""


def test_our_days_off_and_the_policies_move_them(row):
    before = of(row)
    DayOff.objects.create(on=before["Nesting begins"]["on"], name="Fair", by=Actor.objects.system())
    moved = of(row)
    assert moved["Nesting begins"]["on"] == before["Nesting begins"]["on"] - timedelta(days=1)

    policies.change(CALENDAR["class"], 42, by=Actor.objects.system())
    assert of(row)["The class begins"]["on"] <= moved["The class begins"]["on"] - timedelta(days=21)


@pytest.mark.parametrize(
    ("weekdays", "safe"),
    [([], date(2027, 2, 5)), (list("012345"), date(2027, 2, 6)), (list("0"), date(2027, 2, 1))],
    ids=["none chosen: Monday to Friday", "Saturdays too", "Mondays only"],
)
def test_a_safe_day_is_a_working_day_of_ours(weekdays, safe, row):
    policies.change(WEEKDAYS, weekdays, by=Actor.objects.system())
    assert of(row)["Criteria are approved"]["on"] == safe


@pytest.mark.parametrize(
    "changed", [{"go_live_on": None}, {"state": "live"}, {"state": "lost"}, {"state": "on_hold"}]
)
def test_without_a_day_to_go_live_or_on_its_way_no_more_there_are_none(row, changed):
    Engagement.objects.filter(pk=row.pk).update(**changed)
    assert of(row) == {}


def test_the_page_shows_them(row, client_as):
    page = client_as("BizDev").get(reverse("engagements:engagement", args=[row.pk]))
    assert "Last safe days" in page.content.decode()
    assert "Criteria are approved" in page.content.decode()

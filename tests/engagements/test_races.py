"""Two people at once, on real threads and real transactions."""

import threading
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from core.workflow import StepRefused
from engagements import actions
from engagements.models import Engagement, Requirements, Seat, StaffingPlan
from engagements.wish import Wish
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
)

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """Make the calls in threads that start together; return their results or refusals."""
    start = threading.Barrier(len(calls))
    results = []

    def run(call):
        start.wait()
        try:
            results.append(call())
        except StepRefused as refusal:
            results.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.fixture
def bizdev():
    user = UserFactory()
    user.groups.add(Group.objects.get(name="BizDev"))
    return user.actor


def test_same_requirements_accepted_twice_at_once_are_accepted_once(bizdev):
    row = LineOfBusinessFactory(requirements__state="submitted").requirements

    results = at_once(*[lambda: actions.accept_requirements(row, by=bizdev)] * 2)

    assert "This is no longer possible: it is accepted." in results
    assert list(row.log.values_list("step", flat=True)) == ["accept"]


def test_two_versions_accepted_at_once_leave_one_accepted(bizdev):
    first = LineOfBusinessFactory(requirements__state="submitted").requirements
    second = RequirementsFactory(engagement=first.engagement, version=2, state="submitted")

    at_once(
        lambda: actions.accept_requirements(first, by=bizdev),
        lambda: actions.accept_requirements(second, by=bizdev),
    )

    assert sorted(Requirements.objects.values_list("state", flat=True)) == [
        "accepted",
        "superseded",
    ]


def test_plan_made_twice_at_once_makes_one_set_of_seats(bizdev):
    row = LineOfBusinessFactory(requirements__state="accepted").requirements

    results = at_once(*[lambda: actions.make_plan(row, by=bizdev)] * 2)

    plan = StaffingPlan.objects.get()
    assert results == [plan, plan]
    assert Seat.objects.count() == plan.total_seats


def test_two_different_plans_at_once_leave_the_seats_of_one(bizdev):
    row = LineOfBusinessFactory(requirements__state="accepted").requirements

    at_once(
        lambda: actions.make_plan(row, by=bizdev, wish=Wish(target_span=8)),
        lambda: actions.make_plan(row, by=bizdev, wish=Wish(target_span=12)),
    )

    newest = Engagement.objects.get().plans.get(version=2)
    assert list(Seat.objects.wanted()) == list(newest.seats.all())


def test_two_steps_of_requirements_kept_at_once_keep_both(bizdev):
    row = RequirementsFactory(industry="", go_live_on=None)

    at_once(
        lambda: actions.edit_requirements(row, industry="parcels"),
        lambda: actions.edit_requirements(row, go_live_on=date(2027, 6, 1)),
    )

    kept = Requirements.objects.get()
    assert (kept.industry, kept.go_live_on) == ("parcels", date(2027, 6, 1))


def test_requirements_begun_twice_at_once_are_one_draft(bizdev):
    engagement = EngagementFactory()

    results = at_once(*[lambda: actions.begin_requirements(engagement)] * 2)

    assert results == [Requirements.objects.get()] * 2


def test_two_wishes_at_once_stand_in_one_draft(bizdev):
    row = LineOfBusinessFactory(name="Phone", requirements__state="accepted").requirements
    wish = {"line": "Phone", "from_on": date(2027, 6, 1), "why": "Spring.", "by": bizdev}

    at_once(
        lambda: actions.ask_for_seats(row.engagement, seats=2, **wish),
        lambda: actions.ask_for_seats(row.engagement, seats=3, **wish),
    )

    draft = Requirements.objects.get(state="draft")
    assert draft.lines.get().seats_asked == 5
    assert len(draft.asked.splitlines()) == 2

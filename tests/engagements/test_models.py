from datetime import date

import pytest
from django.db import IntegrityError
from django_fsm import GET_STATE

from core.workflow import StepRefused, blockers, take_step
from engagements.hours import every
from engagements.models import (
    Client,
    Engagement,
    LineOfBusiness,
    Milestone,
    Requirements,
    Seat,
    StaffingPlan,
)
from tests.factories.engagements import (
    ClientPersonFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    MilestoneFactory,
    RequirementsFactory,
    SeatFactory,
    StaffingPlanFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = ["enquiry", "scoping", "planned", "proposed"]
HOLDABLE = (*BEFORE, "agreed", "recruiting", "training")
ENGAGEMENT = {
    ("enquiry", "scope"): "scoping",
    ("scoping", "plan"): "planned",
    ("planned", "propose"): "proposed",
    ("proposed", "agree"): "agreed",
    ("agreed", "recruit"): "recruiting",
    ("recruiting", "train"): "training",
    ("training", "go_live"): "live",
    ("live", "close"): "closed",
    ("on_hold", "resume"): HOLDABLE,
    **{(state, "hold"): "on_hold" for state in HOLDABLE},
    **{(state, "lose"): "lost" for state in BEFORE},
}
REQUIREMENTS = {
    ("draft", "submit"): "submitted",
    ("submitted", "send_back"): "draft",
    ("submitted", "accept"): "accepted",
    ("accepted", "supersede"): "superseded",
}
SEAT = {
    ("planned", "approve"): "approved",
    ("approved", "requisition"): "requisitioned",
    ("requisitioned", "give_back"): "approved",
    ("requisitioned", "reserve"): "reserved",
    ("reserved", "free"): "requisitioned",
    ("reserved", "train"): "in_training",
    ("in_training", "nest"): "nesting",
    ("nesting", "go_live"): "live",
    ("vacated", "reopen"): "approved",
    **{(state, "vacate"): "vacated" for state in ["reserved", "in_training", "nesting", "live"]},
    **{(state, "cancel"): "cancelled" for state in ["planned", "approved", "vacated"]},
}


@pytest.mark.parametrize(
    ("model", "table"), [(Engagement, ENGAGEMENT), (Requirements, REQUIREMENTS), (Seat, SEAT)]
)
def test_machine_has_exactly_these_steps(model, table):
    found = {
        (s.source, s.name): tuple(s.target.allowed_states)
        if isinstance(s.target, GET_STATE)
        else s.target
        for s in model().get_all_state_transitions()
    }

    assert found == table


def test_engagement_is_planned_once_its_accepted_requirements_have_a_plan(actor_as):
    by = actor_as("BizDev")
    engagement = EngagementFactory(state="scoping")
    nothing = [str(each) for each in blockers(engagement, "plan", by)]
    accepted = RequirementsFactory(engagement=engagement, state="accepted")
    without_plan = [str(each) for each in blockers(Engagement.objects.get(), "plan", by)]
    StaffingPlanFactory(engagement=engagement, requirements=accepted)

    no_plan = "There is no staffing plan of the accepted requirements. (BizDev)"
    assert nothing == ["No requirements are accepted. (BizDev)", no_plan]
    assert without_plan == [no_plan]
    assert take_step(engagement, "plan", by=by).state == "planned"


def test_plan_of_other_requirements_than_the_accepted_is_no_plan(actor_as):
    engagement = EngagementFactory(state="scoping")
    RequirementsFactory(engagement=engagement, version=2, state="accepted")
    earlier = RequirementsFactory(engagement=engagement, state="superseded")
    StaffingPlanFactory(engagement=engagement, requirements=earlier)

    with pytest.raises(StepRefused, match="no staffing plan of the accepted"):
        take_step(engagement, "plan", by=actor_as("BizDev"))


@pytest.mark.parametrize(("state", "step"), [("proposed", "agree"), ("agreed", "recruit")])
def test_engagement_without_seats_goes_no_further(state, step, actor_as):
    by = actor_as("Administrator")
    engagement = EngagementFactory(state=state)
    SeatFactory(engagement=engagement, state="cancelled")

    with pytest.raises(StepRefused, match="It has no seats"):
        take_step(engagement, step, by=by)
    SeatFactory(engagement=engagement)

    assert take_step(engagement, step, by=by).state != state


def test_team_goes_live_when_every_wanted_seat_is(actor_as):
    by = actor_as("Delivery manager")
    engagement = EngagementFactory(state="training")
    for state in ("live", "vacated", "nesting"):
        SeatFactory(engagement=engagement, state=state)

    with pytest.raises(StepRefused, match="1 of 2 seats are not live yet"):
        take_step(engagement, "go_live", by=by)
    take_step(engagement.seats.get(state="nesting"), "go_live", by=by)

    found = [str(each) for each in blockers(Engagement.objects.get(), "go_live", by)]
    assert not any("seats are not live" in each for each in found)


def test_engagement_resumes_where_it_was_held(actor_as):
    by = actor_as("BizDev")

    held = take_step(EngagementFactory(state="recruiting"), "hold", by=by)

    assert (held.state, take_step(held, "resume", by=by).state) == ("on_hold", "recruiting")


def test_requirements_without_a_line_are_not_submitted(actor_as):
    with pytest.raises(StepRefused, match="There is no line of business yet"):
        take_step(RequirementsFactory(), "submit", by=actor_as("BizDev"), sha256="")


def test_only_one_version_of_requirements_is_accepted():
    RequirementsFactory(state="accepted")
    engagement = Engagement.objects.get()

    with pytest.raises(IntegrityError, match="one_accepted_requirements"):
        RequirementsFactory(engagement=engagement, version=2, state="accepted")


def test_line_has_a_volume():
    with pytest.raises(IntegrityError, match="line_has_a_volume"):
        LineOfBusinessFactory(contacts_per_half_hour=None)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (every(range(1, 6), "08:00", "20:00"), "Mon to Fri 08:00-20:00"),
        (every([1, 3], "09:00", "00:00"), "Mon, Wed 09:00-24:00"),
        (every(range(1, 8), "00:00", "00:00"), "every day around the clock"),
        (
            [*every(range(1, 6), "08:00", "20:00"), [6, "10:00", "14:00"]],
            "Mon to Fri 08:00-20:00, Sat 10:00-14:00",
        ),
        ([[1, "08:00", "12:00"], [1, "13:00", "17:00"]], "Mon 08:00-12:00 and 13:00-17:00"),
    ],
)
def test_hours_of_a_line_in_words(hours, words):
    assert LineOfBusiness(hours=hours).hours_in_words == words.replace("-", "\N{EN DASH}")


def test_clients_person_sees_their_own_client_and_what_belongs_to_it(actor_as):
    own = ClientPersonFactory(user=actor_as("Client viewer", kind="client").user)
    mine = SeatFactory(engagement=EngagementFactory(client=own.client)).engagement
    other = SeatFactory().engagement
    for engagement in (mine, other):
        engagement.requirements.update(with_client=True)
        LineOfBusinessFactory(requirements=engagement.requirements.get())
        MilestoneFactory(engagement=engagement)
    actor = own.user.actor

    assert list(Client.objects.visible_to(actor)) == [own.client]
    assert list(Engagement.objects.visible_to(actor)) == [mine]
    assert list(LineOfBusiness.objects.visible_to(actor)) == list(
        mine.requirements.get().lines.all()
    )
    for model in (Requirements, StaffingPlan, Seat, Milestone):
        assert [row.engagement for row in model.objects.visible_to(actor)] == [mine]


def test_vendors_person_sees_no_engagement(actor_as):
    actor = actor_as("Vendor contact", kind="vendor")
    EngagementFactory()

    assert not Engagement.objects.visible_to(actor).exists()
    assert not Client.objects.visible_to(actor).exists()


def test_engagements_are_counted_with_their_wanted_and_live_seats():
    engagement = EngagementFactory(go_live_on=date(2026, 9, 1))
    for state in ("planned", "live", "live", "vacated", "cancelled"):
        SeatFactory(engagement=engagement, state=state)

    row = Engagement.objects.with_seat_counts().get()

    assert (row.wanted, row.live) == (3, 2)
    assert engagement.seats.counts_by_state() == {
        "planned": 1,
        "live": 2,
        "vacated": 1,
        "cancelled": 1,
    }

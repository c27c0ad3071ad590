from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django_fsm import GET_STATE

from core.models import Actor
from core.workflow import StepRefused, blockers, take_step
from recruiting.models import Application, CriteriaSet, Offer, Requisition
from recruiting.models.candidates import sort_key
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import (
    ApplicationFactory,
    CandidateFactory,
    CriteriaSetFactory,
    CriterionFactory,
    OfferFactory,
    RequisitionFactory,
    ScorecardFactory,
)

pytestmark = pytest.mark.django_db
STAGES = (
    "sourced",
    "applied",
    "screening",
    "assessment",
    "interview",
    "client_review",
    "offered",
)
HOLDABLE = STAGES[:-1]
ACTIVE = (*STAGES, "on_hold")
MACHINES = {
    CriteriaSet: {
        ("draft", "send"): "in_review",
        ("in_review", "approve"): "approved",
        ("in_review", "request_changes"): "changes_requested",
        ("changes_requested", "resubmit"): "in_review",
        ("approved", "supersede"): "superseded",
    },
    Requisition: {
        ("draft", "submit"): "in_approval",
        ("in_approval", "send_back"): "draft",
        ("in_approval", "approve"): "open",
        ("open", "hold"): "on_hold",
        ("on_hold", "resume"): "open",
        ("open", "fill"): "filled",
        ("on_hold", "fill"): "filled",
        ("filled", "close"): "closed",
        ("draft", "cancel"): "cancelled",
        ("in_approval", "cancel"): "cancelled",
        ("open", "cancel"): "cancelled",
        ("on_hold", "cancel"): "cancelled",
    },
    Application: {
        ("sourced", "apply"): "applied",
        ("applied", "screen"): "screening",
        ("screening", "assess"): "assessment",
        ("screening", "interview"): "interview",
        ("assessment", "interview"): "interview",
        ("interview", "put_forward"): "client_review",
        ("interview", "offer"): "offered",
        ("client_review", "offer"): "offered",
        ("offered", "offer_again"): "offered",
        ("offered", "hire"): "hired",
        ("rejected", "undo_rejection"): STAGES,
        ("on_hold", "resume"): HOLDABLE,
        **{(stage, "hold"): "on_hold" for stage in HOLDABLE},
        **{(stage, "reject"): "rejected" for stage in ACTIVE},
        **{(stage, "withdraw"): "withdrawn" for stage in ACTIVE},
    },
    Offer: {
        ("draft", "submit"): "in_approval",
        ("in_approval", "approve"): "approved",
        ("in_approval", "send_back"): "draft",
        ("approved", "send"): "sent",
        ("approved", "revise"): "draft",
        ("sent", "revise"): "draft",
        ("sent", "accept"): "accepted",
        ("sent", "decline"): "declined",
        ("sent", "expire"): "expired",
        ("draft", "rescind"): "rescinded",
        ("in_approval", "rescind"): "rescinded",
        ("approved", "rescind"): "rescinded",
        ("sent", "rescind"): "rescinded",
    },
}


def target_of(step):
    states = step.target.allowed_states if isinstance(step.target, GET_STATE) else None
    return tuple(states) if states else step.target


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_machine_has_exactly_these_steps(model):
    found = {(s.source, s.name): target_of(s) for s in model().get_all_state_transitions()}

    assert found == MACHINES[model]


def reasons(subject, step, by):
    return [blocker.reason for blocker in blockers(subject, step, by)]


def test_criteria_without_items_are_not_sent(hr):
    assert reasons(CriteriaSetFactory(), "send", hr) == ["There is no item yet."]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([60, 40], []),
        ([60], ["The weights add up to 60, not to 100."]),
        ([], []),
    ],
)
def test_weights_of_criteria_add_up_to_100(weights, expected, hr):
    criteria_set = CriterionFactory().criteria_set
    for weight in weights:
        CriterionFactory(criteria_set=criteria_set, kind="weighted", weight=weight)

    assert reasons(criteria_set, "send", hr) == expected


@pytest.mark.parametrize(
    ("answers", "approve", "request_changes"),
    [
        (["approved", "approved"], [], ["No item was answered with a change or a question."]),
        (["approved", "change"], ["1 of 2 items are not approved."], []),
        (
            ["approved", ""],
            ["1 of 2 items are not approved."],
            ["No item was answered with a change or a question."],
        ),
    ],
)
def test_answers_say_how_a_review_may_end(answers, approve, request_changes):
    criteria_set = CriteriaSetFactory(state="in_review")
    for answer in answers:
        CriterionFactory(criteria_set=criteria_set, answer=answer)
    system = Actor.objects.system()

    found = (reasons(criteria_set, step, system) for step in ["approve", "request_changes"])

    assert tuple(found) == (approve, request_changes)


def test_requisition_needs_seats_and_approved_criteria(hr):
    criteria_set = CriteriaSetFactory(state="in_review")
    requisition = RequisitionFactory(criteria_set=criteria_set, state="in_approval")

    assert reasons(requisition, "approve", hr) == [
        "It asks for no seat.",
        "The criteria are not approved by the client.",
        "Nobody is asked for approval.",
    ]


def test_requisition_needs_free_seats(hr):
    requisition = RequisitionFactory(state="in_approval")
    free, taken = [
        SeatFactory(engagement=requisition.engagement, state=state)
        for state in ["approved", "requisitioned"]
    ]
    requisition.seats.set([free, taken])

    assert reasons(requisition, "approve", hr) == [
        f"Not approved, or asked for elsewhere: {taken.number}.",
        "Nobody is asked for approval.",
    ]


@pytest.mark.parametrize(
    ("seat_state", "offer_state", "expected"),
    [
        ("requisitioned", "declined", ["Seats still wait for somebody."]),
        ("reserved", "sent", ["Seats still wait for somebody."]),
        ("reserved", "accepted", []),
        ("live", "accepted", []),
    ],
)
def test_requisition_is_filled_when_every_seat_was_given(seat_state, offer_state, expected):
    requisition = RequisitionFactory(state="open")
    seat = SeatFactory(engagement=requisition.engagement, state=seat_state)
    OfferFactory(application__requisition=requisition, seat=seat, state=offer_state)

    assert reasons(requisition, "fill", Actor.objects.system()) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("rejected", []),
        ("screening", ["Applications still open: 1. Hire, reject or withdraw them."]),
    ],
)
def test_requisition_ends_only_when_nobody_waits(state, expected, hr):
    requisition = ApplicationFactory(state=state).requisition

    assert reasons(requisition, "cancel", hr) == expected


def test_who_has_not_consented_has_not_applied(hr):
    asked = ApplicationFactory(state="sourced")
    unasked = ApplicationFactory(state="sourced", candidate__consented_at=None)

    assert reasons(asked, "apply", hr) == []
    assert reasons(unasked, "apply", hr) == [
        "The candidate has not consented to our keeping their data."
    ]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("applied", "screen"),
        ("screening", "interview"),
        ("interview", "offer"),
        ("offered", "offer_again"),
    ],
)
def test_nobody_moves_forward_while_the_requisition_is_on_hold(state, step, hr):
    application = ApplicationFactory(state=state, requisition__state="on_hold")
    ScorecardFactory(application=application)

    assert reasons(application, step, hr) == ["The requisition is not open."]


@pytest.mark.parametrize(
    ("has_assessment", "state", "step", "expected"),
    [
        (True, "screening", "assess", []),
        (True, "assessment", "interview", []),
        (
            True,
            "screening",
            "interview",
            ["The plan has a test after screening: start the assessment."],
        ),
        (False, "screening", "interview", []),
        (False, "screening", "assess", ["The plan has no assessment."]),
    ],
)
def test_assessment_is_taken_where_the_plan_has_one(has_assessment, state, step, expected, hr):
    application = ApplicationFactory(state=state, requisition__has_assessment=has_assessment)

    assert reasons(application, step, hr) == expected


@pytest.mark.parametrize(
    ("has_client_review", "expected"), [(True, []), (False, ["The plan has no client review."])]
)
def test_client_review_is_taken_where_the_plan_has_one(has_client_review, expected, hr):
    application = ApplicationFactory(
        state="interview", requisition__has_client_review=has_client_review
    )
    ScorecardFactory(application=application)

    assert reasons(application, "put_forward", hr) == expected


@pytest.mark.parametrize("step", ["put_forward", "offer"])
def test_interview_is_scored_before_what_follows(step, hr):
    application = ApplicationFactory(
        state="interview", requisition__has_client_review=step == "put_forward"
    )

    assert reasons(application, step, hr) == ["There is no scorecard yet."]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("approved", []),
        ("", ["The client has not approved this candidate."]),
        ("declined", ["The client declined this candidate."]),
    ],
)
def test_offer_waits_for_the_client(decision, expected, hr):
    application = ApplicationFactory(
        state="client_review", requisition__has_client_review=True, client_decision=decision
    )
    ScorecardFactory(application=application)

    assert reasons(application, "offer", hr) == expected


@pytest.mark.parametrize("step", ["reject", "withdraw", "offer_again"])
@pytest.mark.parametrize(
    ("offer_state", "expected"),
    [("sent", ["An offer is open: rescind it first."]), ("rescinded", [])],
)
def test_open_offer_is_ended_first(step, offer_state, expected, hr):
    application = OfferFactory(state=offer_state).application

    assert reasons(application, step, hr) == expected


@pytest.mark.parametrize(
    ("offer_state", "expected"), [("accepted", []), ("sent", ["No offer is accepted."])]
)
def test_only_who_accepted_is_hired(offer_state, expected):
    application = OfferFactory(state=offer_state).application

    assert reasons(application, "hire", Actor.objects.system()) == expected


@pytest.mark.parametrize(("state", "step"), [("draft", "submit"), ("approved", "send")])
def test_offer_whose_day_is_past_goes_nowhere(state, step, hr):
    late = OfferFactory(state=state, expires_on=date(2020, 1, 1))

    assert reasons(late, step, hr) == ["Its last day to answer is past: revise it."]


def test_rejection_is_undone_to_the_stage_that_was_left(hr):
    application = ApplicationFactory(state="screening")

    application = take_step(application, "hold", by=hr)
    application = take_step(application, "reject", by=hr, reason="no German")
    assert (application.state, application.rejection_reason) == ("rejected", "no German")
    application = take_step(application, "undo_rejection", by=hr)

    assert (application.state, application.rejection_reason) == ("screening", "")


def test_seat_with_an_open_offer_is_not_vacated(actor_as):
    delivery = actor_as("Delivery manager")
    offer = OfferFactory(state="sent", application__candidate__name="Ilse Brandt")

    with pytest.raises(StepRefused, match="It is offered to Ilse Brandt"):
        take_step(offer.seat, "vacate", by=delivery)

    Offer.objects.filter(pk=offer.pk).delete()
    assert take_step(offer.seat, "vacate", by=delivery).state == "vacated"


def test_vacating_a_seat_ends_its_accepted_offer(actor_as):
    left, stays = OfferFactory(state="accepted"), OfferFactory(state="accepted")

    take_step(left.seat, "vacate", by=actor_as("Delivery manager"))

    assert left.seat.log.get().at == Offer.objects.get(pk=left.pk).ended_at
    assert Offer.objects.get(pk=stays.pk).ended_at is None


@pytest.mark.parametrize("state", ["draft", "sent", "accepted"])
def test_seat_has_one_offer(state):
    seat = OfferFactory(state=state).seat

    with pytest.raises(IntegrityError, match="one_offer_for_a_seat"):
        OfferFactory(seat=seat)


def test_salary_is_positive():
    with pytest.raises(IntegrityError, match="salary_is_positive"):
        OfferFactory(monthly_salary=Decimal(0))


def test_salary_band_is_a_band():
    with pytest.raises(IntegrityError, match="salary_band_is_a_band"):
        RequisitionFactory(monthly_salary_from=3000, monthly_salary_to=2000)


def test_candidate_has_one_active_application_for_a_requisition():
    first = ApplicationFactory(state="screening")

    with pytest.raises(IntegrityError, match="one_active_application_for_a_requisition"):
        ApplicationFactory(candidate=first.candidate, requisition=first.requisition)


def test_consent_is_to_a_notice():
    with pytest.raises(IntegrityError, match="consent_is_to_a_notice"):
        CandidateFactory(notice_version="")


@pytest.mark.parametrize(("kind", "weight"), [("must", 10), ("weighted", 0)])
def test_weighted_and_only_weighted_items_have_a_weight(kind, weight):
    with pytest.raises(IntegrityError, match="weighted_and_only_weighted_have_a_weight"):
        CriterionFactory(kind=kind, weight=weight)


@pytest.mark.parametrize("q", ["lukasz", "ŁUKASZ ä", "dab", "arm.dabrowski@"])
def test_candidates_are_found_without_accents(q):
    lukasz = CandidateFactory(name="Łukasz Ärm-Dąbrowski", email="arm.dabrowski@mail.example")
    CandidateFactory(name="Somebody")

    found = type(lukasz).objects.found_by(q=q)

    assert (sort_key(lukasz.name), list(found)) == ("lukasz arm-dabrowski", [lukasz])

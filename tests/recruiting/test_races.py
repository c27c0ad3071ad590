"""Threads that press at the same moment. Each proves that a lock holds, on a real database."""

import pytest
from django.contrib.auth.models import Group

from core import approvals
from core.links import LinkInvalid
from core.models import Actor
from core.workflow import StepRefused
from engagements.models import Seat
from recruiting import actions
from recruiting.models import Application, Candidate, Offer, Requisition
from tests.approvals import ask_of
from tests.factories.core import UserFactory
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import RequisitionFactory
from tests.factories.vendors import VendorDocumentFactory, VendorPersonFactory
from tests.races import at_once
from tests.recruiting.conftest import holder, interviewed, terms
from vendors.models import MANDATORY

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def actor(role="HR director"):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user.actor


def outcome(answers):
    """Return how many won, and the kinds of what the others were told."""
    told = [type(answer) for answer in answers if isinstance(answer, Exception)]
    return len(answers) - len(told), set(told)


def test_seat_asked_for_by_two_requisitions_at_once_goes_to_one():
    by = actor()
    first = RequisitionFactory(state="in_approval")
    second = RequisitionFactory(
        state="in_approval", engagement=first.engagement, criteria_set=first.criteria_set
    )
    seat = SeatFactory(engagement=first.engagement, state="approved")
    first.seats.add(seat)
    second.seats.add(seat)

    for each in (first, second):
        approvals.begin(each, by=Actor.objects.system())
    asks = [ask_of(each, by) for each in (first, second)]

    answers = at_once(*[lambda ask=ask: approvals.approve(ask, by=by) for ask in asks])

    assert outcome(answers) == (1, {StepRefused})
    assert Requisition.objects.open().count() == 1
    assert Seat.objects.get().log.count() == 1


def test_last_seat_offered_by_two_recruiters_at_once_goes_to_one(opened):
    requisition = opened()
    seat = requisition.seats.get()
    pair = [(interviewed(requisition), actor()) for _ in range(2)]

    answers = at_once(
        *[lambda a=a, by=by: actions.draft_offer(a, seat=seat, **terms(), by=by) for a, by in pair]
    )

    assert outcome(answers) == (1, {StepRefused})
    refusal = next(str(a) for a in answers if isinstance(a, StepRefused))
    assert refusal == f"Seat {seat} is reserved meanwhile: choose another one."
    assert sorted(Application.objects.values_list("state", flat=True)) == ["interview", "offered"]
    assert Offer.objects.get().seat == seat


def test_offer_accepted_in_two_tabs_at_once_is_accepted_once(sent):
    offer, link = sent()
    by = holder(link)

    answers = at_once(*[lambda: actions.accept_offer(offer, by=by, link=link)] * 2)

    won, told = outcome(answers)
    assert (won, told <= {StepRefused, LinkInvalid}) == (1, True)
    assert Application.objects.get().log.filter(step="hire").count() == 1


def test_offer_accepted_and_declined_at_once_is_one_of_them(sent):
    offer, link = sent()
    by = holder(link)

    answers = at_once(
        lambda: actions.accept_offer(offer, by=by, link=link),
        lambda: actions.decline_offer(offer, by=by, link=link),
    )

    assert outcome(answers)[0] == 1
    states = (Offer.objects.get().state, Application.objects.get().state, Seat.objects.get().state)
    assert states in {
        ("accepted", "hired", "reserved"),
        ("declined", "withdrawn", "requisitioned"),
    }


def test_form_sent_twice_at_once_makes_one_application(opened):
    requisition = opened()
    person = {"name": "Ilse", "email": "ilse@mail.example", "phone": "", "country": "DE"}
    more = {"city": "", "languages": [("German", "C2")], "notice_version": "1", "language": "en"}

    answers = at_once(*[lambda: actions.apply_publicly(requisition, **person, **more)] * 2)

    assert outcome(answers) == (2, set())
    assert None in answers  # the later one is asked whether it was them
    assert (Candidate.objects.count(), Application.objects.count()) == (1, 1)
    assert Candidate.objects.get().facts.count() == 1


def test_two_vendors_who_bring_the_same_person_at_once_are_answered_in_a_sentence(opened):
    """For requisitions of their own: no lock that they share makes one wait for the other."""
    ways = []
    for _ in range(2):
        person = VendorPersonFactory(vendor__state="approved")
        person.user.groups.add(Group.objects.get(name="Vendor contact"))
        for kind in MANDATORY:
            VendorDocumentFactory(vendor=person.vendor, kind=kind)
        requisition = opened()
        requisition.vendors.add(person.vendor)
        ways.append((requisition, person.vendor, person.user.actor))

    answers = at_once(
        *[
            lambda way=way: actions.submit_by_vendor(
                way[0], vendor=way[1], by=way[2], name="Ilse", email="ilse@mail.example"
            )
            for way in ways
        ]
    )

    assert outcome(answers) == (1, {StepRefused})
    assert "We know this person already." in [str(answer) for answer in answers]
    assert Candidate.objects.count() == 1

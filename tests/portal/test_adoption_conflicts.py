"""A file that contradicts what is here already: who and what it is, and nothing is stored."""

import pytest

from tests.adoption import problems_of
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory
from tests.factories.recruiting import CandidateFactory, OfferFactory, RequisitionFactory
from tests.factories.training import CertificateFactory

pytestmark = pytest.mark.django_db


def test_known_person_of_another_name_is_not_taken_for_them(adopt):
    known = CandidateFactory(name="Petra Nyberg", email="peder.nygaard@post.example")

    told = problems_of(adopt)

    assert told == [
        (
            f"people[13].name: peder.nygaard@post.example is {known.code} here, of another name. "
            "Correct one of the two first."
        )
    ]


def test_person_who_has_a_seat_elsewhere_cannot_have_another(adopt):
    known = CandidateFactory(name="Marit Haugland", email="marit.haugland@post.example")
    offer = OfferFactory(application__candidate=known, state="accepted")

    told = problems_of(adopt)

    assert told == [f"seats[1].person.email: {known.code} has seat {offer.seat} already."]


def test_numbers_that_are_taken_are_told(adopt):
    RequisitionFactory(number="SF-R3")
    CertificateFactory(number="OLD-2026-17")

    told = problems_of(adopt)

    assert told == [
        "requisitions[3].number: Requisition with this Number already exists.",
        "seats[2].person.certificate.number: Certificate with this Number already exists.",
    ]


def test_code_of_another_clients_engagement_is_refused(adopt):
    other = EngagementFactory(code="SF-1")

    told = problems_of(adopt)

    assert told == [f"engagement.code: SF-1 is an engagement of {other.client}."]


def test_address_of_another_clients_person_is_refused(adopt):
    UserFactory(email="ingrid@solheim.example", kind="client")

    told = problems_of(adopt)

    sentence = "ingrid@solheim.example belongs to somebody who is not at Solheim Forsikring."
    assert f"client.people[1].email: {sentence}" in told

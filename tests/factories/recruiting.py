from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from recruiting.models import (
    Application,
    Candidate,
    CriteriaSet,
    Criterion,
    Fact,
    Offer,
    Requisition,
    Scorecard,
)
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory

CONSENTED_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class CriteriaSetFactory(DjangoModelFactory):
    class Meta:
        model = CriteriaSet

    engagement = factory.SubFactory(EngagementFactory)
    title = factory.Sequence(lambda n: f"Agent, phone, German {n}")


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    criteria_set = factory.SubFactory(CriteriaSetFactory)
    name = "German, spoken"
    kind = "must"
    skill = "German"
    level = "C1"
    proof = "interview"
    reason = "Callers speak German."


class RequisitionFactory(DjangoModelFactory):
    """A draft that asks for no seat; give it some by `seats=[…]`, vendors by `vendors=[…]`."""

    class Meta:
        model = Requisition
        skip_postgeneration_save = True

    engagement = factory.SubFactory(EngagementFactory)
    criteria_set = factory.SubFactory(
        CriteriaSetFactory, engagement=factory.SelfAttribute("..engagement"), state="approved"
    )
    number = factory.Sequence(lambda n: f"R-{n + 1}")
    title = "Agent, phone, German"
    recruiter = factory.SubFactory(UserFactory)
    country = "PL"
    place = "Kraków"
    description = "You help callers of a bank."
    has_client_review = False
    target_on = date(2030, 6, 1)

    @factory.post_generation
    def seats(self, create, extracted, **kwargs):
        if extracted:
            self.seats.set(extracted)

    @factory.post_generation
    def vendors(self, create, extracted, **kwargs):
        if extracted:
            self.vendors.set(extracted)


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = Candidate

    name = factory.Sequence(lambda n: f"Candidate {n}")
    email = factory.Sequence(lambda n: f"candidate{n}@mail.example")
    country = "PL"
    source = "careers"
    notice_version = "2026-1"
    consented_at = CONSENTED_AT


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    candidate = factory.SubFactory(CandidateFactory)
    skill = "German"
    level = "C1"
    source = "application form"


class ApplicationFactory(DjangoModelFactory):
    """In the state `applied`, for an open requisition."""

    class Meta:
        model = Application

    candidate = factory.SubFactory(CandidateFactory)
    requisition = factory.SubFactory(RequisitionFactory, state="open")
    criteria_set = factory.SelfAttribute("requisition.criteria_set")
    source = "careers"
    state = "applied"


class ScorecardFactory(DjangoModelFactory):
    class Meta:
        model = Scorecard

    application = factory.SubFactory(ApplicationFactory)
    by = factory.SubFactory(UserFactory)


class OfferFactory(DjangoModelFactory):
    """A draft for a reserved seat of the requisition's engagement."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    application = factory.SubFactory(ApplicationFactory, state="offered")
    seat = factory.SubFactory(
        "tests.factories.engagements.SeatFactory",
        engagement=factory.SelfAttribute("..application.requisition.engagement"),
        state="reserved",
    )
    monthly_salary = Decimal(2980)
    currency = "EUR"
    starts_on = date(2030, 6, 1)
    expires_on = date(2030, 5, 1)

    @factory.post_generation
    def in_requisition(self, create, extracted, **kwargs):
        self.application.requisition.seats.add(self.seat)

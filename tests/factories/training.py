from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory, SeatFactory
from tests.factories.recruiting import ApplicationFactory, OfferFactory, RequisitionFactory
from training.models import Certificate, Enrolment, Programme, TrainingClass


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"Programme {n}")
    days = 10
    nesting_days = 5
    pass_mark = 80


class TrainingClassFactory(DjangoModelFactory):
    class Meta:
        model = TrainingClass

    engagement = factory.SubFactory(EngagementFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Class {n}")
    trainer = factory.SubFactory(UserFactory)
    starts_on = date(2026, 3, 2)
    ends_on = date(2026, 3, 13)


class EnrolmentFactory(DjangoModelFactory):
    """A hired person in a class of the engagement, with a reserved seat; it holds no offer."""

    class Meta:
        model = Enrolment

    training_class = factory.SubFactory(TrainingClassFactory)
    seat = factory.SubFactory(
        SeatFactory,
        engagement=factory.SelfAttribute("..training_class.engagement"),
        state="reserved",
    )
    application = factory.SubFactory(
        ApplicationFactory,
        requisition=factory.SubFactory(
            RequisitionFactory,
            engagement=factory.SelfAttribute("...training_class.engagement"),
            state="open",
        ),
        state="hired",
    )


class CertificateFactory(DjangoModelFactory):
    """Of a certified person at work."""

    class Meta:
        model = Certificate

    enrolment = factory.SubFactory(EnrolmentFactory, state="certified", seat__state="live")
    number = factory.Sequence(lambda n: f"CERT-2026-{n + 1:04}")
    issued_on = date(2026, 3, 13)
    expires_on = date(2027, 3, 13)


def hired(engagement, **offer):
    """Make a person hired for the engagement, who accepted an offer of a reserved seat."""
    requisition = RequisitionFactory(engagement=engagement, state="open")
    application = ApplicationFactory(requisition=requisition, state="hired")
    OfferFactory(application=application, state="accepted", **offer)
    return application

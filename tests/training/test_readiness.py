from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.workflow import blockers
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory, SeatFactory
from tests.factories.training import CertificateFactory, EnrolmentFactory, TrainingClassFactory
from training import readiness

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def training_class():
    engagement = EngagementFactory(state="training", go_live_on=SOON)
    return TrainingClassFactory(engagement=engagement, trainer=UserFactory(name="Ana"))


def certify(training_class, count, **fields):
    return CertificateFactory.create_batch(
        count, enrolment__training_class=training_class, **fields
    )


def test_go_live_is_free_when_everybody_holds_a_certificate_that_lasts(training_class, actor_as):
    certify(training_class, 2, expires_on=SOON + timedelta(days=1))

    found = blockers(training_class.engagement, "go_live", actor_as("Delivery manager"))

    assert [b for b in found if "certif" in b.reason or "classes" in b.reason] == []


def test_go_live_says_how_many_certificates_expire_before_and_whose_they_are(
    training_class, actor_as
):
    certify(training_class, 12, expires_on=SOON + timedelta(days=1))
    certify(training_class, 2, expires_on=SOON)

    found = blockers(training_class.engagement, "go_live", actor_as("Delivery manager"))

    assert "2 of 14 certificates expire before go-live. (Ana)" in [str(b) for b in found]


def test_certificate_must_hold_today_even_if_the_agreed_day_is_past(training_class):
    engagement = training_class.engagement
    engagement.go_live_on = date(2026, 1, 1)
    certify(training_class, 1, expires_on=timezone.localdate())

    answer = readiness.certificates_last_until_go_live(engagement)

    assert answer.reason == "1 of 1 certificates expire before go-live."


def test_go_live_needs_a_certificate_for_each_live_seat(training_class):
    certify(training_class, 1)
    assert readiness.live_seats_are_certified(training_class.engagement) is True

    SeatFactory(engagement=training_class.engagement, state="live")

    answer = readiness.live_seats_are_certified(training_class.engagement)
    assert answer.reason == "1 of 2 people at work have no certificate."


def test_go_live_waits_for_those_in_class(training_class):
    EnrolmentFactory(training_class=training_class, state="failed")
    assert readiness.nobody_is_in_training(training_class.engagement) is True

    EnrolmentFactory(training_class=training_class, state="nesting")

    answer = readiness.nobody_is_in_training(training_class.engagement)
    assert str(answer) == ("1 person in class is neither certified, failed nor withdrawn. (Ana)")


def test_another_engagements_people_hold_up_nothing(training_class):
    EnrolmentFactory(state="in_class")
    CertificateFactory(expires_on=date(2026, 1, 1))
    SeatFactory(state="live")

    engagement = training_class.engagement
    assert readiness.nobody_is_in_training(engagement) is True
    assert readiness.live_seats_are_certified(engagement) is True
    assert readiness.certificates_last_until_go_live(engagement) is True

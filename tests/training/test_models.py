from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.workflow import blockers
from tests.factories.core import UserFactory
from tests.factories.training import (
    CertificateFactory,
    EnrolmentFactory,
    ProgrammeFactory,
    TrainingClassFactory,
)
from training.models import Certificate, Enrolment, TrainingClass

pytestmark = pytest.mark.django_db


def table(model):
    return {(s.source, s.name): s.target for s in model().get_all_state_transitions()}


def reasons(subject, step, actor):
    return [str(blocker) for blocker in blockers(subject, step, actor)]


def test_class_machine_has_exactly_these_steps():
    assert table(TrainingClass) == {
        ("planned", "open"): "open",
        ("open", "start"): "running",
        ("running", "complete"): "completed",
        ("planned", "cancel"): "cancelled",
        ("open", "cancel"): "cancelled",
    }


def test_enrolment_machine_has_exactly_these_steps():
    opened = ["enrolled", "in_class", "assessment", "nesting", "extended"]
    assert table(Enrolment) == {
        ("enrolled", "start"): "in_class",
        ("in_class", "assess"): "assessment",
        ("assessment", "nest"): "nesting",
        ("nesting", "extend"): "extended",
        ("extended", "end_extension"): "nesting",
        ("nesting", "certify"): "certified",
        ("extended", "certify"): "certified",
        **{(state, "fail"): "failed" for state in opened[1:]},
        **{(state, "withdraw"): "withdrawn" for state in opened},
    }


def test_class_starts_only_with_people(actor_as):
    trainer, row = actor_as("Trainer"), TrainingClassFactory(state="open")

    assert reasons(row, "start", trainer) == ["Nobody is enrolled. (the trainer)"]
    EnrolmentFactory(training_class=row)
    assert reasons(TrainingClass.objects.get(), "start", trainer) == []


def test_class_completes_only_when_everybody_has_a_result(actor_as):
    trainer = actor_as("Trainer")
    row = TrainingClassFactory(state="running", trainer=UserFactory(name="Ana"))
    EnrolmentFactory(training_class=row, state="certified")

    assert reasons(row, "complete", trainer) == []
    EnrolmentFactory(training_class=row, state="nesting")
    assert reasons(TrainingClass.objects.get(), "complete", trainer) == [
        "1 person is neither certified, failed nor withdrawn. (Ana)"
    ]


@pytest.mark.parametrize(("step", "state"), [("nest", "assessment"), ("certify", "nesting")])
@pytest.mark.parametrize(
    ("score", "reason"),
    [
        (None, ["No score is entered; the pass mark is 80. (Ana)"]),
        (Decimal("79.99"), ["The score is 79.99, the pass mark 80. (Ana)"]),
        (Decimal(80), []),
    ],
)
def test_pass_mark_guards(step, state, score, reason, actor_as):
    row = EnrolmentFactory(state=state, score=score, training_class__trainer__name="Ana")

    assert reasons(row, step, actor_as("Trainer")) == reason


@pytest.mark.parametrize(
    ("state", "reason"), [("running", []), ("open", ["The class is not running."])]
)
def test_nobody_is_in_class_before_the_class_runs(state, reason, actor_as):
    row = EnrolmentFactory(training_class__state=state)

    found = [blocker.reason for blocker in blockers(row, "start", actor_as("Trainer"))]

    assert found == reason


@pytest.mark.parametrize(
    ("issued_on", "months", "expires_on"),
    [
        (date(2026, 3, 13), 12, date(2027, 3, 13)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 6, 1), 6, date(2026, 12, 1)),
    ],
)
def test_programme_says_when_its_certificate_expires(issued_on, months, expires_on):
    programme = ProgrammeFactory(certificate_months=months)

    assert programme.expires_on(issued_on) == expires_on


def test_certificate_numbers_go_on_within_a_year():
    CertificateFactory(number="CERT-2026-0009")
    CertificateFactory(number="CERT-2026-10000")

    assert Certificate.objects.next_number(2026) == "CERT-2026-10001"
    assert Certificate.objects.next_number(2027) == "CERT-2027-0001"


def test_certificate_of_a_seat_is_its_newest():
    old = CertificateFactory(issued_on=date(2025, 1, 1), expires_on=date(2026, 1, 1))
    new = CertificateFactory(enrolment__seat=old.enrolment.seat)
    CertificateFactory(enrolment__seat__state="vacated")

    assert list(Certificate.objects.of_people_at_work()) == [new]


def test_database_refuses_a_second_open_enrolment_and_a_score_above_100():
    row = EnrolmentFactory(state="nesting")

    with pytest.raises(IntegrityError, match="one_open_enrolment"), transaction.atomic():
        EnrolmentFactory(application=row.application)
    with pytest.raises(IntegrityError, match="score_within_100"), transaction.atomic():
        EnrolmentFactory(score=101)
    EnrolmentFactory(application=row.application, state="failed")


def test_database_refuses_a_class_that_ends_before_it_starts():
    with pytest.raises(IntegrityError, match="class_ends_after_it_starts"):
        TrainingClassFactory(ends_on=date(2026, 3, 1))

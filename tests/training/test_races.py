"""What two people press at the same moment, on real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from core.models import Actor
from core.workflow import StepRefused
from tests.factories.training import EnrolmentFactory, TrainingClassFactory, hired
from training import actions
from training.models import Certificate, Enrolment

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """Call all of them at the same moment; answer what each gave, or its refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except StepRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_person_enrolled_twice_at_once_is_enrolled_once():
    row = TrainingClassFactory(state="open")
    other = TrainingClassFactory(state="open", engagement=row.engagement)
    person, system = hired(row.engagement), Actor.objects.system()

    found = at_once(
        *[lambda c=c: actions.enrol(person, c, by=system) for c in (row, other, row, other)]
    )

    assert Enrolment.objects.count() == 1
    assert sum(isinstance(answer, str) for answer in found) == 3


def test_last_place_is_given_once():
    row = TrainingClassFactory(state="open", places=1)
    people, system = [hired(row.engagement) for _ in range(4)], Actor.objects.system()

    found = at_once(*[lambda p=p: actions.enrol(p, row, by=system) for p in people])

    assert Enrolment.objects.count() == 1
    assert sorted(map(str, found))[:3] == ["All 1 places are taken."] * 3


def test_certificates_given_at_once_have_numbers_in_a_row():
    rows = EnrolmentFactory.create_batch(4, state="nesting", score=90, seat__state="nesting")
    system = Actor.objects.system()

    at_once(*[lambda r=r: actions.certify(r, by=system) for r in rows])

    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004"]

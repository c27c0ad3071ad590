"""The shares of those hired who begin a class, and of those who are certified."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.training import EnrolmentFactory
from training.rates import counts

pytestmark = pytest.mark.django_db


def test_who_waits_counts_for_neither_and_who_learns_not_yet_for_the_second(actor_as):
    by = actor_as("Trainer")

    def enrolment(state, *, began, year=2026):
        row = EnrolmentFactory(state=state, created_at=datetime(year, 3, 1, tzinfo=UTC))
        if began:
            row.log.create(step="begin", source="enrolled", target="in_class", by=by)

    enrolment("certified", began=True)
    enrolment("failed", began=True)
    enrolment("withdrawn", began=True)
    enrolment("withdrawn", began=False)
    enrolment("nesting", began=True)
    enrolment("enrolled", began=False)
    enrolment("certified", began=True, year=2025)

    assert counts(date(2026, 1, 1)) == {"started": (4, 5), "certified": (1, 3)}

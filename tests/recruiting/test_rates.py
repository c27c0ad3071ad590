"""The shares of candidates who get through, as staffing plans count with them."""

from datetime import UTC, date, datetime

import pytest

from recruiting.rates import counts
from tests.factories.recruiting import ApplicationFactory, OfferFactory

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


def test_offered_counts_those_decided_and_who_of_them_had_an_offer(actor_as):
    by = actor_as("Recruiter")

    def decided(state, *, offered):
        row = ApplicationFactory(state=state, created_at=datetime(2026, 3, 1, tzinfo=UTC))
        if offered:
            row.log.create(step="offer", source="interview", target="offered", by=by)

    decided("hired", offered=True)
    decided("offered", offered=True)
    decided("withdrawn", offered=True)
    decided("rejected", offered=False)
    decided("interview", offered=False)  # nobody knows yet
    ApplicationFactory(
        state="rejected", created_at=datetime(2025, 3, 1, tzinfo=UTC)
    )  # too long ago

    assert counts(SINCE)["offered"] == (3, 4)


def test_accepted_counts_answers_and_an_offer_that_expired_is_one():
    for state in ("accepted", "accepted", "declined", "expired", "rescinded", "sent"):
        OfferFactory(state=state, created_at=datetime(2026, 3, 1, tzinfo=UTC))

    assert counts(SINCE)["accepted"] == (2, 4)


def test_nothing_yet_is_nothing_of_nothing():
    assert counts(SINCE) == {"offered": (0, 0), "accepted": (0, 0)}

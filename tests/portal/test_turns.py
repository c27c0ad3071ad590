"""Whose clock runs on a criteria set: ours until it is sent, then the client's, and back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core import turns, workflow
from core.models import Actor
from core.workflow import Line
from recruiting.models import CriteriaSet
from tests.factories.engagements import ClientFactory, EngagementFactory
from tests.factories.recruiting import CriteriaSetFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 1, 15, tzinfo=ZoneInfo("UTC"))  # eleven in New York, two hours to close
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def returned():
    """Sent to a client in New York on Monday, sent back on Tuesday at their eleven o'clock."""
    client = ClientFactory(time_zone="America/New_York", country="US")
    row = CriteriaSetFactory.build(engagement=EngagementFactory(client=client))
    by = Actor.objects.system()
    history = [Line("send", MONDAY, by), Line("request_changes", MONDAY + DAY, by)]
    (row,) = workflow.adopt([(row, history)])
    return row


def spent(row, now):
    return turns.spent(row, list(row.log.order_by("at")), now=now)


def test_each_side_is_counted_on_its_own_calendar(returned):
    """Our day ends at 17:00 UTC, theirs at 21:00: each has its own eight hours."""
    now = spent(returned, MONDAY + DAY + HOUR)

    assert (now.theirs, now.ours) == (8 * HOUR, HOUR)
    assert (now.whose, now.since) == ("ours", MONDAY + DAY)
    assert spent(returned, MONDAY + 2 * DAY).ours == 8 * HOUR


def test_time_in_draft_counts_as_ours_from_when_the_row_was_made():
    client = ClientFactory(time_zone="America/New_York", country="US")
    row = CriteriaSetFactory(engagement__client=client, created_at=MONDAY)
    by = Actor.objects.system()

    before = spent(row, MONDAY + HOUR)
    row.log.create(step="send", source="draft", target="in_review", by=by, at=MONDAY + 2 * HOUR)
    after = spent(row, MONDAY + 3 * HOUR)

    assert (before.ours, before.whose, before.since) == (HOUR, "ours", MONDAY)
    assert (after.ours, after.theirs, after.whose) == (2 * HOUR, HOUR, "theirs")


def test_row_that_came_with_its_history_counts_from_its_first_step(returned):
    assert returned.created_at > MONDAY
    assert spent(returned, MONDAY + HOUR).ours == timedelta()


def test_row_that_does_not_know_when_it_was_made_counts_from_its_first_step(returned, monkeypatch):
    monkeypatch.setattr(returned, "created_at", None)

    assert turns.spent(returned, [], now=MONDAY) is None


def test_what_has_no_turns_counts_none():
    row = EngagementFactory()
    assert turns.spent(row, [row], now=MONDAY) is None


def test_the_turns_of_one_machine_are_said_once():
    with pytest.raises(RuntimeError, match="said twice"):
        turns.declare("recruiting.criteriaset", ours=[], theirs=[], party=str)


def test_staff_and_client_read_whose_clock_runs(returned, client_as, person_of):
    us = client_as("HR director").get(returned.get_absolute_url()).content.decode()
    assert f"With {returned.engagement.client}" in us

    reader = client_as(person_of(returned.engagement.client))
    page = reader.get(reverse("portal:criteria", args=[returned.pk])).content.decode()
    assert "With you" in page
    assert "8 h" in page


def test_what_is_agreed_lets_all_clocks_stand(returned):
    by = Actor.objects.system()
    row = CriteriaSet.objects.for_steps().get(pk=returned.pk)
    row.log.create(step="approve", source="in_review", target="approved", by=by, at=MONDAY + DAY)

    assert spent(row, MONDAY + 30 * DAY).whose is None

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


def test_before_its_first_step_no_clock_has_run():
    row = CriteriaSetFactory()
    assert spent(row, MONDAY) is None


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

from datetime import UTC, date, datetime, timedelta

import pytest

from engagements.models import Engagement
from portal.staffing import Forecast, forecast, staffing, with_training_days
from tests.factories.engagements import EngagementFactory, SeatFactory
from tests.factories.recruiting import ApplicationFactory, RequisitionFactory
from tests.factories.training import TrainingClassFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def told(**changed):
    known = {"open_seats": 8, "hires": 8, "training_days": 15, "agreed_on": date(2026, 6, 1)}
    return forecast(**{**known, **changed}, today=TODAY)


def test_forecast_adds_training_after_the_last_hire():
    # 8 seats at one a week are full on 27 April; 15 days in class are 21 of the calendar.
    assert told() == Forecast(
        "on time", "good", date(2026, 5, 18), "8 seats at 1 hires a week, 15 days of training"
    )


@pytest.mark.parametrize(
    ("changed", "verdict", "tone"),
    [
        ({"agreed_on": date(2026, 5, 18)}, "on time", "good"),
        ({"agreed_on": date(2026, 5, 17)}, "1 day late", "bad"),
        ({"agreed_on": date(2026, 5, 10)}, "8 days late", "bad"),
        ({"agreed_on": None}, "no agreed day", ""),
        ({"hires": 2}, "too few hires to say", ""),
        ({"hires": 0, "agreed_on": date(2026, 3, 1)}, "the agreed day is past", "bad"),
        ({"open_seats": 0}, "full", "good"),
    ],
)
def test_forecast_says_what_it_can_and_no_more(changed, verdict, tone):
    answer = told(**changed)

    assert (answer.verdict, answer.tone) == (verdict, tone)


def staffed(*engagements):
    rows = Engagement.objects.filter(pk__in=[row.pk for row in engagements])
    return staffing(with_training_days(rows).order_by("client__name"), now=NOW)


def hire(engagement, at, count):
    requisition = RequisitionFactory(engagement=engagement, state="open")
    ApplicationFactory.create_batch(count, requisition=requisition, state="hired", moved_at=at)


@pytest.mark.django_db
def test_staffing_counts_seats_people_and_the_hires_of_eight_weeks():
    engagement = EngagementFactory(go_live_on=date(2026, 6, 1))
    for state, count in [("live", 2), ("in_training", 1), ("reserved", 1), ("vacated", 1)]:
        SeatFactory.create_batch(count, engagement=engagement, state=state)
    SeatFactory.create_batch(4, engagement=engagement, state="requisitioned")
    requisition = RequisitionFactory(engagement=engagement, state="open")
    for state in ["applied", "assessment", "interview", "client_review", "rejected"]:
        ApplicationFactory(requisition=requisition, state=state, moved_at=NOW)
    hire(engagement, NOW - timedelta(weeks=1), 4)
    hire(engagement, NOW - timedelta(weeks=9), 20)
    TrainingClassFactory(engagement=engagement)

    [row] = staffed(engagement)

    assert row.parts == [
        ("Screening", 2),
        ("Interview", 1),
        ("Client", 1),
        ("Offer", 1),
        ("Training", 1),
        ("Live", 2),
    ]
    assert (row.live, row.filled, row.wanted) == (2, 4, 8)
    assert row.forecast.why == "4 seats at 0.5 hires a week, 15 days of training"


@pytest.mark.django_db
def test_staffing_names_the_stage_where_most_people_are_stuck():
    requisition = RequisitionFactory(state="open")
    long_ago = NOW - timedelta(days=8)
    ApplicationFactory.create_batch(
        2, requisition=requisition, state="client_review", moved_at=long_ago
    )
    ApplicationFactory(requisition=requisition, state="screening", moved_at=long_ago)
    ApplicationFactory.create_batch(3, requisition=requisition, state="interview", moved_at=NOW)

    [row] = staffed(requisition.engagement)

    assert row.stuck == "over a week in “client review”: 2"


@pytest.mark.django_db
def test_staffing_keeps_engagements_apart():
    seat = SeatFactory(state="live", engagement__client__name="B")

    other, own = staffed(EngagementFactory(client__name="A"), seat.engagement)

    assert (other.wanted, own.wanted) == (0, 1)

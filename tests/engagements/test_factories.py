import pytest

from tests.factories.engagements import (
    LineOfBusinessFactory,
    MilestoneFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


def test_seats_of_one_engagement_share_its_plan():
    first = SeatFactory()

    second = SeatFactory(engagement=first.engagement, state="live")

    assert second.plan == first.plan
    assert second.plan.requirements.engagement == first.engagement


def test_line_and_milestone_belong_to_an_engagement():
    line = LineOfBusinessFactory()

    assert MilestoneFactory(engagement=line.requirements.engagement).engagement.code

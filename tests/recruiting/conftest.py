from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from core import links
from core.models import Link
from core.workflow import take_step
from recruiting import actions
from recruiting.links import OFFER
from tests.approvals import approved_by
from tests.factories.engagements import ClientPersonFactory, SeatFactory
from tests.factories.recruiting import (
    ApplicationFactory,
    RequisitionFactory,
    ScorecardFactory,
)


@pytest.fixture
def hr(actor_as):
    return actor_as("HR director", name="Helga Richter")


@pytest.fixture
def approver(db):
    """Return a function that gives a client a person who may decide, as an actor."""

    def make(client, **fields):
        user = ClientPersonFactory(client=client, user__name="M. Hansen", **fields).user
        user.groups.add(Group.objects.get(name="Client approver"))
        return user.actor

    return make


@pytest.fixture
def opened(hr):
    """Return a function that opens a requisition for so many seats."""

    def make(seat_count=1, **fields):
        requisition = RequisitionFactory(state="in_approval", **fields)
        seats = SeatFactory.create_batch(
            seat_count, engagement=requisition.engagement, state="approved"
        )
        requisition.seats.set(seats)
        return approved_by(requisition, hr)

    return make


def interviewed(requisition, **fields):
    application = ApplicationFactory(requisition=requisition, state="interview", **fields)
    ScorecardFactory(application=application)
    return application


def terms():
    today = timezone.localdate()
    return {
        "monthly_salary": Decimal(2980),
        "starts_on": today + timedelta(days=60),
        "expires_on": today + timedelta(days=7),
    }


@pytest.fixture
def drafted(opened, hr):
    """Return a function that drafts an offer for a free seat of a requisition."""

    def make(requisition=None, **candidate):
        requisition = requisition or opened()
        seat = requisition.seats.filter(state="requisitioned").first()
        application = interviewed(requisition, **candidate)
        return actions.draft_offer(application, seat=seat, **terms(), by=hr)

    return make


@pytest.fixture
def sent(drafted, hr):
    """Return a function that sends an offer, and returns it with its link."""

    def make(requisition=None, **candidate):
        offer = approved_by(drafted(requisition, **candidate), hr)
        offer = actions.send_offer(offer, by=hr)
        return offer, Link.objects.on(offer).get(scope="offer", revoked_at=None, used_at=None)

    return make


def take(subject, step, by):
    return take_step(subject, step, by=by)


def holder(link):
    return links.holder(link, OFFER, who=link.subject.application.candidate)

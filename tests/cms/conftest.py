from datetime import date

import pytest
from django.contrib.auth.models import Group

from cms import actions
from core.models import Actor, Effect
from core.tasks import run_effect
from engagements.models import Engagement
from tests.approvals import approved_by
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    ClientPersonFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    SeatFactory,
    StaffingPlanFactory,
)
from tests.factories.vendors import RateCardFactory, RateFactory
from vendors.models import RateCard


def ready_engagement(**fields):
    """A planned and priced engagement: two agents and their lead, live on 3 September 2029."""
    engagement = EngagementFactory(state="planned", go_live_on=date(2029, 9, 3), **fields)
    plan = StaffingPlanFactory(engagement=engagement, total_seats=3)
    line = LineOfBusinessFactory(requirements=plan.requirements, name="Phone, German")
    SeatFactory.create_batch(2, engagement=engagement, plan=plan, line=line)
    SeatFactory(engagement=engagement, plan=plan, role="team_lead", language="")
    if not RateCard.objects.exists():
        card = RateCardFactory(vendor=None, currency="EUR", valid_from=date(2020, 1, 1))
        RateFactory(card=card, role="agent", language="", monthly=3000)
        RateFactory(card=card, role="team_lead", language="", monthly=4000)
    return engagement


def person_at(client, role, **fields):
    """Somebody of a client, with a role."""
    user = UserFactory(kind="client", **fields)
    user.groups.add(Group.objects.get(name=role))
    ClientPersonFactory(client=client, user=user)
    return user.actor


def run_effects():
    """Do what waits, as a worker does; what that causes is done too."""
    while pks := list(Effect.objects.filter(state="pending").values_list("pk", flat=True)):
        for pk in pks:
            run_effect(pk)


@pytest.fixture
def engagement(db):
    return ready_engagement(client__name="Nordwind Bank")


@pytest.fixture
def approver(engagement):
    return person_at(engagement.client, "Client approver", name="Maja Hansen")


@pytest.fixture
def bizdev(actor_as):
    return actor_as("BizDev", name="Bea Dev")


@pytest.fixture
def draft(engagement, approver, bizdev):
    return actions.create_proposal(engagement, by=bizdev)


def approved(proposal, by):
    return approved_by(proposal, by)


@pytest.fixture
def sent(draft, bizdev):
    return actions.send_proposal(approved(draft, bizdev), by=bizdev)


@pytest.fixture
def accepted(sent, approver):
    return actions.accept_proposal(sent, name="Maja Hansen", title="Head", by=approver)


@pytest.fixture
def contract(accepted, bizdev):
    """A draft whose PDF is made."""
    drawn = actions.draw_contract(accepted, by=bizdev)
    run_effects()
    return type(drawn).objects.get(pk=drawn.pk)


@pytest.fixture
def issued(contract, bizdev):
    return actions.issue_contract(contract, by=bizdev)


@pytest.fixture
def system(db):
    return Actor.objects.system()


def state_of(engagement):
    return Engagement.objects.get(pk=engagement.pk).state

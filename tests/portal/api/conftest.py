from datetime import UTC, datetime

import pytest

from core import service_accounts
from core.models import Actor
from portal.api import scopes
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    ClientFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
    SeatFactory,
)
from tests.factories.recruiting import ApplicationFactory, FactFactory, ScorecardFactory

EVERY = [each.name for each in service_accounts.scopes()]
LIMITED = [each.name for each in service_accounts.scopes(limited=True)]
RESOURCES = {
    "clients": scopes.CLIENTS,
    "engagements": scopes.ENGAGEMENTS,
    "requirements": scopes.REQUIREMENTS,
    "seats": scopes.SEATS,
    "requisitions": scopes.REQUISITIONS,
    "applications": scopes.APPLICATIONS,
    "candidates": scopes.CANDIDATES,
}


def token_of(*names, client=None, **fields):
    """Make an account with these scopes, of a client or of ours, and return its token."""
    _, token = service_accounts.create(
        name=f"Program {service_accounts.ServiceAccount.objects.count()}",
        owner=fields.pop("owner", None) or UserFactory(),
        scopes=names,
        days=30,
        by=Actor.objects.system(),
        subject=client,
        **fields,
    )
    return token


def make_rows(client):
    """One of everything that the API tells of, at a client; put before it by name and code."""
    engagement = EngagementFactory(client=client)
    requirements = RequirementsFactory(engagement=engagement, with_client=True)
    LineOfBusinessFactory(requirements=requirements)
    seat = SeatFactory(engagement=engagement)
    application = ApplicationFactory(
        requisition__engagement=engagement,
        requisition__seats=[seat],
        state="client_review",
        put_forward_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    FactFactory(candidate=application.candidate)
    ScorecardFactory(application=application)
    return {
        "clients": client.pk,
        "engagements": engagement.pk,
        "requirements": requirements.pk,
        "seats": seat.pk,
        "requisitions": application.requisition_id,
        "applications": application.pk,
        "candidates": application.candidate_id,
    }


@pytest.fixture
def own(db):
    return make_rows(ClientFactory(name="Own"))


@pytest.fixture
def other(db):
    return make_rows(ClientFactory(name="Other"))


@pytest.fixture
def ask(client):
    """Return a function that asks the API with a token."""

    def get(path, token="", **headers):
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return client.get(f"/api/v1/{path}", headers=headers)

    return get

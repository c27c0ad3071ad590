import pytest
from django.contrib.auth.models import Group

from tests.factories.engagements import ClientPersonFactory, RequirementsFactory


@pytest.fixture
def person_of(db):
    """Return a function that makes somebody at a client, with a role there."""

    def make(client, role="Client approver", **fields):
        person = ClientPersonFactory(client=client, **fields)
        person.user.groups.add(Group.objects.get(name=role))
        return person.user

    return make


@pytest.fixture
def opened():
    """A draft that is open to the client, of which nothing is said yet."""
    return RequirementsFactory(
        with_client=True, scope_of_service="", delivery_countries=[], go_live_on=None
    )

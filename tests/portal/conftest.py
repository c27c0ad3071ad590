import pytest
from django.contrib.auth.models import Group

from tests.factories.engagements import ClientPersonFactory
from tests.factories.vendors import VendorPersonFactory


@pytest.fixture
def person_of(db):
    """Return a function that makes somebody at a client, with a role there."""

    def make(client, role="Client approver", **fields):
        person = ClientPersonFactory(client=client, **fields)
        person.user.groups.add(Group.objects.get(name=role))
        return person.user

    return make


@pytest.fixture
def contact_of(db):
    """Return a function that makes somebody at a vendor."""

    def make(vendor):
        person = VendorPersonFactory(vendor=vendor)
        person.user.groups.add(Group.objects.get(name="Vendor contact"))
        return person.user

    return make

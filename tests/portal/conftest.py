import pytest
from django.contrib.auth.models import Group

from portal.adoption import adopt_engagement
from tests.adoption import NOW, SAMPLE, STAFF
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


@pytest.fixture
def staff(user_as):
    """Our people whom the sample names, by their address."""
    return {email: user_as(role, email=email) for email, role in STAFF.items()}


@pytest.fixture
def adopt(staff, tmp_path):
    """Return a function that takes the sample over, with some of its text replaced."""

    def run(*changes, confirm=True, text=None):
        text = SAMPLE.read_text() if text is None else text
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "engagement.yaml"
        path.write_text(text)
        return adopt_engagement(path, now=NOW, confirm=confirm)

    return run

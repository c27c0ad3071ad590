import pytest
from django.test import Client as Browser

from tests.factories.core import JobFactory
from tests.factories.engagements import EngagementFactory
from tests.factories.recruiting import RequisitionFactory
from tests.lists import rows


@pytest.fixture
def world(world):
    world.engagement = EngagementFactory()
    world.requisition = RequisitionFactory(state="open")
    world.job = JobFactory(by=world.users["Administrator"].actor)
    return world


@pytest.fixture
def browser_of(world):
    """Return a function that signs in whoever has the right to a list."""

    def sign_in(key):
        browser = Browser()
        who = world.users[rows.WHO.get(key, "Administrator")]
        browser.force_login(who, backend="core.sign_in.Backend")
        return browser

    return sign_in

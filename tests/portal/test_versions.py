"""A client reads what changed since they last looked; our staff, since the version before."""

import pytest
from django.urls import reverse

from core import versions
from core.models import Actor, Seen
from recruiting.models import Criterion
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    ClientPersonFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
)
from tests.factories.recruiting import CriteriaSetFactory, CriterionFactory

pytestmark = pytest.mark.django_db
HEADING = "Changed since you last looked"


def test_client_is_shown_once_what_changed_since_they_last_looked(client_as):
    client = client_as("Client viewer")
    person = ClientPersonFactory(user=client.user)
    row = CriteriaSetFactory(engagement__client=person.client, state="in_review")
    item = CriterionFactory(criteria_set=row, name="Polite", kind="weighted", weight=40)
    page = reverse("portal:criteria", args=[row.pk])
    assert HEADING not in client.get(page).content.decode()

    Criterion.objects.filter(pk=item.pk).update(weight=50)
    CriterionFactory(criteria_set=row, name="Typing")

    text = client.get(page).content.decode()
    assert HEADING in text
    assert "+10, +25%" in text
    assert "Item Typing" in text
    assert HEADING not in client.get(page).content.decode()


def test_each_reader_has_one_last_look_of_their_own():
    subject = EngagementFactory()
    one, two = (Actor.objects.of_user(UserFactory()) for _ in range(2))

    versions.seen(subject, one, version=1, content={"a": 1})
    versions.seen(subject, one, version=2, content={"a": 2})
    versions.seen(subject, Actor.objects.system(), version=1, content={})

    assert versions.last_seen(subject, one).content == {"a": 2}
    assert versions.last_seen(subject, two) is None
    assert Seen.objects.count() == 1


def test_requirements_say_what_changed_since_the_version_before(client_as):
    first = RequirementsFactory(version=1, scope_of_service="We answer calls in German")
    second = RequirementsFactory(
        engagement=first.engagement, version=2, scope_of_service="We answer mails in German"
    )
    LineOfBusinessFactory(requirements=first, name="Calls", aht_s=300)
    LineOfBusinessFactory(requirements=second, name="Calls", aht_s=240)

    text = client_as("BizDev").get(second.get_absolute_url()).content.decode()

    assert "Changed since version 1" in text
    assert '<span class="sr-only">removed: </span>calls</del>' in text
    assert "Line Calls: Handling time" in text
    assert "-60, -20%" in text

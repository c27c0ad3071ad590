"""Each reader is told what changed since they read it; all are told, since the version before."""

import hashlib

import pytest
from django.urls import reverse

from cms import actions as cms_actions
from core import versions
from core.models import Actor, Seen
from engagements import actions as engagement_actions
from recruiting.models import CriteriaSet, Criterion
from tests.factories.cms import ProposalFactory, ProposalVersionFactory
from tests.factories.core import UserFactory
from tests.factories.engagements import (
    ClientPersonFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
)
from tests.factories.recruiting import CriteriaSetFactory, CriterionFactory

pytestmark = pytest.mark.django_db
HEADING = "Changed since you read it"


def text_of(browser, path):
    return browser.get(path).content.decode()


def press_read(browser, label, row, path):
    """Press "I have read this" on the page, as it was shown."""
    sha256 = browser.get(path).content.decode().partition('name="sha256" value="')[2][:64]
    address = reverse("core:version_read", args=[label, row.pk])
    return browser.post(address, {"sha256": sha256, "next": path}, follow=True)


@pytest.fixture
def criteria(client_as):
    client = client_as("Client viewer")
    person = ClientPersonFactory(user=client.user)
    row = CriteriaSetFactory(engagement__client=person.client, state="in_review")
    CriterionFactory(criteria_set=row, name="Polite", kind="weighted", weight=40)
    return row


def test_client_is_told_what_changed_until_they_say_that_they_read_it(client, criteria):
    page = reverse("portal:criteria", args=[criteria.pk])
    assert HEADING not in text_of(client, page)
    Criterion.objects.update(weight=50)
    CriterionFactory(criteria_set=criteria, name="Typing")

    told, again = text_of(client, page), text_of(client, page)

    assert told.count(HEADING) == again.count(HEADING) == 1
    assert "+10, +25%" in told
    assert "Item Typing" in told
    answer = press_read(client, "recruiting.criteriaset", criteria, page)
    assert answer.redirect_chain == [(page, 302)]
    assert HEADING not in text_of(client, page)


def test_what_changed_under_the_readers_eyes_is_not_marked(client, criteria):
    page = reverse("portal:criteria", args=[criteria.pk])
    client.get(page)
    Criterion.objects.update(weight=50)
    shown = text_of(client, page).partition('name="sha256" value="')[2][:64]
    Criterion.objects.update(weight=60)
    address = reverse("core:version_read", args=["recruiting.criteriaset", criteria.pk])

    answer = client.post(address, {"sha256": shown, "next": page}, follow=True)

    text = answer.content.decode()
    assert "It changed while you read" in text
    assert "+20, +50%" in text


def test_each_reader_has_one_last_look_of_their_own():
    subject = EngagementFactory()
    one, two = (Actor.objects.of_user(UserFactory()) for _ in range(2))

    versions.seen(subject, one, version=1, content={"a": 1})
    versions.seen(subject, one, version=2, content={"a": 2})
    versions.seen(subject, Actor.objects.system(), version=1, content={})

    assert versions.last_seen(subject, one).content == {"a": 2}
    assert versions.last_seen(subject, two) is None
    assert Seen.objects.count() == 1


def test_our_staff_read_the_same_of_criteria(client_as):
    browser = client_as("HR director")
    first = CriteriaSetFactory(state="approved", version=1, title="Agents", sha256="a" * 64)
    CriterionFactory(criteria_set=first, name="Polite", kind="weighted", weight=40)
    browser.get(first.get_absolute_url())
    second = CriteriaSetFactory(engagement=first.engagement, version=2, title="Agents")
    CriterionFactory(criteria_set=second, name="Polite", kind="weighted", weight=60)

    text = text_of(browser, second.get_absolute_url())

    assert "you read version 1" in text
    assert "Changed since version 1" in text
    assert text.count("+20, +50%") == 2
    assert HEADING not in text_of(browser, first.get_absolute_url())


def requirements_of(version, engagement, **line):
    row = RequirementsFactory(engagement=engagement, version=version)
    LineOfBusinessFactory(requirements=row, name="Calls", **line)
    return row


def test_requirements_say_what_changed_since_the_version_before(client_as):
    engagement = EngagementFactory()
    first = requirements_of(1, engagement, aht_s=300, week=[[1, "08:00", 10], [1, "08:30", 30]])
    second = requirements_of(
        2, engagement, aht_s=240, service_level="0.85", week=[[1, "08:00", 10], [1, "08:30", 50]]
    )
    type(first).objects.filter(pk=first.pk).update(scope_of_service="We answer calls in German")
    type(first).objects.filter(pk=second.pk).update(scope_of_service="We answer mails in German")

    text = text_of(client_as("BizDev"), second.get_absolute_url())

    assert "Changed since version 1" in text
    assert '<span class="sr-only">removed: </span>calls</del>' in text
    assert "Line Calls: Handling time" in text
    assert "-60, -20%" in text
    assert "80 %</del>" in text
    assert "85 %</ins>" in text
    assert "Line Calls: Contacts in the busiest half-hour" in text
    assert "+20, +66.7%" in text


def test_a_draft_that_is_edited_tells_whoever_read_it(client_as):
    browser = client_as("BizDev")
    row = requirements_of(1, EngagementFactory(), aht_s=300)
    browser.get(row.get_absolute_url())
    row.lines.update(aht_s=240)

    assert HEADING in text_of(browser, row.get_absolute_url())
    press_read(browser, "engagements.requirements", row, row.get_absolute_url())
    assert HEADING not in text_of(browser, row.get_absolute_url())


def figures(total, **more):
    price = {"total": total, "currency": "EUR", "lines": []}
    return {"currency": "EUR", "agents": 10, "price": price, "body": [], **more}


@pytest.fixture
def proposals():
    """Two versions that were sent: the second costs more and says more."""
    said = [{"value": {"heading": "Team", "text": "<p>Ten people &amp; a lead.</p>"}}]
    says = [{"value": {"heading": "Team", "text": "<p>Ten people &amp; a good lead.</p>"}}]
    first = ProposalFactory(state="superseded", version=1)
    ProposalVersionFactory(proposal=first, data=figures("20000.00", body=said))
    second = ProposalFactory(
        engagement=first.engagement, number=first.number, version=2, state="sent"
    )
    ProposalVersionFactory(proposal=second, data=figures("25000.00", body=says))
    return first, second


@pytest.mark.parametrize("role", ["BizDev", "Client approver"])
def test_proposal_tells_each_what_it_costs_more_since_they_read_it(role, client_as, proposals):
    browser = client_as(role)
    route = "cms:proposal"
    if role == "Client approver":
        ClientPersonFactory(user=browser.user, client=proposals[0].engagement.client)
        route = "cms:client_proposal"
    first, second = (reverse(route, args=[row.pk]) for row in proposals)
    assert HEADING not in text_of(browser, first)

    told = text_of(browser, second)

    assert HEADING in told
    assert "A month" in told
    assert "€20,000.00</del>" in told
    assert "€25,000.00</ins>" in told
    assert "+€5,000.00, +25%" in told
    assert '<span class="sr-only">added: </span>good</ins>' in told
    assert HEADING not in text_of(browser, first)


def test_another_currency_has_no_difference(proposals):
    old, new = figures("20000.00"), {**figures("25000.00"), "currency": "USD"}

    [change] = versions.versioned(proposals[0]).compare(old, new)

    assert (change.after, change.note) == ("$25,000.00", "another currency")


def submitted(actor_as):
    row = requirements_of(1, EngagementFactory())
    return engagement_actions.submit_requirements(row, by=actor_as("BizDev"))


def agreed(actor_as):
    row = CriteriaSetFactory(state="draft")
    frozen, sha256 = versions.freeze(versions.versioned(row).content(row))
    CriteriaSet.objects.filter(pk=row.pk).update(frozen=frozen, sha256=sha256)
    return row


def sent(actor_as):
    row = ProposalFactory(state="approved")
    return cms_actions.proposals._freeze(row, at=row.created_at).proposal


@pytest.mark.parametrize("make", [submitted, agreed, sent])
def test_anyone_can_redo_the_hash_that_the_page_shows(make, client_as, actor_as):
    row = make(actor_as)
    browser = client_as("BizDev")

    answer = browser.get(reverse("core:version_frozen", args=[row._meta.label_lower, row.pk]))

    assert hashlib.sha256(answer.content).hexdigest() in text_of(browser, row.get_absolute_url())


def test_what_is_not_frozen_yet_or_not_theirs_is_not_found(client_as, proposals):
    draft = RequirementsFactory()
    path = reverse("core:version_frozen", args=["engagements.requirements", draft.pk])
    assert client_as("BizDev").get(path).status_code == 404
    other = client_as("Client approver")
    ClientPersonFactory(user=other.user)
    for route in ("core:version_frozen", "core:version_read"):
        path = reverse(route, args=["cms.proposal", proposals[1].pk])
        assert (other.get if "frozen" in route else other.post)(path).status_code == 404

"""Roles, closing an account with its work in other hands, and opening it again."""

from threading import Event

import pytest
from django.contrib.auth.models import Group
from django.test import Client as Browser
from django.urls import reverse

from core import departures, handover, people, service_accounts
from core.models import Actor, AuditEntry, Link, ServiceAccount, Session
from core.workflow import StepRefused
from tests.factories.core import UserFactory
from tests.factories.engagements import EngagementFactory
from tests.factories.recruiting import RequisitionFactory
from tests.factories.training import TrainingClassFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


def roles(user):
    return sorted(user.groups.values_list("name", flat=True))


def test_roles_are_changed_at_once_and_noted(user_as, actor_as):
    user, by = user_as("Recruiter"), actor_as("Administrator")

    departures.change_roles(user, ["QA", "Trainer"], by=by)

    assert roles(user) == ["QA", "Trainer"]
    entry = AuditEntry.objects.get(did="roles_changed")
    assert entry.details == {"before": ["Recruiter"], "after": ["QA", "Trainer"]}


def test_nobody_gets_a_role_of_another_side(user_as, actor_as):
    with pytest.raises(StepRefused):
        departures.change_roles(
            user_as("Recruiter"), ["Client approver"], by=actor_as("Administrator")
        )


def test_nobody_drops_their_own_administration(user_as):
    user = user_as("Administrator")
    user_as("Administrator")

    with pytest.raises(StepRefused, match="another administrator"):
        departures.change_roles(user, [], by=user.actor)


def test_last_administrator_stays(user_as):
    user = user_as("Administrator")
    user_as("Administrator", is_active=False)

    with pytest.raises(StepRefused, match="last one"):
        departures.change_roles(user, [], by=Actor.objects.system())
    with pytest.raises(StepRefused, match="last one"):
        departures.deactivate(user, receivers={}, by=Actor.objects.system())


def test_every_sort_of_open_work_is_listed_and_past_work_is_not():
    user = UserFactory()
    EngagementFactory(owner=user)
    EngagementFactory(owner=user, state="closed")
    RequisitionFactory(recruiter=user, state="open")
    RequisitionFactory(recruiter=user, state="filled")
    TrainingClassFactory(trainer=user)
    TrainingClassFactory(trainer=user, state="completed")
    service_accounts.create(name="Board", owner=user, scopes=[], days=1, by=Actor.objects.system())

    found = {work.key: len(rows) for work, rows in handover.open_of(user)}

    assert found == {
        "core.service_accounts": 1,
        "engagements.engagements": 1,
        "recruiting.requisitions": 1,
        "training.classes": 1,
    }


def test_account_stays_open_while_work_is_without_a_receiver_who_may_do_it(user_as, actor_as):
    user, by = user_as("Recruiter"), actor_as("Administrator")
    RequisitionFactory(recruiter=user, state="open")

    for receivers in ({}, {"recruiting.requisitions": user_as("QA")}):
        with pytest.raises(StepRefused, match="takes them over"):
            departures.deactivate(user, receivers=receivers, by=by)

    user.refresh_from_db()
    assert user.is_active


def test_closing_hands_over_and_ends_sessions_and_invitations(client, user_as, client_as):
    user, heir = user_as("Administrator"), user_as("Administrator")
    rows = [
        EngagementFactory(owner=user),
        RequisitionFactory(recruiter=user, state="open"),
        TrainingClassFactory(trainer=user),
    ]
    service_accounts.create(name="Board", owner=user, scopes=[], days=1, by=heir.actor)
    people.send_invitation(user, by=heir.actor)
    theirs = Browser()
    theirs.force_login(user, backend="core.sign_in.Backend")
    browser = client_as(heir)
    path = reverse("core:person_deactivate", args=[user.pk])

    assert browser.post(path, {}).status_code == 422
    keys = [work.key for work, _ in handover.open_of(user)]
    assert browser.post(path, dict.fromkeys(keys, heir.pk)).status_code == 302

    for row, field in zip(rows, ["owner", "recruiter", "trainer"], strict=True):
        row.refresh_from_db(fields=[field])
        assert getattr(row, field) == heir
    assert ServiceAccount.objects.get().owner == heir
    assert Session.objects.count() == 1  # the heir's
    assert theirs.get("/you/").status_code == 302
    assert Link.objects.get(scope="invitation").revoked_at
    assert browser.get(path).status_code == 409


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("oneself", "Nobody closes their own account."),
        ("last", "Somebody has to administer: this is the last one."),
        ("closed", "This account is closed already."),
    ],
)
def test_what_can_not_be_closed_is_said_before_anything_is_asked(who, words, client_as, user_as):
    people = {
        "oneself": client_as("Administrator").user,
        "last": user_as("Recruiter"),
        "closed": user_as("QA", is_active=False),
    }
    if who == "last":
        # Whoever may close accounts by another right, and the only one who administers.
        people["last"], people["oneself"].is_superuser = people["oneself"], True
        browser = client_as(user_as("Recruiter", is_superuser=True))
    else:
        browser = client_as(people["oneself"])

    answer = browser.get(reverse("core:person_deactivate", args=[people[who].pk]))

    page = answer.content.decode()
    assert (answer.status_code, words in page, "Close the account" in page) == (409, True, False)


def test_account_is_opened_again_with_its_roles(user_as, actor_as):
    user, by = user_as("Recruiter"), actor_as("Administrator")
    departures.deactivate(user, receivers={}, by=by)
    departures.reactivate(user, by=by)

    user.refresh_from_db()
    assert (user.is_active, roles(user)) == (True, ["Recruiter"])
    with pytest.raises(StepRefused):
        departures.reactivate(user, by=by)


def test_new_invitation_ends_the_earlier_one_and_is_for_those_who_never_came(actor_as, user_as):
    by = actor_as("Administrator")
    user = people.invite(email="new@cadre.example", name="New", role="QA", by=by)
    departures.invite_again(user, by=by)

    earlier, _new = Link.objects.filter(scope="invitation").order_by("pk")
    assert earlier.revoked_at
    user.set_password("right" * 4)
    user.save()
    with pytest.raises(StepRefused):
        departures.invite_again(user, by=by)


def administrators(count):
    people = UserFactory.create_batch(count)
    for user in people:
        user.groups.add(Group.objects.get(name="Administrator"))
    return people


@pytest.fixture
def meanwhile(monkeypatch):
    """Return a function that acts while engagements are being handed over, which waits for it."""
    monkeypatch.setattr(handover, "_works", dict(handover._works))
    begun, happened = Event(), Event()
    work = handover._works["engagements.engagements"]

    def waits(user, to, by):
        work.hand_over(user, to, by)
        begun.set()
        assert happened.wait(timeout=30)

    handover.add(work.key, work.label, open_work=work.open_work, hand_over=waits)

    def happens(act):
        assert begun.wait(timeout=30)
        act()
        happened.set()

    return happens


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_is_down")
def test_work_that_comes_in_while_an_account_is_closed_refuses_it_and_changes_nothing(meanwhile):
    user, heir, by = administrators(3)
    engagement = EngagementFactory(owner=user)
    requisition = RequisitionFactory(recruiter=heir, state="open")
    browser = Browser()
    browser.force_login(by, backend="core.sign_in.Backend")
    path = reverse("core:person_deactivate", args=[user.pk])

    def give_them_work():
        type(requisition).objects.filter(pk=requisition.pk).update(recruiter=user)

    page, _none = at_once(
        lambda: browser.post(path, {"engagements.engagements": heir.pk}),
        lambda: meanwhile(give_them_work),
    )

    text = page.content.decode()
    assert page.status_code == 409
    assert "More came in meanwhile: Requisitions. Nothing was changed: look again." in text
    assert 'name="recruiting.requisitions"' in text
    engagement.refresh_from_db(fields=["owner"])
    user.refresh_from_db()
    assert (engagement.owner, user.is_active) == (user, True)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_is_down")
def test_of_two_who_close_an_account_at_once_one_does_and_the_other_is_told():
    user, heir, *both = administrators(4)
    engagement = EngagementFactory(owner=user)
    path = reverse("core:person_deactivate", args=[user.pk])

    def closes(by):
        browser = Browser()
        browser.force_login(by, backend="core.sign_in.Backend")
        return browser.post(path, {"engagements.engagements": heir.pk})

    pages = at_once(*(lambda by=by: closes(by) for by in both))

    assert sorted(page.status_code for page in pages) == [302, 409]
    engagement.refresh_from_db(fields=["owner"])
    assert engagement.owner == heir

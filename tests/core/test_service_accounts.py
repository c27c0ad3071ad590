"""Service accounts: their tokens are seen once, can be told by their beginning, and end at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import service_accounts
from core.models import Actor, ServiceAccount, ServiceToken
from tests.factories.core import UserFactory
from tests.factories.engagements import ClientFactory

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"cadre_[\w-]{43}")


def made(**fields):
    given = {"name": "Board", "owner": UserFactory(), "scopes": ["seats:read"], "days": 30}
    return service_accounts.create(**{**given, **fields}, by=Actor.objects.system())


def opens(token):
    return service_accounts.caller(token, now=timezone.now()) is not None


def test_token_is_not_in_the_database():
    account, token = made()

    row = ServiceToken.objects.get()
    assert TOKEN.fullmatch(token)
    assert token.startswith(row.prefix)
    assert len(row.prefix) < 16
    assert token not in str(ServiceToken.objects.values())
    assert service_accounts.caller(token, now=timezone.now()).account == account


def test_actor_has_the_rights_of_its_scopes_and_only_while_the_token_is_shown():
    account, token = made()

    actor = service_accounts.caller(token, now=timezone.now()).actor

    assert actor.has_perm("engagements.view_engagement")
    assert not actor.has_perm("recruiting.view_candidate")
    assert not actor.has_perm("engagements.change_engagement")
    assert not actor.is_trusted
    assert not Actor.objects.get(pk=account.actor_id).has_perm("engagements.view_engagement")


@pytest.mark.parametrize(("hours", "old_opens"), [(0, False), (24, True)])
def test_rotated_token_ends_at_once_or_leaves_time_to_change_it(hours, old_opens):
    account, old = made()

    new = service_accounts.rotate(account, days=90, overlap_hours=hours, by=Actor.objects.system())

    assert (opens(old), opens(new), new != old) == (old_opens, True, True)
    ends = account.tokens.order_by("pk")[0].expires_at
    later = timezone.now() + timedelta(hours=25)
    assert not old_opens or ends < later
    assert service_accounts.caller(old, now=later) is None


def test_revoked_account_opens_nothing_and_gets_no_other_token():
    account, token = made()

    service_accounts.revoke(account, by=Actor.objects.system())
    service_accounts.revoke(account, by=Actor.objects.system())

    assert not opens(token)
    with pytest.raises(ValueError, match="gets no token"):
        service_accounts.rotate(account, days=1, overlap_hours=0, by=Actor.objects.system())


# Pages.
def form(owner, **fields):
    given = {"name": "Board", "purpose": "", "owner": owner.pk, "scopes": ["seats:read"]}
    return {**given, "subject": "", "days": "30", "requests_per_minute": "60", **fields}


def test_administrator_makes_an_account_and_sees_its_token_once(client_as):
    client = client_as("Administrator")

    response = client.post(reverse("core:service_account_add"), form(client.user))

    (token,) = TOKEN.findall(response.content.decode())
    account = ServiceAccount.objects.get()
    assert opens(token)
    assert "no-store" in response["Cache-Control"]
    for path in (account.get_absolute_url(), reverse("core:service_accounts")):
        page = client.get(path).content.decode()
        assert account.name in page
        assert token not in page
    assert account.tokens.get().prefix in client.get(account.get_absolute_url()).content.decode()


def test_account_of_a_client_is_offered_no_more_than_its_people_read(client_as):
    client, company = client_as("Administrator"), ClientFactory(name="Nordwind")
    limited = {"subject": f"Client:{company.pk}"}
    path = reverse("core:service_account_add")

    refused = client.post(path, form(client.user, **limited, scopes=["candidates:read"]))
    taken = client.post(path, form(client.user, **limited))

    words = "Only an account of ours can read these: Candidates, without names."
    assert (refused.status_code, words in refused.content.decode()) == (422, True)
    assert taken.status_code == 200
    assert ServiceAccount.objects.get().subject == company


def test_administrator_rotates_and_revokes(client_as):
    account, old = made()
    client = client_as("Administrator")

    page = client.post(
        reverse("core:service_account_rotate", args=[account.pk]),
        {"days": "30", "overlap_hours": "0"},
    )
    (new,) = TOKEN.findall(page.content.decode())
    between = (opens(old), opens(new))
    client.post(reverse("core:service_account_revoke", args=[account.pk]))
    late = client.post(
        reverse("core:service_account_rotate", args=[account.pk]),
        {"days": "30", "overlap_hours": "0"},
    )

    assert between == (False, True)
    assert not opens(new)
    assert (late.status_code, "This account is revoked." in late.content.decode()) == (409, True)


def test_list_keeps_those_that_can_read_are_stopped_or_revoked(client_as):
    client, system = client_as("Administrator"), Actor.objects.system()
    made(name="Reads")
    made(name="Owner left", owner=UserFactory(is_active=False))
    late, _ = made(name="Token over")
    late.tokens.update(expires_at=timezone.now())
    service_accounts.revoke(made(name="Revoked")[0], by=system)

    found = {}
    for standing in ("reading", "stopped", "revoked"):
        page = client.get(reverse("core:service_accounts"), {"standing": standing})
        found[standing] = [row.name for row, _cells in page.context["list"].lines]

    assert found == {
        "reading": ["Reads"],
        "stopped": ["Owner left", "Token over"],
        "revoked": ["Revoked"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(count, client_as, django_assert_max_num_queries):
    client = client_as("Administrator")
    for number in range(count):
        made(name=f"Program {number}", subject=ClientFactory())

    with django_assert_max_num_queries(10):
        page = client.get(reverse("core:service_accounts")).content.decode()

    assert f"Program {count - 1}" in page

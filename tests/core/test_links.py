from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core import links
from core.links import LinkInvalid, Scope
from core.models import Actor, Link
from tests.factories.core import UserFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db
ANA = "ana@nordwind.example"


@pytest.fixture
def visit(monkeypatch):
    """A scope with a page of its own, of which there are some in the apps above."""
    made = Scope("visit", timedelta(days=2), "core:invitation", frozenset({"core.use_it"}))
    monkeypatch.setitem(links._scopes, "visit", made)
    return made


@pytest.fixture
def code(monkeypatch):
    made = Scope("code", timedelta(minutes=10))
    monkeypatch.setitem(links._scopes, "code", made)
    return made


def promised(scope, subject=None, email=ANA):
    return links.promise(scope, subject or UserFactory(), email=email, by=Actor.objects.system())


def token_of(link, to=ANA):
    return links.mint(link.pk, to=to).rstrip("/").rsplit("/", 1)[-1]


def test_minted_link_leads_to_its_page_and_opens_its_row(visit, settings):
    link = promised(visit)

    address = links.mint(link.pk, to=ANA)

    token = token_of(link)
    assert address.startswith(f"{settings.BASE_URL}/invitation/")
    assert links.opened(visit, token) == link


def test_token_is_nowhere_in_the_database(visit):
    link = promised(visit)
    token = token_of(link)

    stored = " ".join(str(value) for value in Link.objects.values_list().get())

    assert token not in stored
    assert len(Link.objects.get().token_hash) == 64


def test_link_not_yet_mailed_is_opened_by_nothing(visit):
    promised(visit)

    for guess in ["", " ", "None"]:
        with pytest.raises(LinkInvalid, match="not valid"):
            links.opened(visit, guess)


def test_retry_mints_anew_and_the_first_token_opens_nothing(visit):
    link = promised(visit)
    first, second = token_of(link), token_of(link)

    with pytest.raises(LinkInvalid, match="not valid"):
        links.opened(visit, first)
    assert links.opened(visit, second) == link


def test_link_is_minted_for_nobody_but_the_one_it_was_promised_to(visit):
    link = promised(visit)

    assert links.mint(link.pk, to="mallory@elsewhere.example") == f"[[link:{link.pk}]]"
    assert links.mint(link.pk + 1, to=ANA) == f"[[link:{link.pk + 1}]]"
    assert Link.objects.get().token_hash == ""


def test_link_of_one_scope_does_not_open_another(visit, code):
    token = token_of(promised(visit))

    with pytest.raises(LinkInvalid, match="not valid"):
        links.opened(code, token)


def test_expired_link_says_so(visit):
    link = promised(visit)
    token = token_of(link)
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(LinkInvalid, match="expired"):
        links.opened(visit, token)


def test_newer_link_replaces_the_earlier_one_of_the_same_person(visit):
    user = UserFactory()
    first, other = promised(visit, user), promised(visit, user, email="jan@x.example")
    tokens = token_of(first), token_of(other, to="jan@x.example")
    promised(visit, user)

    with pytest.raises(LinkInvalid, match="replaced"):
        links.opened(visit, tokens[0])
    assert links.opened(visit, tokens[1]) == other


def test_revoked_links_open_nothing(visit):
    user = UserFactory()
    token = token_of(promised(visit, user))

    assert links.revoke(visit, user) == 1
    with pytest.raises(LinkInvalid, match="withdrawn"):
        links.opened(visit, token)


def test_spent_link_opens_nothing_and_is_spent_once(visit):
    link = promised(visit)
    token = token_of(link)
    links.spend(link)

    with pytest.raises(LinkInvalid, match="has been used"):
        links.opened(visit, token)
    with pytest.raises(LinkInvalid, match="has been used"):
        links.spend(link)


def test_link_revoked_since_it_was_opened_is_not_spent(visit):
    link = promised(visit)
    links.revoke(visit, link.subject)

    with pytest.raises(LinkInvalid):
        links.spend(link)


def test_link_to_something_deleted_opens_nothing(visit):
    user = UserFactory()
    link = promised(visit, user)
    token = token_of(link)
    Link.objects.update(subject_id=0)

    with pytest.raises(LinkInvalid, match="not valid"):
        links.opened(visit, token)


def test_holder_has_the_rights_of_the_scope_and_no_others(visit):
    holder = links.holder(promised(visit), visit)

    assert (holder.kind, holder.is_trusted) == ("link", False)
    assert holder.has_perm("core.use_it")
    assert not holder.has_perm("core.manage_people")


def test_right_code_gives_its_row(code):
    user = UserFactory()
    link = promised(code, user)
    digits = links.mint(link.pk, to=ANA)

    assert digits.isdecimal()
    assert len(digits) == 6
    assert links.check_code(code, user, f" {digits} ", email=ANA) == link


def test_fifth_wrong_code_ends_the_right_one(code):
    user = UserFactory()
    right = links.mint(promised(code, user).pk, to=ANA)
    wrong = "000000" if right != "000000" else "000001"

    for _ in range(5):
        with pytest.raises(LinkInvalid, match="is wrong"):
            links.check_code(code, user, wrong, email=ANA)

    with pytest.raises(LinkInvalid, match="no valid code"):
        links.check_code(code, user, right, email=ANA)


def test_code_of_another_person_or_subject_is_none(code):
    user = UserFactory()
    right = links.mint(promised(code, user).pk, to=ANA)

    for subject, email in [(user, "jan@x.example"), (UserFactory(), ANA)]:
        with pytest.raises(LinkInvalid, match="no valid code"):
            links.check_code(code, subject, right, email=email)


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_are_not_checked_where_a_rollback_would_give_the_tries_back(code):
    user = UserFactory()
    promised(code, user)

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        links.check_code(code, user, "1", email=ANA)


def test_two_scopes_of_one_name_are_a_mistake(visit):
    with pytest.raises(RuntimeError, match="visit"):
        links.scope("visit", lifetime=timedelta(days=1))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_link_spent_by_two_at_once_is_spent_once(visit):
    link = promised(visit)

    found = at_once(*[lambda: links.spend(link)] * 2)

    assert sorted(type(answer).__name__ for answer in found) == ["LinkInvalid", "NoneType"]

"""Programs that read by the API: each under its own name, with scopes, tokens and perhaps a limit.

An app declares what may be read, and to which of its rows an account can be limited:

    scope("seats:read", "Seats", permissions={"engagements.view_client"}, limited=set())
    limit_to("Client", lambda: Client.objects.all())

A token is shown once; only its hash is kept. Who asks with it acts as the account's actor,
whose rights are those of its scopes, so that `visible_to(actor)` decides about the rows.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from core import audit
from core.models import Actor, ServiceAccount, ServiceToken, User

logger = logging.getLogger("cadre.administration")
MARK = "cadre_"  # by which scanners of repositories and mails can know a lost one
PREFIX = len(MARK) + 6
USED_EVERY = timedelta(minutes=1)  # how exactly "last used" is kept


@dataclass(frozen=True)
class Scope:
    """One thing that a token may read, and the rights that `visible_to` asks for.

    `permissions` are those of an account of ours; `limited` those of one that is limited
    to a row such as a client, or None where such an account can't have the scope.
    """

    name: str
    label: str
    permissions: frozenset[str]
    limited: frozenset[str] | None


@dataclass(frozen=True)
class Caller:
    """Who asks: the account with its actor, and the token that was shown."""

    account: ServiceAccount
    token: ServiceToken
    actor: Actor

    def may(self, scope: str) -> bool:
        return scope in self.account.scopes

    @property
    def is_limited(self) -> bool:
        return self.account.subject_id is not None


_scopes: dict[str, Scope] = {}
_limits: dict[str, Callable[[], models.QuerySet[Any]]] = {}


def scope(
    name: str, label: str, *, permissions: Iterable[str], limited: Iterable[str] | None
) -> Scope:
    if name in _scopes:
        raise RuntimeError(f"Two scopes are called {name}.")
    rights = None if limited is None else frozenset(limited)
    _scopes[name] = made = Scope(name, label, frozenset(permissions), rights)
    return made


def scopes(*, limited: bool = False) -> list[Scope]:
    """Return all scopes, or those that an account limited to a row can have."""
    return [each for each in _scopes.values() if not limited or each.limited is not None]


def limit_to(label: str, rows: Callable[[], models.QuerySet[Any]]) -> None:
    """Let accounts be limited to one of these rows, whose `visible_to` knows `actor.limits`."""
    _limits[label] = rows


def limits() -> dict[str, models.QuerySet[Any]]:
    return {label: rows() for label, rows in _limits.items()}


def rights(account: ServiceAccount) -> frozenset[str]:
    """Return what `visible_to` is told: the rights of the account's scopes, on its side."""
    known = [_scopes[name] for name in account.scopes if name in _scopes]
    if account.subject_id is None:
        return frozenset().union(*(each.permissions for each in known))
    return frozenset().union(*(each.limited or () for each in known))


@transaction.atomic
def create(
    *,
    name: str,
    owner: User,
    scopes: Iterable[str],
    days: int,
    by: Actor,
    purpose: str = "",
    subject: models.Model | None = None,
    requests_per_minute: int = 300,
) -> tuple[ServiceAccount, str]:
    """Make an account and its first token. Returns both: the token is never seen again."""
    wanted = sorted(set(scopes))
    can = {each.name for each in _scopes.values() if subject is None or each.limited is not None}
    if beyond := set(wanted) - can:
        raise ValueError(f"No such scope for this account: {', '.join(sorted(beyond))}.")
    account = ServiceAccount.objects.create(
        name=name,
        purpose=purpose,
        owner=owner,
        actor=Actor.objects.of_service(name),
        scopes=wanted,
        requests_per_minute=requests_per_minute,
        subject=subject,
        created_by=by,
    )
    _note(account, by=by, did="service_account_created")
    return account, _new_token(account, days=days, by=by)


def _new_token(account: ServiceAccount, *, days: int, by: Actor) -> str:
    token = MARK + secrets.token_urlsafe(32)
    ServiceToken.objects.create(
        account=account,
        prefix=token[:PREFIX],
        token_hash=_hash(token),
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token


def _hash(token: str) -> str:
    """Plain, for it is looked up by it: the token is 256 random bits, no password to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def rotate(account: ServiceAccount, *, days: int, overlap_hours: int, by: Actor) -> str:
    """Make a new token; the others end now, or after the hours a program needs to be changed."""
    account = ServiceAccount.objects.select_for_update().get(pk=account.pk)
    if account.revoked_at:
        raise ValueError("A revoked account gets no token.")
    now = timezone.now()
    ends = now + timedelta(hours=overlap_hours)
    still_open = account.tokens.filter(revoked_at=None, expires_at__gt=now)
    if overlap_hours:
        still_open.filter(expires_at__gt=ends).update(expires_at=ends)
    else:
        still_open.update(revoked_at=now)
    _note(account, by=by, did="service_token_rotated")
    return _new_token(account, days=days, by=by)


@transaction.atomic
def revoke(account: ServiceAccount, *, by: Actor) -> None:
    """End the account and all its tokens, for good and at once."""
    now = timezone.now()
    if ServiceAccount.objects.filter(pk=account.pk, revoked_at=None).update(revoked_at=now):
        account.tokens.filter(revoked_at=None).update(revoked_at=now)
        _note(account, by=by, did="service_account_revoked")


def caller(token: str, *, now: datetime) -> Caller | None:
    """Return who shows the token, or None: unknown, expired, revoked, or nobody answers for it.

    Whatever was not said here to be allowed is not: the actor comes with its rights and limits.
    """
    if not token.startswith(MARK):
        return None
    rows = ServiceToken.objects.select_related("account__actor", "account__owner")
    row = rows.filter(token_hash=_hash(token)).first()
    if row is None or not row.is_open(now) or row.account.revoked_at:
        return None
    account = row.account
    if not account.owner.is_active:
        return None
    _note_use(row, now)
    actor = account.actor
    actor.rights = rights(account)
    if account.subject_type_id is not None:
        kind = ContentType.objects.get_for_id(account.subject_type_id)
        actor.limits = {f"{kind.app_label}.{kind.model}": cast("int", account.subject_id)}
    return Caller(account, row, actor)


def _note(account: ServiceAccount, *, by: Actor, did: str) -> None:
    logger.info("%s: account %s by actor %s", did, account.pk, by.pk)
    audit.note("administration", did=did, by=by, about=account)


def _note_use(token: ServiceToken, now: datetime) -> None:
    """Keep when it was last used, to the minute: no write with each request."""
    if token.last_used_at is None or token.last_used_at < now - USED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_EVERY)
        ServiceToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def hand_over(account: ServiceAccount, *, to: User, by: Actor) -> None:
    """Let somebody else answer for it."""
    ServiceAccount.objects.filter(pk=account.pk).update(owner=to)
    _note(account, by=by, did="service_account_handed_over")


def answered_for_by(user: User) -> models.QuerySet[ServiceAccount]:
    return ServiceAccount.objects.filter(owner=user, revoked_at=None)


def hand_over_all(user: User, to: User, by: Actor) -> None:
    for account in answered_for_by(user):
        hand_over(account, to=to, by=by)

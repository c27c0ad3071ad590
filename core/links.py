"""Signed links and short codes: scoped, expiring, revocable, and held by their receiver only.

`promise()` writes the right down and returns the placeholder for a mail's
body; `mint()` makes the token when that mail is sent. Nobody in between, not
even with the database in hand, can know it.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from core.models import Actor, Link
from core.policies import Policy

MAX_ATTEMPTS = 5


@dataclass(frozen=True)
class Scope:
    """What a link is for: its lifetime, where it leads, and what its holder may do there."""

    name: str
    lifetime: timedelta | Policy  # a policy counts days
    route: str = ""  # takes the token; a scope without one is a code of six digits
    rights: frozenset[str] = frozenset()

    @property
    def lasts(self) -> timedelta:
        kept = self.lifetime
        return timedelta(days=kept.value()) if isinstance(kept, Policy) else kept


class LinkInvalid(Exception):
    """The link or code opens nothing. Its text is fit for the user to read."""


_scopes: dict[str, Scope] = {}


def scope(name: str, **details: object) -> Scope:
    """Declare a scope, in an app's `links.py` or `models.py`."""
    if name in _scopes:
        raise RuntimeError(f"Two scopes are called {name}.")
    _scopes[name] = made = Scope(name, **details)  # type: ignore[arg-type]
    return made


def promise(scope: Scope, subject: models.Model, *, email: str, by: Actor) -> Link:
    """Write down the right to be mailed; earlier ones for the same person and purpose end."""
    revoke(scope, subject, email=email)
    return Link.objects.create(
        scope=scope.name,
        subject=subject,
        email=email,
        created_by=by,
        expires_at=timezone.now() + scope.lasts,
    )


def placeholder(link: Link) -> str:
    return f"[[link:{link.pk}]]"


def revoke(scope: Scope, subject: models.Model, *, email: str | None = None) -> int:
    """End the open links of a scope to a subject, and return how many they were."""
    rows = Link.objects.on(subject).filter(scope=scope.name, revoked_at=None, used_at=None)
    if email is not None:
        rows = rows.filter(email=email)
    return rows.update(revoked_at=timezone.now())


def mint(pk: int, *, to: str) -> str:
    """Make a link's token as its mail leaves; a retry makes a new one. Returns what the mail says.

    A placeholder that somebody wrote into a name of theirs, to be mailed another's
    link, stays what it is: a link is minted for the one it was promised to.
    """
    link = Link.objects.filter(pk=pk).first()
    if link is None or link.email.lower() != to.lower():
        return f"[[link:{pk}]]"
    kind = _scopes[link.scope]
    token = secrets.token_urlsafe(32) if kind.route else f"{secrets.randbelow(10**6):06}"
    link.token_hash = _hash(token, link)
    link.attempts = 0
    link.save(update_fields=["token_hash", "attempts"])
    return settings.BASE_URL + reverse(kind.route, args=[token]) if kind.route else token


def _hash(token: str, link: Link) -> str:
    """Long tokens are looked up by their hash; codes are salted by their row as well."""
    salt = "core.links" if _scopes[link.scope].route else f"core.links.{link.pk}"
    return salted_hmac(salt, token, algorithm="sha256").hexdigest()


def opened(scope: Scope, token: str) -> Link:
    """Return the link that the token opens. Raises LinkInvalid with the reason."""
    wanted = salted_hmac("core.links", token, algorithm="sha256").hexdigest()
    link = Link.objects.filter(scope=scope.name, token_hash=wanted).first()
    if link is None or link.subject is None:
        raise LinkInvalid(
            _("This link is not valid. Copy it whole from the mail, or ask for a new one.")
        )
    if link.revoked_at:
        raise LinkInvalid(
            _("This link was replaced or withdrawn. The newest mail holds the valid one.")
        )
    if link.used_at:
        raise LinkInvalid(_("This link has been used. What you decided with it stands."))
    if link.expires_at <= timezone.now():
        raise LinkInvalid(
            _("This link has expired. Answer the mail it came with to get a new one.")
        )
    return link


def holder(link: Link, scope: Scope, *, who: models.Model | None = None) -> Actor:
    """Return the actor who holds the link, with the rights of its scope."""
    subject: Any = link.subject
    return Actor.objects.of_link(who or subject, may=scope.rights)


def spend(link: Link) -> None:
    """Mark the link used, in the transaction of what was done with it."""
    rows = Link.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
    if not rows.update(used_at=timezone.now()):
        raise LinkInvalid(
            _("This link has been used or replaced. What was decided with it stands.")
        )


def check_code(scope: Scope, subject: models.Model, code: str, *, email: str) -> Link:
    """Return the row that the code matches, counting each try. Raises LinkInvalid.

    Wrong tries are counted in a transaction of their own, so that no rollback of
    the caller's gives them back: call it before opening one (`durable` insists).
    """
    with transaction.atomic(durable=True):
        rows = Link.objects.on(subject).filter(scope=scope.name, email=email)
        link = rows.open(now=timezone.now()).select_for_update().order_by("-pk").first()
        if link is None or not link.token_hash:
            raise LinkInvalid(_("There is no valid code. Ask for a new one."))
        right = constant_time_compare(link.token_hash, _hash(code.strip(), link))
        if not right:
            link.attempts += 1
            link.revoked_at = timezone.now() if link.attempts >= MAX_ATTEMPTS else None
            link.save(update_fields=["attempts", "revoked_at"])
    if not right:
        raise LinkInvalid(_("This code is wrong. Look at the newest mail, or ask for a new one."))
    return link

"""Who is told of what: by mail at once, on the page, in a daily mail, or not at all.

    ANSWERED = notifications.kind("recruiting.offer_answered", label=…, default="mail",
                                  audience={UserKind.STAFF})
    notifications.notify(ANSWERED, recruiter, about=offer, text="…", url=offer.get_absolute_url(),
                         key=f"offer:{offer.pk}:accepted", mail=("recruiting.offer_answered", {…}))

A kind is declared once, by the app that knows the event; each person chooses their own
channel. `docs/notifications.md` lists who is told of what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from core import messages
from core.models import (
    Actor,
    Channel,
    Notification,
    NotificationChoice,
    NotificationSettings,
    User,
    UserKind,
)


@dataclass(frozen=True)
class NotificationKind:
    name: str
    label: "str | Promise"
    default: Channel
    audience: frozenset[UserKind]


_kinds: dict[str, NotificationKind] = {}


def kind(
    name: str, *, label: "str | Promise", default: str, audience: Iterable[UserKind]
) -> NotificationKind:
    """Declare a kind of event: its words in the settings, and the channel until one is chosen."""
    declared = NotificationKind(name, label, Channel(default), frozenset(audience))
    if _kinds.setdefault(name, declared) != declared:
        raise RuntimeError(f"Two kinds of notification are called {name}.")
    return declared


def kinds_for(user: User) -> list[NotificationKind]:
    """Return what a person can be told of, by name."""
    return sorted((k for k in _kinds.values() if user.kind in k.audience), key=lambda k: k.name)


def settings_of(user: User) -> NotificationSettings:
    """Return a person's hours; not yet stored where they never chose any."""
    row = NotificationSettings.objects.filter(user=user).first()
    return row or NotificationSettings(user=user, time_zone=user.time_zone)


def channels_of(user: User) -> dict[str, Channel]:
    """Return the channel of each kind that a person can be told of."""
    chosen = dict(NotificationChoice.objects.filter(user=user).values_list("kind", "channel"))
    return {k.name: Channel(chosen.get(k.name, k.default)) for k in kinds_for(user)}


@transaction.atomic
def choose(user: User, channels: Mapping[str, str], hours: NotificationSettings) -> None:
    """Keep how a person wants to be told, and when they may be written to."""
    for name, channel in channels.items():
        NotificationChoice.objects.update_or_create(
            user=user, kind=name, defaults={"channel": Channel(channel)}
        )
    hours.save()


@transaction.atomic
def notify(
    kind: NotificationKind,
    user: User,
    *,
    about: models.Model,
    text: str,
    url: str,
    key: str,
    mail: tuple[str, dict[str, Any]] | None = None,
    now: datetime | None = None,
) -> Notification | None:
    """Tell a person of an event as they chose, once for each kind and key.

    `text` is in the person's own language, not in that of whoever caused the event: page, mail
    and digest say the same words. `url` is a path; `mail` a template and its context (without
    it, a plain mail is sent).
    Returns None when nothing was told: they were before, do not want it, have no account
    any more, or are not among those whom the kind is for.
    """
    channel = _channel(kind, user)
    if channel == Channel.OFF:
        return None
    now = now or timezone.now()
    row, created = Notification.objects.get_or_create(
        kind=kind.name,
        user=user,
        key=key,
        defaults={"subject": about, "channel": channel, "text": text[:300], "url": url, "at": now},
    )
    if not created:
        return None
    if channel == Channel.MAIL:
        template, context = mail or ("core.notification", plainly(text, url))
        _write(user, template, context, about=about, rows=[row], now=now, why=kind.label)
    return row


def _channel(kind: NotificationKind, user: User) -> Channel:
    if not user.is_active or user.kind not in kind.audience:
        return Channel.OFF
    chosen = NotificationChoice.objects.filter(user=user, kind=kind.name).first()
    return Channel(chosen.channel) if chosen else kind.default


def plainly(text: str, url: str) -> dict[str, Any]:
    """Return what a plain mail says: the text, and where it leads."""
    return {"text": text, "url": _whole(url)}


def digest_says(rows: list[Notification]) -> dict[str, Any]:
    return {"rows": [(row.text, _whole(row.url)) for row in rows], "count": len(rows)}


def _whole(url: str) -> str:
    return settings.BASE_URL + url


def _write(
    user: User,
    template: str,
    context: dict[str, Any],
    *,
    about: models.Model | None,
    rows: list[Notification],
    now: datetime,
    why: str | Promise,
) -> None:
    """Queue a mail that says at its end why it came and where to change that."""
    line, body = messages.text_of(template, user.language, {"name": user.name, **context})
    where = _whole(reverse("core:notification_settings"))
    with override(user.language):
        foot = gettext("You are told of this by mail: %(why)s. Change that here:") % {"why": why}
    wait: timedelta = settings_of(user).quiet_for(now)
    message = messages.queue(
        template,
        to=user.email,
        subject_line=line,
        body=f"{body.rstrip()}\n\n--\n{foot}\n{where}\n",
        about=about,
        language=user.language,
        after=wait,
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(message=message)


def mark_read(actor: Actor, *, pk: int | None = None) -> int:
    """Mark one of a person's notifications as read, or all of them; return how many."""
    rows = Notification.objects.visible_to(actor).unread()
    if pk is not None:
        rows = rows.filter(pk=pk)
    return rows.update(read_at=timezone.now())


def send_digests(*, now: datetime) -> int:
    """Send each person the daily mail that is due; return how many. Run again, it sends none."""
    waiting = Notification.objects.for_digest().values("user")
    people = User.objects.filter(pk__in=waiting).select_related("notification_settings")
    return sum(_send_digest(user, now) for user in people)


@transaction.atomic
def _send_digest(user: User, now: datetime) -> bool:
    due = settings_of(user).last_digest_hour(now)
    rows = Notification.objects.for_digest().filter(user=user, at__lt=due)
    found = list(rows.select_for_update(of=("self",)).order_by("at", "pk"))
    Notification.objects.filter(pk__in=[row.pk for row in found]).update(digested_at=now)
    # Who has read it on the page need not read it again.
    fresh = [row for row in found if row.read_at is None]
    if not fresh:
        return False
    why = gettext_lazy("the daily mail")
    _write(user, "core.digest", digest_says(fresh), about=None, rows=fresh, now=now, why=why)
    return True

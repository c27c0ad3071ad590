"""Who is told of an approval: those who are asked, whoever stands in for them, and who asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import links, notifications
from core.approvals.declared import kind_named
from core.approvals.links import APPROVAL
from core.models import (
    Actor,
    ApprovalAsk,
    ApprovalRound,
    Delegation,
    Notification,
    User,
    UserKind,
)

STAFF = {UserKind.STAFF}
ASKED = notifications.kind(
    "approvals.asked", label="You are asked for an approval", default="mail", audience=STAFF
)
REMINDER = notifications.kind(
    "approvals.reminder",
    label="An approval that you are asked for is due soon, or late",
    default="mail",
    audience=STAFF,
)
ENDED = notifications.kind(
    "approvals.ended",
    label="What you asked approval for is approved, sent back or changed",
    default="mail",
    audience=STAFF,
)
STAND_IN = notifications.kind(
    "approvals.stand_in",
    label="Whoever stands in for you while you are away will be away as well",
    default="mail",
    audience=STAFF,
)


@dataclass(frozen=True)
class Receiver:
    """One who is told of an ask; `key` names the one time that they are."""

    user: User
    key: str
    instead_of: str = ""


def delegations(users: Iterable[int], *, on: date) -> dict[int, list[Delegation]]:
    """Return who stands in for each of these users that day, each once."""
    found: defaultdict[int, dict[int, Delegation]] = defaultdict(dict)
    for row in Delegation.objects.on(on).filter(user__in=users).select_related("delegate"):
        found[row.user_id].setdefault(row.delegate_id, row)
    return {user: list(rows.values()) for user, rows in found.items()}


def receivers(ask: ApprovalAsk, standing_in: dict[int, list[Delegation]]) -> list[Receiver]:
    """Return who is told of an ask: whom it asks, and who stands in for them.

    Never whoever may not answer it: who asked for it themselves, and who is asked in this
    step in their own right, since nobody answers twice.
    """
    own = {each.user_id for each in ask.step.asks.all() if each.passed_on_at is None}
    found = [Receiver(ask.user, f"ask:{ask.pk}")]
    found += [
        Receiver(row.delegate, f"ask:{ask.pk}:for:{row.pk}", str(ask.user))
        for row in standing_in.get(ask.user_id, [])
        if row.delegate_id not in own
    ]
    this = ask.step.round
    return [each for each in found if this.own_allowed or each.user.pk != this.by.user_id]


def asked(asks: Iterable[ApprovalAsk], subject: Any, *, now: datetime) -> None:
    """Tell those who are asked, and whoever stands in for them: each once for each ask.

    The caller holds the round's lock: of two who told somebody at once, one would end the
    link that the other has mailed.
    """
    asks = list(asks)
    standing_in = delegations([ask.user_id for ask in asks], on=timezone.localdate(now))
    found = [(ask, each) for ask in asks for each in receivers(ask, standing_in)]
    keys = {each.key for _ask, each in found}
    rows = Notification.objects.filter(kind=ASKED.name, key__in=keys)
    told = set(rows.values_list("user", "key"))
    for ask, receiver in found:
        if (receiver.user.pk, receiver.key) not in told:
            _ask_them(ask, receiver, subject, now)


def _ask_them(ask: ApprovalAsk, receiver: Receiver, subject: Any, now: datetime) -> None:
    this, user = ask.step.round, receiver.user
    link = links.promise(APPROVAL, ask, email=user.email, by=Actor.objects.system())
    url = this.get_absolute_url()
    with override(user.language):
        what = kind_named(this.kind).named(subject)
        text = _("%(who)s asks for your approval: %(what)s") % {"who": this.by, "what": what}
    context = {**ask_says(ask, receiver, subject), "link": links.placeholder(link)}
    notifications.notify(
        ASKED,
        user,
        about=subject,
        text=text,
        url=url,
        key=receiver.key,
        mail=("core.approval_asked", context),
        now=now,
    )


def ask_says(ask: ApprovalAsk, receiver: Receiver, subject: Any) -> dict[str, Any]:
    """Return what the mail about an ask says, but for the link."""
    this = ask.step.round
    return {
        "who": str(this.by),
        "subject": str(subject),
        "step": ask.step.label,
        "instead_of": receiver.instead_of,
        "facts": [(each["label"], each["text"]) for each in this.snapshot],
        "changes": this.changes,
        "due_at": ask.step.due_at,
        "url": settings.BASE_URL + this.get_absolute_url(),
    }


def reminder_says(
    ask: ApprovalAsk, receiver: Receiver, subject: Any, *, late: bool
) -> dict[str, Any]:
    return {
        "subject": str(subject),
        "instead_of": receiver.instead_of,
        "due_at": ask.step.due_at,
        "late": late,
        "url": settings.BASE_URL + ask.step.round.get_absolute_url(),
    }


def remind(
    ask: ApprovalAsk, receiver: Receiver, subject: Any, *, key: str, late: bool, now: datetime
) -> bool:
    """Remind somebody, once for each key; return whether they were told now."""
    this = ask.step.round
    url = this.get_absolute_url()
    with override(receiver.user.language):
        late_or_soon = (
            _("Late: %(what)s waits for your approval") if late else _("%(what)s: approve it soon")
        )
        text = late_or_soon % {"what": kind_named(this.kind).named(subject)}
    context = reminder_says(ask, receiver, subject, late=late)
    told = notifications.notify(
        REMINDER,
        receiver.user,
        about=subject,
        text=text,
        url=url,
        key=key,
        mail=("core.approval_reminder", context),
        now=now,
    )
    return told is not None


def ended(this: ApprovalRound, subject: Any, *, by: Actor, words: str) -> None:
    """Tell whoever asked what became of it, unless they did it themselves.

    `words` are marked by `gettext_noop` and hold "%(what)s" where the subject stands.
    """
    user = this.by.user
    if user is None or by == this.by:
        return
    with override(user.language):
        text = _(words) % {"what": kind_named(this.kind).named(subject)}
    notifications.notify(
        ENDED,
        user,
        about=subject,
        text=text,
        url=subject.get_absolute_url(),
        key=f"round:{this.pk}:{this.state}",
    )


def without_stand_in(row: Delegation, away: Delegation) -> None:
    """Tell somebody that whoever stands in for them will be away themselves."""
    with override(row.user.language):
        words = _("%(who)s, who stands in for you, will be away as well: name somebody else")
    notifications.notify(
        STAND_IN,
        row.user,
        about=row,
        text=words % {"who": row.delegate},
        url=reverse("core:absence"),
        key=f"away:{row.pk}:{away.pk}",
    )

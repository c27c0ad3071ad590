"""Who is told of an approval: those who are asked, whoever stands in for them, and who asked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

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


def delegates(users: Iterable[int], *, on: date) -> dict[int, list[User]]:
    """Return who stands in for each of these users that day."""
    found: defaultdict[int, list[User]] = defaultdict(list)
    for row in Delegation.objects.on(on).filter(user__in=users).select_related("delegate"):
        found[row.user_id].append(row.delegate)
    return found


def people(ask: ApprovalAsk, standing_in: dict[int, list[User]]) -> list[User]:
    """Return who is written to for an ask: never whoever may not answer it."""
    this = ask.step.round
    found = [ask.user, *standing_in.get(ask.user_id, [])]
    return [user for user in found if this.own_allowed or user.pk != this.by.user_id]


def asked(asks: Iterable[ApprovalAsk], subject: Any, *, now: datetime) -> None:
    """Tell those who are asked, and whoever stands in for them: each once for each ask."""
    asks = list(asks)
    standing_in = delegates([ask.user_id for ask in asks], on=timezone.localdate(now))
    keys = [f"ask:{ask.pk}" for ask in asks]
    rows = Notification.objects.filter(kind=ASKED.name, key__in=keys)
    told = set(rows.values_list("user", "key"))
    for ask in asks:
        for user in people(ask, standing_in):
            if (user.pk, f"ask:{ask.pk}") not in told:
                _ask(ask, user, subject)


def _ask(ask: ApprovalAsk, user: User, subject: Any) -> None:
    this = ask.step.round
    system = Actor.objects.system()
    link = links.promise(APPROVAL, ask, email=user.email, by=system)
    url = this.get_absolute_url()
    what = kind_named(this.kind).named(subject)
    text = _("%(who)s asks for your approval: %(what)s") % {"who": this.by, "what": what}
    context = {
        "who": str(this.by),
        "subject": str(subject),
        "step": ask.step.label,
        "instead_of": "" if user == ask.user else str(ask.user),
        "facts": [(each["label"], each["text"]) for each in this.snapshot],
        "changes": this.changes,
        "due_at": ask.step.due_at,
        "link": links.placeholder(link),
        "url": settings.BASE_URL + url,
    }
    notifications.notify(
        ASKED,
        user,
        about=subject,
        text=text,
        url=url,
        key=f"ask:{ask.pk}",
        mail=("core.approval_asked", context),
    )


def remind(ask: ApprovalAsk, user: User, subject: Any, *, key: str, late: bool) -> bool:
    """Remind somebody, once for each key; return whether they were told now."""
    words = _("Late: %(what)s waits for your approval") if late else _("%(what)s: approve it soon")
    this = ask.step.round
    url, what = this.get_absolute_url(), kind_named(this.kind).named(subject)
    context = {
        "subject": str(subject),
        "instead_of": "" if user == ask.user else str(ask.user),
        "due_at": ask.step.due_at,
        "late": late,
        "url": settings.BASE_URL + url,
    }
    told = notifications.notify(
        REMINDER,
        user,
        about=subject,
        text=words % {"what": what},
        url=url,
        key=key,
        mail=("core.approval_reminder", context),
    )
    return told is not None


def ended(this: ApprovalRound, subject: Any, *, by: Actor, words: str) -> None:
    """Tell whoever asked what became of it, unless they did it themselves.

    `words` hold "%(what)s" where the subject stands.
    """
    user = this.by.user
    if user is None or by == this.by:
        return
    notifications.notify(
        ENDED,
        user,
        about=subject,
        text=words % {"what": kind_named(this.kind).named(subject)},
        url=subject.get_absolute_url(),
        key=f"round:{this.pk}:{this.state}",
    )

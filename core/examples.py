"""On which of core's rows the texts of its mails can be looked at."""

from typing import Any

from django.db.models import QuerySet

from core import notifications, people
from core.approvals import mailed, telling
from core.mail_texts import Sample, example
from core.models import Actor, ApprovalAsk, Notification, User


def _people(_by: Actor) -> "QuerySet[Any]":
    return User.objects.filter(is_active=True).order_by("-joined_at", "-pk")


def _told(_by: Actor) -> "QuerySet[Any]":
    return Notification.objects.select_related("user").order_by("-pk")


def _those_told(_by: Actor) -> "QuerySet[Any]":
    return User.objects.filter(pk__in=Notification.objects.values("user")).order_by("name", "pk")


def _invitation(user: User, by: Actor) -> Sample:
    return Sample(user.email, people.invitation_says(user, by=by))


def _notification(row: Notification, _by: Actor) -> Sample:
    says = {"name": row.user.name, **notifications.plainly(row.text, row.url)}
    return Sample(row.user.email, says)


def _digest(user: User, _by: Actor) -> Sample:
    rows = list(Notification.objects.filter(user=user).order_by("-pk")[:3])
    return Sample(user.email, {"name": user.name, **notifications.digest_says(rows)})


def _asks(_by: Actor) -> "QuerySet[Any]":
    return ApprovalAsk.objects.select_related("user", "step__round__by").order_by("-pk")


def _asked(ask: ApprovalAsk, _by: Actor) -> Sample | None:
    return _of_ask(ask, telling.ask_says(ask, _whom(ask), ask.step.round.subject))


def _reminder(ask: ApprovalAsk, _by: Actor) -> Sample | None:
    says = telling.reminder_says(ask, _whom(ask), ask.step.round.subject, late=False)
    return _of_ask(ask, says)


def _code(ask: ApprovalAsk, _by: Actor) -> Sample | None:
    return _of_ask(ask, mailed.code_says(ask, ask.user))


def _whom(ask: ApprovalAsk) -> telling.Receiver:
    return telling.Receiver(ask.user, f"ask:{ask.pk}")


def _of_ask(ask: ApprovalAsk, says: dict[str, Any]) -> Sample | None:
    """Nothing is written of what is there no more."""
    if ask.step.round.subject is None:
        return None
    return Sample(ask.user.email, {"name": ask.user.name, **says})


def declare() -> None:
    example("core.invitation", rows=_people, mail=_invitation)
    example("core.notification", rows=_told, mail=_notification)
    example("core.digest", rows=_those_told, mail=_digest)
    example("core.approval_asked", rows=_asks, mail=_asked)
    example("core.approval_reminder", rows=_asks, mail=_reminder)
    example("core.approval_code", rows=_asks, mail=_code)

"""Reminders, before a step is due and after: each once, however often the task runs."""

from datetime import datetime

from django.utils import timezone

from core.approvals import clock, telling
from core.models import ApprovalAsk


def remind(*, now: datetime) -> int:
    """Tell whoever now stands in for somebody, and remind of what is soon due or late.

    What is late is told once for each working day. Returns how many were reminded.
    """
    asks = ApprovalAsk.objects.open().select_related("step__round__by__user", "user")
    asks = asks.prefetch_related("step__round__subject").order_by("step__due_at", "pk")
    found = list(asks)
    standing_in = telling.delegates([a.user_id for a in found], on=timezone.localdate(now))
    told = 0
    for ask in found:
        subject = ask.step.round.subject
        if subject is None:
            continue
        if ask.user_id in standing_in:
            telling.asked([ask], subject, now=now)
        if key := _key(ask, now):
            late = key.startswith("late")
            told += sum(
                telling.remind(ask, user, subject, key=key, late=late)
                for user in telling.people(ask, standing_in)
            )
    return told


def _key(ask: ApprovalAsk, now: datetime) -> str:
    """Name the reminder that is due now; nothing if none is."""
    step = ask.step
    if step.due_at is None or step.remind_at is None or now < step.remind_at:
        return ""
    if now < step.due_at:
        return f"soon:{ask.pk}"
    if not clock.is_working_day(now):
        return ""
    return f"late:{ask.pk}:{(now - step.due_at).days}"

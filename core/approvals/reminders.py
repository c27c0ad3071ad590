"""Reminders, before a step is due and after: each once, however often the task runs."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import calendars, policies
from core.approvals import telling
from core.models import ApprovalAsk, ApprovalRound, Delegation
from planning.worktime import Calendar


def remind(*, now: datetime) -> int:
    """Tell whoever now stands in for somebody, and remind of what is soon due or late.

    What is late is told once on each working day, in our working hours. Returns how many
    reminders were told. Each round is a transaction of its own, under its lock: a run that
    is killed has done whole rounds, and two at once tell nobody twice.
    """
    with policies.read_once():
        ours = calendars.calendar_of(None)
        absent = Delegation.objects.on(timezone.localdate(now)).values("user")
        due = ApprovalAsk.objects.open().filter(Q(step__remind_at__lte=now) | Q(user__in=absent))
        rounds = sorted(set(due.values_list("step__round", flat=True)))
        return sum(_of_round(pk, ours, now) for pk in rounds)


@transaction.atomic
def _of_round(pk: int, ours: Calendar, now: datetime) -> int:
    this = ApprovalRound.objects.select_for_update(of=("self",)).get(pk=pk)
    subject = this.subject
    if subject is None:
        return 0
    rows = ApprovalAsk.objects.open().filter(step__round=pk).order_by("pk")
    asks = list(rows.select_related("step__round__by__user", "user").prefetch_related("step__asks"))
    telling.asked(asks, subject, now=now)
    day = timezone.localdate(now)
    standing_in = telling.delegations([ask.user_id for ask in asks], on=day)
    return sum(
        telling.remind(ask, each, subject, key=key, late=key.startswith("late"), now=now)
        for ask in asks
        if (key := _key(ask, ours, now))
        for each in telling.receivers(ask, standing_in)
    )


def _key(ask: ApprovalAsk, ours: Calendar, now: datetime) -> str:
    """Name the reminder that is due now; nothing if none is."""
    step = ask.step
    if step.due_at is None or step.remind_at is None or now < step.remind_at:
        return ""
    if now < step.due_at:
        return f"soon:{ask.pk}"
    if not ours.is_open(now):
        return ""
    return f"late:{ask.pk}:{now.astimezone(ours.zone).date()}"

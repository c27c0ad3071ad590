"""By when a step is due: working hours on our own calendar, holidays and all."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import calendars, policies

REMIND = policies.declare(
    "approvals.remind_before",
    default=4,
    kind=int,
    unit=_("working hours"),
    label=_("Remind approvers before a step is due"),
    help=_("But never before half of the time is over."),
    minimum=0,
    maximum=80,
)


def times(asked_at: datetime, hours: int) -> dict[str, Any]:
    """Return when to remind whoever has not answered, by when the step is due, and why then."""
    ours = calendars.calendar_of(None)
    before = min(REMIND.value(), hours / 2)
    return {
        "asked_at": asked_at,
        "remind_at": ours.after(asked_at, hours - before),
        "due_at": ours.after(asked_at, hours),
        "clock": calendars.in_words()[:200],
    }

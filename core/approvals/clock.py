"""By when a step is due: working hours on our own clock, Monday to Friday from 9 to 17, UTC."""

from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from core import policies

REMIND = policies.declare(
    "approvals.remind_before",
    default=4,
    kind=int,
    unit=_("working hours"),
    label=_("Remind approvers before a step is due"),
    minimum=0,
    maximum=80,
)
OPENS, CLOSES = time(9), time(17)


def is_working_day(at: datetime) -> bool:
    return at.astimezone(UTC).weekday() < 5


def after(start: datetime, hours: int) -> datetime:
    """Return when so many working hours after `start` have passed."""
    at, left = start.astimezone(UTC), timedelta(hours=hours)
    while True:
        opens = datetime.combine(at.date(), OPENS, UTC)
        closes = datetime.combine(at.date(), CLOSES, UTC)
        begins = max(at, opens)
        if is_working_day(at) and begins < closes:
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        at = opens + timedelta(days=1)


def times(asked_at: datetime, hours: int) -> dict[str, datetime]:
    """Return when to remind whoever has not answered, and by when the step is due."""
    return {
        "asked_at": asked_at,
        "remind_at": after(asked_at, max(hours - REMIND.value(), 0)),
        "due_at": after(asked_at, hours),
    }

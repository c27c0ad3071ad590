from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from engagements.models import Milestone


def timeline(milestones: Iterable[Milestone], *, today: date, links: bool) -> list[dict[str, Any]]:
    """Return milestones as `core/_timeline.html` draws them: done, the next one, the late."""
    rows = sorted(milestones, key=lambda row: (row.due_on or _day(row.done_at) or date.max, row.pk))
    following = next((row.pk for row in rows if row.done_at is None), None)
    return [
        {
            "label": row.title,
            "on": _day(row.done_at) or row.due_on,
            "state": _state(row, is_next=row.pk == following, today=today),
            "note": "" if row.done_at else row.get_turn_display(),
            "url": row.url if links else "",
        }
        for row in rows
    ]


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _state(row: Milestone, *, is_next: bool, today: date) -> str:
    if row.done_at:
        return "done"
    if row.due_on and row.due_on < today:
        return "late"
    return "now" if is_next else ""

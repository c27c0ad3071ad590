from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models import Milestone, Turn


def timeline(
    milestones: Iterable[Milestone], *, today: date, for_client: bool = False
) -> list[dict[str, Any]]:
    """Return milestones as `core/_timeline.html` draws them: what is done, then what is due.

    A client reads whose turn it is from its own side, and is led to no page of ours.
    """
    rows = sorted(milestones, key=_order)
    turns = CLIENTS_TURNS if for_client else OUR_TURNS
    following = next((row.pk for row in rows if row.done_at is None), None)
    return [
        {
            "label": row.title,
            "on": _day(row.done_at) or row.due_on,
            "state": _state(row, is_next=row.pk == following, today=today),
            "note": "" if row.done_at else turns[Turn(row.turn)],
            "url": "" if for_client else row.url,
        }
        for row in rows
    ]


OUR_TURNS = {turn: turn.label for turn in Turn}
CLIENTS_TURNS = {
    Turn.STAFF: _("our turn"),
    Turn.CLIENT: _("your turn"),
    Turn.VENDOR: _("our partner's turn"),
}


def _order(row: Milestone) -> tuple[bool, date, int]:
    return (row.done_at is None, _day(row.done_at) or row.due_on or date.max, row.pk)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _state(row: Milestone, *, is_next: bool, today: date) -> str:
    if row.done_at:
        return "done"
    if row.due_on and row.due_on < today:
        return "late"
    return "now" if is_next else ""

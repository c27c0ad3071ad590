from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from engagements.models import Milestone, Turn


def timeline(
    milestones: Iterable[Milestone], *, today: date, actor: Actor | None = None
) -> list[dict[str, Any]]:
    """Return milestones as `core/_timeline.html` draws them: what is done, then what is due.

    Without an actor it is drawn for a client, who reads whose turn it is from its own side and
    is led to no page of ours. Of us, nobody is led to a page that they may not see.
    """
    rows = sorted(milestones, key=_order)
    turns = OUR_TURNS if actor else CLIENTS_TURNS
    following = next((row.pk for row in rows if row.done_at is None), None)
    return [
        {
            "label": str(row),
            "on": _day(row.done_at) or row.due_on,
            "state": _state(row, is_next=row.pk == following, today=today),
            "note": "" if row.done_at else turns[Turn(row.turn)],
            "url": row.url if actor and _may_open(row, actor) else "",
        }
        for row in rows
    ]


OUR_TURNS = {
    Turn.STAFF: _("waits for us"),
    Turn.CLIENT: _("waits for the client"),
    Turn.VENDOR: _("waits for the vendor"),
}
CLIENTS_TURNS = {
    Turn.STAFF: _("our turn"),
    Turn.CLIENT: _("your turn"),
    Turn.VENDOR: _("our partner's turn"),
}


# What not all of us may see, by the first part of a milestone's key.
NEEDED = {"proposal": "cms.view_proposal", "contract": "cms.view_contract"}


def _may_open(row: Milestone, actor: Actor) -> bool:
    needed = NEEDED.get(row.key.partition(":")[0])
    return needed is None or actor.has_perm(needed)


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

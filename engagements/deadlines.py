"""The last safe day of each decision on the way to going live, and by how much one has slipped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.calendars import IdleDays
from core.templatetags.ui import number
from engagements.models import Engagement, Seat, Turn
from engagements.models.seats import GONE
from engagements.policies import CALENDAR
from planning.backward import Stretch, last_safe_days

State = Engagement.State
WAY = [
    *(State.ENQUIRY, State.SCOPING, State.PLANNED, State.PROPOSED),
    *(State.AGREED, State.RECRUITING, State.TRAINING, State.LIVE),
]
SEATS = [
    *(Seat.State.PLANNED, Seat.State.APPROVED, Seat.State.REQUISITIONED, Seat.State.RESERVED),
    *(Seat.State.IN_TRAINING, Seat.State.NESTING, Seat.State.LIVE),
]
Done = Callable[[Engagement], bool]


def _since(state: str) -> Done:
    """Done once the engagement has come that far; on hold it stands where nobody knows."""
    return lambda row: row.state in WAY and WAY.index(State(row.state)) >= WAY.index(State(state))


def _all_seats(state: str) -> Done:
    """Done once every wanted seat has come that far."""

    def done(row: Engagement) -> bool:
        seats = [seat.state for seat in row.seats.all() if seat.state not in GONE]
        reached = SEATS[SEATS.index(Seat.State(state)) :]
        return bool(seats) and all(each in reached for each in seats)

    return done


@dataclass(frozen=True)
class Decision:
    """What has to have begun by its last safe day, and whose decision it is."""

    key: str
    label: Any
    turn: Turn
    is_done: Done


DECISIONS = [
    Decision(
        "signature", gettext_lazy("The contract is signed"), Turn.CLIENT, _since(State.AGREED)
    ),
    Decision(
        "criteria", gettext_lazy("Criteria are approved"), Turn.CLIENT, _since(State.RECRUITING)
    ),
    Decision("sourcing", gettext_lazy("Sourcing begins"), Turn.STAFF, _since(State.RECRUITING)),
    Decision(
        "offers", gettext_lazy("Offers are accepted"), Turn.STAFF, _all_seats(Seat.State.RESERVED)
    ),
    Decision(
        "class", gettext_lazy("The class begins"), Turn.STAFF, _all_seats(Seat.State.IN_TRAINING)
    ),
    Decision("nesting", gettext_lazy("Nesting begins"), Turn.STAFF, _all_seats(Seat.State.NESTING)),
]


def safe_days(go_live: date) -> dict[str, date]:
    """Return the last safe day of each decision, by its key. One query: our days off."""
    way = [Stretch(key, policy.value()) for key, policy in CALENDAR.items()]
    return last_safe_days(go_live, way, off=IdleDays(None))


def deadlines(row: Engagement, *, today: date) -> list[dict[str, Any]]:
    """Return the decisions as `core/_timeline.html` draws them; none without a day to go live.

    `row` comes with its seats. Two queries: our days off, and the newest plan's hiring chain.
    """
    if row.go_live_on is None or row.state not in WAY[:-1]:
        return []
    safe = safe_days(row.go_live_on)
    people = _people(row)
    following = next((each.key for each in DECISIONS if not each.is_done(row)), "")
    entries = [_entry(each, row, safe[each.key], following, today) for each in DECISIONS]
    for decision, entry in zip(DECISIONS, entries, strict=True):
        if decision.key in people:
            entry["note"] = f"{entry['note']} · {people[decision.key]}"
    live = {"label": _("The team is live"), "on": row.go_live_on, "state": "", "note": ""}
    return [*entries, live]


def _people(row: Engagement) -> dict[str, str]:
    """Say how many people each part of the way takes, by the newest plan's hiring chain."""
    newest = row.plans.order_by("-version")
    figure = newest.values_list("figures__candidates", flat=True).first()
    if not figure:
        return {}
    by_label = {step["label"]: step["value"] for step in figure["steps"]}
    found = {"sourcing": _("%(n)s candidates to source") % {"n": number(figure["value"])}}
    for key, label, says in (
        ("offers", "Accepted on average", _("%(n)s accept")),
        ("class", "Training starts on average", _("%(n)s begin the class")),
    ):
        if label in by_label:
            found[key] = says % {"n": number(by_label[label])}
    return found


def _entry(
    decision: Decision, row: Engagement, on: date, following: str, today: date
) -> dict[str, Any]:
    if decision.is_done(row):
        return {"label": decision.label, "on": on, "state": "done", "note": _("done")}
    whose = _("the client decides") if decision.turn == Turn.CLIENT else _("we decide")
    late = (today - on).days
    if late > 0:
        by = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
        return {"label": decision.label, "on": on, "state": "late", "note": f"{by}, {whose}"}
    state = "now" if decision.key == following else ""
    return {"label": decision.label, "on": on, "state": state, "note": whose}

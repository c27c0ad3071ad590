"""The plan of a team that was there before: its seats are counted, not computed."""

from collections import Counter
from datetime import date
from typing import Any

from engagements.models import Seat, Team
from planning.provenance import Figure, Input
from planning.structure import MANAGER, SUPERVISOR, TEAM_LEAD
from vendors.models import Role

CAUTION = (
    "This team was taken over as it was: its seats are counted, and no plan was computed. "
    "What the volume asks for is planned from a new version of the requirements."
)
# Who reports to whom, the top first; a role that nobody has is skipped.
ABOVE = {
    Role.SUPERVISOR: MANAGER,
    Role.TEAM_LEAD: SUPERVISOR,
    Role.AGENT: TEAM_LEAD,
    Role.QUALITY_ANALYST: MANAGER,
    Role.TRAINER: MANAGER,
    Role.WORKFORCE_PLANNER: MANAGER,
}


def figures(seats: list[Seat], *, source: str, on: date) -> dict[str, Any]:
    """Return the one figure there is: all seats, as the sum of their roles."""
    counts = _counts(seats)
    given_by = f"{source}, taken over on {on:%d %B %Y}".replace(" 0", " ")
    total = sum(counts.values())
    figure = Figure(
        key="total_seats",
        label="Seats",
        value=total,
        unit="seats",
        formula=f"{' + '.join(map(str, counts.values())) or 0} = {total}",
        inputs=tuple(
            Input(str(Role(role).label).capitalize(), count, "seats", given_by)
            for role, count in counts.items()
        ),
        steps=(),
        source="Counted in the file",
        note="Whether so many are needed was not computed",
    )
    return {figure.key: figure.to_json()}


def structure(seats: list[Seat], teams: list[Team], wish: str) -> dict[str, Any]:
    """Return roles and teams as the plan's page draws them."""
    counts = _counts(seats)
    return {
        "kind": wish,
        "roles": [
            {"role": role, "count": count, "reason": "taken over", "parent": _parent(role, counts)}
            for role, count in counts.items()
        ],
        "teams": [_team(number, team, seats) for number, team in enumerate(teams, start=1)],
        "lines": [],
        "cautions": [CAUTION],
        "figures": ["total_seats"],
    }


def _counts(seats: list[Seat]) -> Counter[str]:
    found = Counter(seat.role for seat in seats)
    return Counter({role: found[role] for role in Role.values if found[role]})


def _parent(role: str, counts: Counter[str]) -> str:
    parent = ABOVE.get(Role(role), "")
    while parent and not counts[parent]:
        parent = ABOVE.get(Role(parent), "")
    return str(parent)


def _team(number: int, team: Team, seats: list[Seat]) -> dict[str, Any]:
    members = [seat for seat in seats if seat.team is team and seat.role == Role.AGENT]
    lines = Counter(seat.line.name if seat.line else "no line" for seat in members)
    languages = sorted({seat.language for seat in members if seat.language})
    return {
        "number": number,
        "name": team.name,
        "size": len(members),
        "pool": ", ".join(languages) or "?",
        "members": [list(pair) for pair in lines.items()],
    }

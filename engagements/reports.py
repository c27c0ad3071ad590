"""What to look at in a plan's team: duties without an owner, rare skills, roles held twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engagements.models import RoleCharter, StaffingPlan
from planning import duties
from vendors.models import Role

Seats = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class RoleDuties:
    """The duties of a role, and who does them: "" where nobody does, with why."""

    role: str
    name: str
    owner: str
    why: str
    duties: tuple[str, ...]


@dataclass(frozen=True)
class Reports:
    """The three reports of a plan; `owned` has every duty, with those passed on to another."""

    owned: tuple[RoleDuties, ...]
    rare: tuple[duties.RareSkill, ...]
    twice: tuple[tuple[str, duties.HeldTwice], ...]

    @property
    def unowned(self) -> list[RoleDuties]:
        return [each for each in self.owned if not each.owner]

    @property
    def is_well(self) -> bool:
        return not (self.unowned or self.rare or self.twice)


def reports_of(plan: StaffingPlan) -> Reports | None:
    """Return the reports of a plan's team as it stands today; None for a plan without roles.

    Where the plan has seats they say who holds what; else its own counts do.
    """
    roles = plan.structure.get("roles", [])
    if not roles:
        return None
    planned = [
        duties.Planned(each["role"], each["count"], each["parent"], each.get("site", ""))
        for each in roles
    ]
    rows = plan.seats.wanted().values("number", "role", "duties", "site__name", "line__name")
    seats = list(rows)
    held = [_held(seat) for seat in seats]
    return Reports(
        tuple(_owned(planned, held)),
        duties.rare_skills(_lines(plan, seats)),
        tuple((_name(each.role), each) for each in duties.held_twice(planned, held)),
    )


def _held(seat: Mapping[str, Any]) -> duties.Held:
    shares = tuple((role, float(share)) for role, share in seat["duties"])
    return duties.Held(seat["number"], seat["role"], seat["site__name"] or "", shares)


def _owned(planned: Sequence[duties.Planned], held: Sequence[duties.Held]) -> Iterable[RoleDuties]:
    """Gather the duties of each role that somebody, or nobody, does together."""
    charters = [row.as_charter() for row in RoleCharter.objects.all()]
    found: dict[tuple[str, str, str], list[str]] = {}
    for each in duties.owned_duties(charters, planned, held):
        found.setdefault((each.role, each.owner, each.why), []).append(each.duty)
    for (role, owner, why), listed in found.items():
        owner_name = "" if not owner else _name(owner)
        yield RoleDuties(role, _name(role), owner_name, why, tuple(listed))


def _lines(plan: StaffingPlan, seats: Seats) -> list[tuple[str, int, list[str]]]:
    """Return each line with its agents and the skills that it needs."""
    needed = {line.name: line.skills for line in plan.requirements.lines.all()}
    agents = {line["name"]: line["seats"] for line in plan.structure.get("lines", [])}
    if seats:
        of_line = [each["line__name"] for each in seats if each["role"] == Role.AGENT]
        agents = {name: of_line.count(name) for name in agents}
    return [
        (name, count, [str(skill["name"]) for skill in needed.get(name, [])])
        for name, count in agents.items()
    ]


def _name(role: str) -> str:
    return str(Role(role).label)

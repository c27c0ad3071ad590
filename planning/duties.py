"""Who does what in a planned team: duties with their owner, skills with too few, roles held twice.

All three are read off what was decided; nothing here suggests anybody. A role that is not
employed has its duties done by the role it reports to, and so on upwards; what stands above the
top of the team is done by the top of the team.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planning import ranges
from planning.charters import Charter

ENOUGH = 3
"""Experts for a skill. Two or three for hundreds of questions make a backlog (usual practice)."""


@dataclass(frozen=True)
class Planned:
    """So many people that a plan has in a role, at a site if each has its own ("" for all)."""

    role: str
    count: int
    parent: str = ""
    site: str = ""

    def __post_init__(self) -> None:
        ranges.whole(f"The number of people as {self.role}", self.count)


@dataclass(frozen=True)
class Held:
    """A seat, its role and place; whoever holds several roles has a share of each in `duties`."""

    seat: str
    role: str
    site: str = ""
    duties: tuple[tuple[str, float], ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Return every role that the seat holds, as often as it stands there."""
        shared = tuple(role for role, _ in self.duties)
        return shared if self.role in shared else (self.role, *shared)


@dataclass(frozen=True)
class OwnedDuty:
    """A duty of `role`, and the role that does it: "" where there is none, with `why`."""

    role: str
    duty: str
    owner: str
    why: str = ""


@dataclass(frozen=True)
class RareSkill:
    """A skill that fewer than three people stand behind, and the lines that need it."""

    skill: str
    people: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class HeldTwice:
    """A role that is held twice, or a person who holds too much: by which seats, and how."""

    role: str
    seats: tuple[str, ...]
    why: str
    site: str = ""


def owned_duties(
    charters: Sequence[Charter], planned: Iterable[Planned], held: Sequence[Held] = ()
) -> tuple[OwnedDuty, ...]:
    """Return every duty of the charters with the role that does it.

    Without seats `held` the plan's own counts say who is there. With them a role that is planned
    and that no seat holds has its duties done by nobody: it was to be there, so nobody else was
    told. A charter whose role is neither planned nor asked for is done by the role that it, or
    the plan, says it reports to. Raises ValueError where two charters are of one role.
    """
    by_role = {charter.role: charter for charter in charters}
    if len(by_role) < len(charters):
        raise ValueError("Each role has one charter.")
    listed = list(planned)
    counts = Counter[str]()
    for each in listed:
        counts[each.role] += each.count
    present = {role for seat in held for role in seat.roles} if held else set(+counts)
    parents = {charter.role: charter.reports_to for charter in charters}
    parents |= {each.role: each.parent for each in listed if each.parent}
    tops = [each.role for each in listed if each.count and not each.parent]
    above = set(_upwards(tops[0], parents)) if tops else set()
    found = []
    for charter in charters:
        owner, why = _owner(charter.role, counts, present, parents)
        if not owner and not why and charter.role in above:
            owner, why = (tops[0], "") if tops[0] in present else ("", _vacant(tops[0]))
        why = why or ("" if owner else "Nobody in the team is above it, and it is not employed.")
        found += [OwnedDuty(charter.role, duty, owner, why) for duty in charter.duties]
    return tuple(found)


def _owner(
    role: str, counts: Mapping[str, int], present: set[str], parents: Mapping[str, str]
) -> tuple[str, str]:
    """Return the first role upwards that is there; or why nobody is, where one was to be."""
    for each in (role, *_upwards(role, parents)):
        if each in present:
            return each, ""
        if counts.get(each):
            return "", _vacant(each)
    return "", ""


def _vacant(role: str) -> str:
    return f"A {_words(role)} is planned, and no seat holds the role."


def _upwards(role: str, parents: Mapping[str, str]) -> list[str]:
    """Return the roles above one, the nearest first; a circle ends where it closes."""
    found: list[str] = []
    parent = parents.get(role, "")
    while parent and parent != role and parent not in found:
        found.append(parent)
        parent = parents.get(parent, "")
    return found


def rare_skills(
    lines: Iterable[tuple[str, int, Iterable[str]]], *, enough: int = ENOUGH
) -> tuple[RareSkill, ...]:
    """Return the skills with fewer than `enough` people behind them, the rarest first.

    `lines` are (name, agents, skills). All agents of a line have its skills, so that people of
    several lines that need the same one add up; case does not tell two skills apart.
    """
    people: Counter[str] = Counter()
    names: dict[str, str] = {}
    needed: defaultdict[str, list[str]] = defaultdict(list)
    for line, agents, skills in lines:
        ranges.whole(f"The number of agents of {line}", agents)
        own: dict[str, str] = {}
        for skill in skills:
            own.setdefault(skill.strip().casefold(), skill.strip())
        for key, skill in own.items():
            names.setdefault(key, skill)
            people[key] += agents
            needed[key].append(line)
    found = [
        RareSkill(names[key], people[key], tuple(needed[key]))
        for key in needed
        if people[key] < enough
    ]
    return tuple(sorted(found, key=lambda each: (each.people, each.skill.casefold())))


def held_twice(planned: Iterable[Planned], held: Iterable[Held]) -> tuple[HeldTwice, ...]:
    """Return the roles that are held twice, and people with more than one whole job.

    A role of which the plan has one at a place is held twice when two seats there hold it. A
    person holds a role twice when it stands in the duties twice, and too much when the shares
    sum to more than 1 (exactly: 0.1 + 0.2 + 0.7 is 1). Raises ValueError for a share outside 0..1.
    """
    seats = list(held)
    at_place: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    listed = list(planned)
    by_site = {each.role for each in listed if each.site}
    for seat in seats:
        for role in set(seat.roles):
            at_place[role, seat.site if role in by_site else ""].append(seat.seat)
    found = [
        HeldTwice(
            each.role,
            tuple(at_place[each.role, each.site]),
            f"The plan has one {_words(each.role)} here.",
            each.site,
        )
        for each in listed
        if each.count == 1 and len(at_place[each.role, each.site]) > 1
    ]
    for seat in seats:
        found += _too_much(seat)
    return tuple(found)


def _too_much(seat: Held) -> list[HeldTwice]:
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for role, share in seat.duties:
        ranges.within(0, 1, f"The share of {_words(role)} on seat {seat.seat}", share)
        shares[role].append(share)
    found = [
        HeldTwice(role, (seat.seat,), "It stands twice among the duties of one person.", seat.site)
        for role, given in shares.items()
        if len(given) > 1
    ]
    total = sum(Fraction(str(share)) for _, share in seat.duties)
    if total > 1:
        why = f"The shares of this person sum to {float(total):g}, and one person is 1."
        found.append(HeldTwice(seat.role, (seat.seat,), why, seat.site))
    return found


def _words(role: str) -> str:
    return role.replace("_", " ")

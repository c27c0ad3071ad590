"""Teams: who may share one, how many there are, and who sits in which."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from planning import ranges
from planning.lines import LineOfBusiness
from planning.sites import WHOLE
from planning.structure import Structure


@dataclass(frozen=True)
class Place:
    """One agent's place: the line it is for, where and when, and the share of a full week."""

    line: LineOfBusiness
    site: str = ""
    shift: str = ""
    fte: Decimal = WHOLE


@dataclass(frozen=True)
class Team:
    """People under one lead; the lead is not counted in `size`. `members` is (line, agents)."""

    number: int
    pool: str
    size: int
    members: tuple[tuple[str, int], ...]
    site: str = ""


def teams_for(agents: int, *, target_span: int = 8, single_team_max: int = 9) -> tuple[int, ...]:
    """Return balanced team sizes, the larger first, leads not counted.

    One team up to `single_team_max`, beyond it ⌈agents / target_span⌉ and at least two.
    """
    ranges.whole("The number of agents", agents)
    ranges.whole("The target span", target_span, least=1)
    ranges.whole("The largest single team", single_team_max, least=1)
    if agents == 0:
        return ()
    teams = 1 if agents <= single_team_max else max(2, -(-agents // target_span))
    size, larger = divmod(agents, teams)
    return (size + 1,) * larger + (size,) * (teams - larger)


def teams_of(
    places: Iterable[Place], structure: Structure
) -> tuple[tuple[Team, tuple[Place, ...]], ...]:
    """Return the teams, each with its people: site by site, and within it those who may share one.

    Nobody shares a team with another site's people. The teams of one such group differ by one
    person at most.
    """
    groups: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        groups[place.site, group_of(place.line, structure)].append(place)
    found: list[tuple[Team, tuple[Place, ...]]] = []
    for (site, group), people in groups.items():
        start = 0
        sizes = teams_for(
            len(people),
            target_span=structure.target_span,
            single_team_max=structure.single_team_max,
        )
        for size in sizes:
            held = tuple(people[start : start + size])
            found.append((Team(len(found) + 1, group, size, _counted(held), site), held))
            start += size
    return tuple(found)


def group_of(line: LineOfBusiness, structure: Structure) -> str:
    """Name those who may share a team."""
    match structure.teams_by:
        case "line":
            return line.name
        case "all":
            return ""
        case "tier":
            return f"tier {line.tier}"
        case "speciality":
            special = f", {line.speciality}" if line.speciality else ""
            return f"{line.language}, tier {line.tier}{special}"
        case _:
            return f"{line.language}, tier {line.tier}"


def _counted(people: Sequence[Place]) -> tuple[tuple[str, int], ...]:
    """Count each line's people, in the order of the lines."""
    names = [place.line.name for place in people]
    return tuple((name, names.count(name)) for name in dict.fromkeys(names))

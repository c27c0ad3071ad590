"""The staffing plan: lines of business become agents, teams with leads, support roles and seats."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planning import totals
from planning.command import organisation
from planning.line_plan import Agents, LinePlan, SeatRule, plan_line
from planning.line_shifts import shifts_at
from planning.lines import LineOfBusiness
from planning.pooled import Pool, plan_pool, queues
from planning.provenance import Figure
from planning.role_sharing import Person
from planning.shifts import Shift
from planning.sites import WHOLE, Site, Split, split_over
from planning.sourcing import DEFAULT_RATES, Rate, candidates
from planning.structure import (
    AGENT,
    DEFAULT_RATIOS,
    TEAM_LEAD,
    RoleCount,
    Structure,
    SupportRatio,
)
from planning.teams import Place, Team, teams_of


@dataclass(frozen=True)
class SeatPlan:
    """One seat to create: its role, and for agents and leads the team (0: none) and line.

    `tier` and `speciality` are an agent's line's, and for a lead those that all of the team have
    in common (0 and empty: none). `duties` are (role, share of a person) for who holds several
    roles, the largest first, or has time free; empty means the whole role.
    """

    role: str
    team: int = 0
    line: str = ""
    site: str = ""
    tier: int = 0
    speciality: str = ""
    shift: str = ""
    fte: Decimal = WHOLE
    duties: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class StaffingPlan:
    """All that follows from the lines: `roles` runs from the top down and ends with agents.

    `places` are the agents' places, team by team. `pools` are the queues that several lines
    share, `people` those who hold support roles where these are shared.
    """

    lines: tuple[LinePlan, ...]
    teams: tuple[Team, ...]
    roles: tuple[RoleCount, ...]
    totals: tuple[Figure, ...]
    structure: Structure = field(default_factory=Structure)
    places: tuple[Place, ...] = ()
    pools: tuple[Pool, ...] = ()
    people: tuple[Person, ...] = ()
    sites: tuple[Site, ...] = ()

    @property
    def agent_seats(self) -> int:
        return sum(line.seats for line in self.lines)

    @property
    def total_seats(self) -> int:
        return sum(role.count for role in self.roles)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure: the totals, then each line's."""
        return self.totals + tuple(figure for line in self.lines for figure in line.figures)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to read before anything is promised: of lines, of shared queues, of sites."""
        plans = [*self.lines, *(pool.together for pool in self.pools)]
        said = tuple(caution for plan in plans for caution in plan.cautions)
        return said + totals.over_capacity(self.lines, self.sites)

    def agents_at(self, site: str) -> Agents:
        """Return a site's agents of all lines by half-hour, (7, 48) in the customers' wall time."""
        return totals.agents_at(self.lines, site)

    def seats(self) -> Iterator[SeatPlan]:
        """Yield exactly `total_seats` seats: team by team its lead and agents, then the others."""
        start = 0
        for team in self.teams:
            people = self.places[start : start + team.size]
            start += team.size
            yield _lead(team, people)
            for place in people:
                yield _agent(team, place)
        for role in self.roles:
            if role.role not in {AGENT, TEAM_LEAD}:
                yield from self._in(role)

    def _in(self, role: RoleCount) -> Iterator[SeatPlan]:
        """Yield a role's seats, those with several duties first."""
        shared = [
            SeatPlan(person.role, site=person.site, duties=person.duties)
            for person in self.people
            if (person.role, person.site) == (role.role, role.site)
        ]
        yield from shared
        yield from [SeatPlan(role.role, site=role.site)] * (role.count - len(shared))


def _lead(team: Team, people: Sequence[Place]) -> SeatPlan:
    tiers = {place.line.tier for place in people}
    special = {place.line.speciality for place in people}
    ((shift, _),) = Counter(place.shift for place in people).most_common(1)
    return SeatPlan(
        TEAM_LEAD,
        team.number,
        site=team.site,
        tier=tiers.pop() if len(tiers) == 1 else 0,
        speciality=special.pop() if len(special) == 1 else "",
        shift=shift,
    )


def _agent(team: Team, place: Place) -> SeatPlan:
    return SeatPlan(
        AGENT,
        team.number,
        place.line.name,
        site=place.site,
        tier=place.line.tier,
        speciality=place.line.speciality,
        shift=place.shift,
        fte=place.fte,
    )


def plan(
    lines: Iterable[LineOfBusiness],
    structure: Structure | None = None,
    ratios: Sequence[SupportRatio] = DEFAULT_RATIOS,
    *,
    seats_by: SeatRule = "peak",
    rates: Sequence[Rate] = DEFAULT_RATES,
    sites: Sequence[Site] = (),
    follow_sun: bool = False,
    on: date | None = None,
    customer_zone: str = "",
    shifts: Sequence[Shift] = (),
    part_time: bool = False,
) -> StaffingPlan:
    """Plan every line, build teams within each pool, and add leads, supervisors and support.

    `rates` say how many of those sourced get through, stage by stage. With `sites`, each
    half-hour's agents are shared among them, `follow_sun` among those at work at that time of the
    week that begins `on`, given in `customer_zone`; a site employs what its own part takes. With
    `shifts` each seat has one, in its site's time; `part_time` allows half-time seats.
    Raises ValueError when no line is given, two have one name (seats are told apart by it), or
    sites, structure and ratios can't be.
    """
    wanted = structure or Structure()
    given = tuple(lines)
    names = [line.name for line in given]
    if not names:
        raise ValueError("A staffing plan needs at least one line of business.")
    if len(names) != len(set(names)):
        raise ValueError("Each line of business needs a name of its own.")
    split = split_over(sites, follow_sun=follow_sun, on=on, customer_zone=customer_zone)
    at_work = shifts_at(shifts, sites, part_time=part_time, on=on, customer_zone=customer_zone)
    planned, pools = _lines(given, wanted, seats_by, split)
    planned = tuple(at_work.of(each) for each in planned)
    held = teams_of(_places(planned), wanted)
    teams = tuple(team for team, _ in held)
    agents: Counter[str] = Counter()
    for team in teams:
        agents[team.site] += team.size
    organised = organisation(agents, Counter(team.site for team in teams), wanted, ratios)
    found = totals.totals(planned, teams, organised, wanted, pools)
    if planned and agents.total():
        found = (*found, candidates(agents.total(), rates))
    return StaffingPlan(
        planned,
        teams,
        organised.roles,
        found,
        wanted,
        places=tuple(place for _, people in held for place in people),
        pools=pools,
        people=organised.people,
        sites=tuple(sites),
    )


def _lines(
    lines: Sequence[LineOfBusiness], structure: Structure, seats_by: SeatRule, split: Split | None
) -> tuple[tuple[LinePlan, ...], tuple[Pool, ...]]:
    """Plan each line, alone or as part of a queue, in the order given."""
    groups = queues(lines) if structure.channels == "pooled" else []
    pools = tuple(plan_pool(group, seats_by=seats_by, split=split) for group in groups)
    found = {plan.line.name: plan for pool in pools for plan in pool.lines}
    for line in lines:
        if line.name not in found:
            found[line.name] = plan_line(line, seats_by=seats_by, split=split)
    return tuple(found[line.name] for line in lines), pools


def _places(planned: Sequence[LinePlan]) -> Iterator[Place]:
    """Yield each agent's place: site by site, and there line by line."""
    for site in dict.fromkeys(part.site for plan in planned for part in plan.parts):
        for plan in planned:
            for part in plan.parts:
                if part.site == site:
                    for shift, fte in part.stints():
                        yield Place(plan.line, site, shift, fte)

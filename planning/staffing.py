"""The staffing plan: lines of business become agents, teams with leads, support roles and seats."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from planning.line_plan import LinePlan, SeatRule, plan_line
from planning.lines import LineOfBusiness
from planning.pooling import pooling
from planning.provenance import Figure, Input, Step, spell
from planning.sourcing import DEFAULT_RATES, Rate, candidates
from planning.structure import (
    AGENT,
    DEFAULT_RATIOS,
    TEAM_LEAD,
    RoleCount,
    Structure,
    SupportRatio,
    chain_of_command,
    support_roles,
    teams_for,
)
from planning.week import DAY_NAMES
from planning.workload import start_of

SPAN_RULE = "Span rule: about eight for a lead, ten or more make two teams; judgement, not science"


@dataclass(frozen=True)
class Team:
    """People under one lead; the lead is not counted in `size`. `members` is (line, agents)."""

    number: int
    pool: str
    size: int
    members: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SeatPlan:
    """One seat to create: its role, and for agents and leads the team (0: none) and line."""

    role: str
    team: int = 0
    line: str = ""


@dataclass(frozen=True)
class StaffingPlan:
    """All that follows from the lines: `roles` runs from the top down and ends with agents."""

    lines: tuple[LinePlan, ...]
    teams: tuple[Team, ...]
    roles: tuple[RoleCount, ...]
    totals: tuple[Figure, ...]
    structure: Structure = field(default_factory=Structure)

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
        return tuple(caution for line in self.lines for caution in line.cautions)

    def seats(self) -> Iterator[SeatPlan]:
        """Yield exactly `total_seats` seats: team by team its lead and agents, then the others."""
        for team in self.teams:
            yield SeatPlan(TEAM_LEAD, team.number)
            for line, agents in team.members:
                yield from [SeatPlan(AGENT, team.number, line)] * agents
        for role in self.roles:
            if role.role not in {AGENT, TEAM_LEAD}:
                yield from [SeatPlan(role.role)] * role.count


def plan(
    lines: Iterable[LineOfBusiness],
    structure: Structure | None = None,
    ratios: Sequence[SupportRatio] = DEFAULT_RATIOS,
    *,
    seats_by: SeatRule = "peak",
    rates: Sequence[Rate] = DEFAULT_RATES,
) -> StaffingPlan:
    """Plan every line, build teams within each pool, and add leads, supervisors and support.

    `rates` say how many of those sourced get through, stage by stage.
    Raises ValueError when no line is given or two have one name: seats are told apart by it.
    """
    wanted = structure or Structure()
    planned = tuple(plan_line(line, seats_by=seats_by) for line in lines)
    names = [each.line.name for each in planned]
    if not names:
        raise ValueError("A staffing plan needs at least one line of business.")
    if len(names) != len(set(names)):
        raise ValueError("Each line of business needs a name of its own.")
    teams = _teams(planned, wanted)
    agents = sum(each.seats for each in planned)
    roles = (
        *chain_of_command(len(teams), wanted),
        *support_roles(agents, ratios),
        RoleCount(AGENT, agents, "The seats of all lines of business.", TEAM_LEAD),
    )
    totals = _totals(planned, teams, roles, wanted)
    if agents:
        totals = (*totals, candidates(agents, rates))
    return StaffingPlan(planned, teams, roles, totals, wanted)


def _teams(planned: Sequence[LinePlan], structure: Structure) -> tuple[Team, ...]:
    pools: defaultdict[str, list[str]] = defaultdict(list)
    for each in planned:
        pools[_pool(each.line, structure)] += [each.line.name] * each.seats
    teams: list[Team] = []
    for pool, people in pools.items():
        start = 0
        sizes = teams_for(
            len(people),
            target_span=structure.target_span,
            single_team_max=structure.single_team_max,
        )
        for size in sizes:
            members = _counted(people[start : start + size])
            teams.append(Team(len(teams) + 1, pool, size, members))
            start += size
    return tuple(teams)


def _pool(line: LineOfBusiness, structure: Structure) -> str:
    """Name those who may share a team."""
    if structure.teams_by == "line":
        return line.name
    return "" if structure.teams_by == "all" else f"{line.language}, tier {line.tier}"


def _counted(people: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Count each line's people, in the order of the lines."""
    return tuple((line, people.count(line)) for line in dict.fromkeys(people))


def _totals(
    planned: Sequence[LinePlan],
    teams: Sequence[Team],
    roles: Sequence[RoleCount],
    structure: Structure,
) -> tuple[Figure, ...]:
    return (
        _agent_seats(planned),
        _team_count(planned, teams, structure),
        *_if_pooled(planned),
        *(_role_figure(role) for role in roles if role.role not in {AGENT, TEAM_LEAD}),
        _total_seats(roles),
    )


def _agent_seats(planned: Sequence[LinePlan]) -> Figure:
    total = sum(each.seats for each in planned)
    return Figure(
        key="agent_seats",
        label="Agents",
        value=total,
        unit="seats",
        formula=f"{' + '.join(str(each.seats) for each in planned)} = {total}",
        inputs=(),
        steps=tuple(
            Step(each.line.name, each.seats, each.figure("seats").formula) for each in planned
        ),
        source="Sum over the lines of business; nobody is shared between lines",
    )


def _team_count(planned: Sequence[LinePlan], teams: Sequence[Team], structure: Structure) -> Figure:
    sizes = Counter(team.size for team in teams)
    listed = ", ".join(f"{count} of {size}" for size, count in sizes.items())
    return Figure(
        key="teams",
        label="Teams, each with a lead",
        value=len(teams),
        unit="teams",
        formula=(
            f"one team up to {structure.single_team_max} agents, beyond it "
            f"max(2, ⌈agents ÷ {structure.target_span}⌉) for each pool: {len(teams)} ({listed})"
        ),
        inputs=(
            Input("Agents for a lead", structure.target_span, "agents", structure.source),
            Input("Largest single team", structure.single_team_max, "agents", structure.source),
            Input("Teams by", structure.teams_by, "", structure.source),
        ),
        steps=tuple(Step(each.line.name, each.seats) for each in planned)
        + tuple(Step(_team_label(team), team.size) for team in teams),
        source=SPAN_RULE,
    )


def _if_pooled(planned: Sequence[LinePlan]) -> Iterator[Figure]:
    """For each language that several live lines share: what one team of all would need."""
    by_language: defaultdict[str, list[LineOfBusiness]] = defaultdict(list)
    for each in planned:
        if each.line.way == "live" and each.line.weekly_contacts:
            by_language[each.line.language].append(each.line)
    for language, lines in by_language.items():
        if len(lines) > 1:
            yield _pooled(language, lines)


def _pooled(language: str, lines: Sequence[LineOfBusiness]) -> Figure:
    work = sum(line.served.contacts * line.aht_s for line in lines)
    day, slot = (int(n) for n in np.unravel_index(int(np.argmax(work)), np.shape(work)))
    contacts = [float(line.served.contacts[day, slot]) for line in lines]
    strictest = max(lines, key=lambda line: (line.service_level, -line.threshold_s))
    found = pooling(
        list(zip(contacts, (line.aht_s for line in lines), strict=True)),
        service_level=strictest.service_level,
        threshold_s=strictest.threshold_s,
        max_occupancy=min(line.max_occupancy for line in lines),
    )
    when = f"{DAY_NAMES[day]} {start_of(slot):%H:%M}"
    apart = " + ".join(str(each) for each in found.apart)
    return Figure(
        key=f"pooled.{language}",
        label=f"Agents if one team took {' and '.join(line.name for line in lines)}",
        value=found.together,
        unit="agents",
        formula=f"{apart} = {sum(found.apart)} apart on {when}; together {found.together}: "
        f"{found.gain} fewer",
        inputs=lines[0].inputs("service_level", "threshold_s", "max_occupancy"),
        steps=(
            *(
                Step(line.name, agents, f"{spell(count)} contacts of {spell(line.aht_s)} s")
                for line, agents, count in zip(lines, found.apart, contacts, strict=True)
            ),
            Step("Work together, Erlang", found.load),
            Step("Mean handling time together, s", found.aht_s),
        ),
        source="Erlang C for one queue of all contacts, by the strictest target of the lines",
        note="For comparison. It says nothing of what it takes to train everybody for everything.",
    )


def _team_label(team: Team) -> str:
    return f"Team {team.number}: " + ", ".join(f"{count} {line}" for line, count in team.members)


def _role_figure(role: RoleCount) -> Figure:
    return Figure(
        key=f"role.{role.role}",
        label=role.role.replace("_", " ").capitalize(),
        value=role.count,
        unit="seats",
        formula=role.reason,
        inputs=(),
        steps=(),
        source="Ratio or rule of the plan's structure",
    )


def _total_seats(roles: Sequence[RoleCount]) -> Figure:
    total = sum(role.count for role in roles)
    counted = [role for role in roles if role.count]
    return Figure(
        key="total_seats",
        label="All seats",
        value=total,
        unit="seats",
        formula=f"{' + '.join(str(role.count) for role in counted) or 0} = {total}",
        inputs=(),
        steps=tuple(Step(role.role.replace("_", " "), role.count, role.reason) for role in roles),
        source="Sum over the roles",
    )

"""From agents to an organisation: shrinkage, teams, leads, and the people who support them.

The span rule: about eight people make one team, ten or more make two, each with its lead. It is
judgement and not science (ICMI, 2019: there is no standard, and 10-14 for a supervisor is usual),
so every number here is a parameter.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from planning import ranges

AGENT = "agent"
TEAM_LEAD = "team_lead"
SUPERVISOR = "supervisor"
MANAGER = "manager"
DIRECTOR = "director"
QUALITY_ANALYST = "quality_analyst"
TRAINER = "trainer"
WORKFORCE_PLANNER = "workforce_planner"

Kind = Literal["flat", "hierarchical"]
Grouping = Literal["line", "language_and_tier", "all"]


@dataclass(frozen=True)
class SupportRatio:
    """One `role` for every `agents_per` agents; below `from_agents` its duties fall to `parent`."""

    role: str
    agents_per: float
    from_agents: int
    parent: str
    source: str

    def __post_init__(self) -> None:
        ranges.positive(f"The agents for one {self.role}", self.agents_per)
        ranges.whole(f"The agents from which a {self.role} is employed", self.from_agents)


DEFAULT_RATIOS = (
    SupportRatio(QUALITY_ANALYST, 30, 10, MANAGER, "Usual practice: one for 25-30 agents"),
    SupportRatio(TRAINER, 25, 10, MANAGER, "Usual practice: one for 15-25 agents"),
    SupportRatio(WORKFORCE_PLANNER, 50, 20, MANAGER, "Usual practice: one for 50 agents"),
)


@dataclass(frozen=True)
class Structure:
    """How a client wants the team built.

    `flat` has leads under one manager; `hierarchical` puts supervisors between them as soon as
    there are more leads than `leads_per_supervisor`, and several managers under a director as
    soon as there are more supervisors than `supervisors_per_manager`. `teams_by` says who may
    share a team.
    """

    kind: Kind = "hierarchical"
    target_span: int = 8
    single_team_max: int = 9
    leads_per_supervisor: int = 8
    teams_by: Grouping = "language_and_tier"
    source: str = "Default: about eight for a lead, ten or more make two teams"
    supervisors_per_manager: int = 8

    def __post_init__(self) -> None:
        ranges.whole("The target span", self.target_span, least=1)
        ranges.whole("The largest single team", self.single_team_max, least=1)
        ranges.whole("The leads for a supervisor", self.leads_per_supervisor, least=2)
        ranges.whole("The supervisors for a manager", self.supervisors_per_manager, least=2)


@dataclass(frozen=True)
class RoleCount:
    """So many people in a role, why, and the role they report to (empty at the top)."""

    role: str
    count: int
    reason: str
    parent: str


def shrinkage_of(shares: Iterable[float]) -> float:
    """Compose shrinkages that apply one after the other: 1 - Π(1 - s), each 0 <= s < 1.

    Sequential: 10 % leave, then 10 % of the days worked sick, is 19 %. Shares of the same paid
    hour are parallel: add those up first (`in_parallel`).
    """
    return 1 - math.prod(1 - ranges.share_below_one("A shrinkage", share) for share in shares)


def in_parallel(shares: Iterable[float]) -> float:
    """Add up shrinkages of the same paid hour, as breaks and meetings within a shift.

    Raises ValueError where they leave nothing of it.
    """
    total = math.fsum(ranges.share_below_one("A shrinkage", share) for share in shares)
    return ranges.share_below_one("The shrinkages of one paid hour together", total)


def with_shrinkage(agents: float, shrinkage: float) -> float:
    """Return the people to employ, agents / (1 - shrinkage); multiplying by 1 + s falls short."""
    ranges.at_least(0, "The number of agents", agents)
    return agents / (1 - ranges.share_below_one("The shrinkage", shrinkage))


@dataclass(frozen=True)
class WeeklyFte:
    """A week's hours on duty, the hours to be paid for them, and the full-time people."""

    productive_hours: float
    paid_hours: float
    fte: float


def weekly_fte(
    agents: Iterable[float], interval_s: float, *, shrinkage: float, weekly_paid_hours: float
) -> WeeklyFte:
    """Return Σ n_t·dt / (1 - shrinkage) / weekly paid hours over a week's intervals.

    A lower bound: fitting shifts to it usually adds 5-15 %. One seat around the clock is
    168 h / (1 - 0.25) / 37.5 h = 5.97 people.
    """
    ranges.positive("The interval in seconds", interval_s)
    ranges.within(0, 168, "The paid hours in a week", weekly_paid_hours)
    counted = math.fsum(ranges.at_least(0, "The number of agents", each) for each in agents)
    productive = counted * interval_s / 3600
    paid = with_shrinkage(productive, shrinkage)
    return WeeklyFte(productive, paid, paid / weekly_paid_hours)


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


def support_roles(
    agents: int, ratios: Iterable[SupportRatio] = DEFAULT_RATIOS
) -> tuple[RoleCount, ...]:
    """Return a count for every ratio, 0 with its reason where the team is too small for one."""
    ranges.whole("The number of agents", agents)
    return tuple(_support_role(agents, ratio) for ratio in ratios)


def _support_role(agents: int, ratio: SupportRatio) -> RoleCount:
    if agents < ratio.from_agents:
        reason = f"Below {ratio.from_agents} agents a {_words(ratio.parent)} does this as well."
        return RoleCount(ratio.role, 0, reason, ratio.parent)
    count = ranges.ceiling(agents / ratio.agents_per)
    reason = f"One for {ratio.agents_per:g} agents: ⌈{agents} ÷ {ratio.agents_per:g}⌉ = {count}."
    return RoleCount(ratio.role, count, reason, ratio.parent)


def chain_of_command(leads: int, structure: Structure) -> tuple[RoleCount, ...]:
    """Return director, managers, supervisors and leads from the top down: one person is the root.

    Each level above the leads is there only if one person of the next could not lead them all.
    """
    ranges.whole("The number of team leads", leads)
    if leads == 0:
        return ()
    span = structure.leads_per_supervisor
    supervisors = -(-leads // span) if structure.kind == "hierarchical" and leads > span else 0
    manager = RoleCount(MANAGER, 1, "One person answers for the whole team.", "")
    if not supervisors:
        return (manager, RoleCount(TEAM_LEAD, leads, "One for each team.", MANAGER))
    reason = f"More than {span} leads: one for {span}, ⌈{leads} ÷ {span}⌉ = {supervisors}."
    return (
        *_managers(supervisors, structure.supervisors_per_manager, manager),
        RoleCount(SUPERVISOR, supervisors, reason, MANAGER),
        RoleCount(TEAM_LEAD, leads, "One for each team.", SUPERVISOR),
    )


def _managers(supervisors: int, span: int, one: RoleCount) -> tuple[RoleCount, ...]:
    if supervisors <= span:
        return (one,)
    managers = -(-supervisors // span)
    reason = f"More than {span} supervisors: one for {span}, ⌈{supervisors} ÷ {span}⌉ = {managers}."
    director = RoleCount(DIRECTOR, 1, "One person answers for several managers.", "")
    return (director, RoleCount(MANAGER, managers, reason, DIRECTOR))


def apportion(workload: Mapping[str, float], agents: int, *, minimum: int = 0) -> dict[str, int]:
    """Share out agents over channels by their work (Sainte-Laguë), whole people only.

    Work is volume · AHT / concurrency in any one unit. Each channel with work gets `minimum`
    first; then each further agent goes where work / (2·agents + 1) is largest (ties: more work,
    then the name). More work never gets a channel fewer.
    """
    ranges.whole("The number of agents", agents)
    ranges.whole("The minimum for a channel", minimum)
    active = {
        name: work
        for name, work in workload.items()
        if ranges.at_least(0, f"The work of {name}", work) > 0
    }
    if minimum * len(active) > agents:
        raise ValueError(
            f"{agents} agents cannot give {len(active)} channels at least {minimum} each."
        )
    given = {name: minimum if name in active else 0 for name in workload}
    for _ in range(agents - sum(given.values()) if active else 0):
        first = min(
            active, key=lambda name: (-active[name] / (2 * given[name] + 1), -active[name], name)
        )
        given[first] += 1
    return given


def _words(role: str) -> str:
    return role.replace("_", " ")

"""How a team is built: its roles, the ratios and spans that count them, and shrinkage.

The span rule: about eight people make one team, ten or more make two, each with its lead. It is
judgement and not science (ICMI, 2019: there is no standard, and 10-14 for a supervisor is usual),
so every number here is a parameter.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from planning import ranges

AGENT = "agent"
TEAM_LEAD = "team_lead"
SUPERVISOR = "supervisor"
MANAGER = "manager"
DIRECTOR = "director"
QUALITY_ANALYST = "quality_analyst"
TRAINER = "trainer"
COACH = "coach"
WORKFORCE_PLANNER = "workforce_planner"
CUSTOMER_SUCCESS_MANAGER = "customer_success_manager"
ACCOUNT_MANAGER = "account_manager"
LOYALTY_MANAGER = "loyalty_manager"
RETURNS_MANAGER = "returns_manager"
ESCALATION_MANAGER = "escalation_manager"
SALES_MANAGER = "sales_manager"
COMMAND = (DIRECTOR, MANAGER, SUPERVISOR, TEAM_LEAD, AGENT)
FUNCTIONAL = (
    QUALITY_ANALYST,
    TRAINER,
    COACH,
    WORKFORCE_PLANNER,
    CUSTOMER_SUCCESS_MANAGER,
    ACCOUNT_MANAGER,
    LOYALTY_MANAGER,
    RETURNS_MANAGER,
    ESCALATION_MANAGER,
    SALES_MANAGER,
)
"""Who is employed only by a ratio, or because the client asked for the role by name."""

Kind = Literal["flat", "hierarchical", "geographic"]
Grouping = Literal["line", "language_and_tier", "speciality", "tier", "all"]
Channels = Literal["split", "pooled"]


@dataclass(frozen=True)
class SupportRatio:
    """One `role` for every `agents_per` agents; below `from_agents` its duties fall to `parent`."""

    role: str
    agents_per: float
    from_agents: int
    parent: str
    source: str

    def __post_init__(self) -> None:
        if self.role in COMMAND:
            raise ValueError(f"A {words(self.role)} follows from the teams, not from a ratio.")
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
    soon as there are more supervisors than `supervisors_per_manager`; `geographic` has all of
    that at each site, under one director where there are several sites. `teams_by` says who may
    share a team. `channels="pooled"` has the live lines of one language, tier and speciality
    answered as one queue. With `share_roles` one person may hold several support roles.
    `extra_roles` are employed once each, whatever the ratios say.
    """

    kind: Kind = "hierarchical"
    target_span: int = 8
    single_team_max: int = 9
    leads_per_supervisor: int = 8
    teams_by: Grouping = "language_and_tier"
    source: str = "Default: about eight for a lead, ten or more make two teams"
    supervisors_per_manager: int = 8
    channels: Channels = "split"
    share_roles: bool = False
    extra_roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of("The structure", self.kind, get_args(Kind))
        _one_of("What teams are built by", self.teams_by, get_args(Grouping))
        _one_of("How channels are staffed", self.channels, get_args(Channels))
        ranges.whole("The target span", self.target_span, least=1)
        ranges.whole("The largest single team", self.single_team_max, least=1)
        ranges.whole("The leads for a supervisor", self.leads_per_supervisor, least=2)
        ranges.whole("The supervisors for a manager", self.supervisors_per_manager, least=2)
        for role in self.extra_roles:
            _one_of("A role asked for by name", role, FUNCTIONAL)
        if len(set(self.extra_roles)) < len(self.extra_roles):
            raise ValueError("A role asked for by name stands twice; each is employed once.")


def _one_of(what: str, value: str, possible: Sequence[str]) -> None:
    if value not in possible:
        raise ValueError(f"{what} can't be {value!r}; use {', '.join(possible)}.")


@dataclass(frozen=True)
class RoleCount:
    """So many people in a role, why, and the role they report to (empty at the top).

    `site` is the site they work at where each has its own (a geographic structure).
    """

    role: str
    count: int
    reason: str
    parent: str
    site: str = ""


def words(role: str) -> str:
    return role.replace("_", " ")


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

"""Who leads and supports the agents: counts of each role, up to one person at the root."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planning import ranges
from planning.role_sharing import ASKED_FOR, Person, shared_support
from planning.structure import (
    AGENT,
    DEFAULT_RATIOS,
    DIRECTOR,
    MANAGER,
    SUPERVISOR,
    TEAM_LEAD,
    RoleCount,
    Structure,
    SupportRatio,
    words,
)


@dataclass(frozen=True)
class Organisation:
    """The roles from the top down, agents last, and those people who share support roles."""

    roles: tuple[RoleCount, ...]
    people: tuple[Person, ...] = ()


def organisation(
    agents: Mapping[str, int],
    leads: Mapping[str, int],
    structure: Structure,
    ratios: Sequence[SupportRatio] = DEFAULT_RATIOS,
) -> Organisation:
    """Return everybody's role, given the agents and the leads of each site ("" where it has none).

    A geographic structure has a full role set at each site with agents, and a director above
    them where there are several; another has one role set for all sites. Raises ValueError where
    two ratios count one role, or roles report to each other in a circle.
    """
    counted = [ratio.role for ratio in ratios]
    if len(set(counted)) < len(counted):
        raise ValueError("Two ratios count one role: which of them holds?")
    if structure.kind == "geographic":
        staffed = [site for site, number in agents.items() if number]
        parts = [(site, agents[site], leads.get(site, 0)) for site in staffed]
    else:
        parts = [("", sum(agents.values()), sum(leads.values()))]
    above = DIRECTOR if len(parts) > 1 else ""
    chain: list[RoleCount] = []
    support: list[RoleCount] = []
    people: list[Person] = []
    for site, number, leads_there in parts:
        chain += chain_of_command(leads_there, structure, site=site, above=above)
        # Over several sites there is one for all of them, who is none of a site's.
        whole = () if above else structure.extra_roles
        found, holders = _support(number, structure, ratios, site, whole)
        support += found
        people += holders
    if above:
        reason = f"One person answers for all {len(parts)} sites."
        chain.insert(0, RoleCount(DIRECTOR, 1, reason, ""))
    if chain:
        asked = _asked_for(structure, support, chain[0])
        instead = {(role.role, role.site) for role in asked}
        support = [role for role in support if (role.role, role.site) not in instead] + asked
    reason = "The seats of all lines of business."
    crowd = [RoleCount(AGENT, number, reason, TEAM_LEAD, site) for site, number, _ in parts]
    return Organisation(tuple(_reporting([*chain, *support, *crowd])), tuple(people))


def chain_of_command(
    leads: int, structure: Structure, *, site: str = "", above: str = ""
) -> tuple[RoleCount, ...]:
    """Return director, managers, supervisors and leads from the top down, until one is the root.

    Each level has ⌈those below ÷ span⌉ people once there are more below than the span; a flat
    structure has none between leads and manager. `above` is a role outside this chain that its
    managers report to.
    """
    ranges.whole("The number of team leads", leads)
    if leads == 0:
        return ()
    supervisors = managers = 0
    if structure.kind != "flat":
        supervisors = _level(leads, structure.leads_per_supervisor)
        managers = _level(supervisors, structure.supervisors_per_manager)
    top = above if managers < 2 or above else DIRECTOR
    found = [RoleCount(MANAGER, 1, "One person answers for the whole team.", top, site)]
    if managers:
        reason = _because("supervisors", supervisors, structure.supervisors_per_manager, managers)
        found = [RoleCount(MANAGER, managers, reason, top, site)]
    if top != above:
        found.insert(0, RoleCount(DIRECTOR, 1, f"One above {managers} managers.", "", site))
    parent = MANAGER
    if supervisors:
        reason = _because("leads", leads, structure.leads_per_supervisor, supervisors)
        found.append(RoleCount(SUPERVISOR, supervisors, reason, MANAGER, site))
        parent = SUPERVISOR
    found.append(RoleCount(TEAM_LEAD, leads, "One for each team.", parent, site))
    return tuple(found)


def _level(below: int, span: int) -> int:
    """Return how many stand above so many; none is needed while one span holds them."""
    return -(-below // span) if below > span else 0


def _because(whom: str, below: int, span: int, count: int) -> str:
    return f"More than {span} {whom}: one for {span}, ⌈{below} ÷ {span}⌉ = {count}."


def support_roles(
    agents: int, ratios: Iterable[SupportRatio] = DEFAULT_RATIOS, *, site: str = ""
) -> tuple[RoleCount, ...]:
    """Return a count for every ratio, 0 with its reason where the team is too small for one."""
    ranges.whole("The number of agents", agents)
    return tuple(replace(_support_role(agents, ratio), site=site) for ratio in ratios)


def _support_role(agents: int, ratio: SupportRatio) -> RoleCount:
    if agents < ratio.from_agents:
        reason = f"Below {ratio.from_agents} agents a {words(ratio.parent)} does this as well."
        return RoleCount(ratio.role, 0, reason, ratio.parent)
    count = ranges.ceiling(agents / ratio.agents_per)
    reason = f"One for {ratio.agents_per:g} agents: ⌈{agents} ÷ {ratio.agents_per:g}⌉ = {count}."
    return RoleCount(ratio.role, count, reason, ratio.parent)


def _support(
    agents: int,
    structure: Structure,
    ratios: Sequence[SupportRatio],
    site: str,
    whole: Sequence[str],
) -> tuple[tuple[RoleCount, ...], tuple[Person, ...]]:
    if structure.share_roles:
        return shared_support(agents, ratios, site=site, whole=whole)
    return support_roles(agents, ratios, site=site), ()


def _asked_for(
    structure: Structure, support: Sequence[RoleCount], root: RoleCount
) -> list[RoleCount]:
    """Return one of each role asked for by name that no ratio employs already.

    There is one for the whole engagement, whatever the number of sites.
    """
    employed = {role.role for role in support if role.count}
    return [
        RoleCount(role, 1, ASKED_FOR, root.role, root.site)
        for role in structure.extra_roles
        if role not in employed
    ]


def _reporting(roles: Sequence[RoleCount]) -> list[RoleCount]:
    """Have everybody report to somebody who is there: the role named, or else the manager."""
    there = {(role.role, role.site) for role in roles if role.count}
    root = next((role.role for role in roles if role.count), "")
    found = []
    for role in roles:
        parent = role.parent
        if role.count and parent and not {(parent, role.site), (parent, "")} & there:
            parent = MANAGER if (MANAGER, role.site) in there else root
        found.append(replace(role, parent=parent))
    _check_circles(found)
    return found


def _check_circles(roles: Sequence[RoleCount]) -> None:
    above = {role.role: role.parent for role in roles if role.count}
    for start, parent in above.items():
        passed, role = [start], parent
        while role:
            if role in passed:
                run = " reports to ".join(words(each) for each in [*passed, role])
                raise ValueError(f"Command runs in a circle: {run}.")
            passed.append(role)
            role = above.get(role, "")

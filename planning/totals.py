"""The figures of a whole plan: sums, teams, roles, queues, sites, each as it came about."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from planning.command import Organisation
from planning.line_plan import Agents, LinePlan
from planning.lines import LineOfBusiness
from planning.pooled import Pool
from planning.pooling import pooling
from planning.provenance import Figure, Input, Step, spell
from planning.sites import Site
from planning.structure import AGENT, TEAM_LEAD, RoleCount, Structure, words
from planning.teams import Team
from planning.week import DAY_NAMES, DAYS
from planning.workload import HALF_HOURS, start_of

SPAN_RULE = "Span rule: about eight for a lead, ten or more make two teams; judgement, not science"


def totals(
    planned: Sequence[LinePlan],
    teams: Sequence[Team],
    organised: Organisation,
    structure: Structure,
    pools: Sequence[Pool] = (),
) -> tuple[Figure, ...]:
    """Return the whole plan's figures; what one queue would save only where there is none yet."""
    others = [role for role in organised.roles if role.role not in {AGENT, TEAM_LEAD}]
    return (
        _agent_seats(planned, pools),
        *_at_sites(planned),
        _team_count(planned, teams, structure),
        *chain.from_iterable(pool.figures(n) for n, pool in enumerate(pools, start=1)),
        *(() if structure.channels == "pooled" else _if_pooled(planned)),
        *(_role_figure(role, organised) for role in others),
        _total_seats(organised.roles),
    )


def agents_at(planned: Sequence[LinePlan], site: str) -> Agents:
    """Return a site's agents of all lines by half-hour, of shape (7, 48)."""
    found = np.zeros((DAYS, HALF_HOURS), dtype=np.int64)
    for plan in planned:
        for part in plan.parts:
            if part.site == site:
                found += part.agents
    return found


def over_capacity(planned: Sequence[LinePlan], sites: Sequence[Site]) -> tuple[str, ...]:
    """Say where more agents of all lines are on duty at once than a site has room for."""
    found = []
    for site in sites:
        agents = agents_at(planned, site.name)
        most = int(agents.max())
        if site.capacity is None or most <= site.capacity:
            continue
        day, slot = divmod(int(agents.argmax()), HALF_HOURS)
        over = int((agents > site.capacity).sum())
        found.append(
            f"{site.name}: {most} agents at once on {DAY_NAMES[day]} {start_of(slot):%H:%M}, and "
            f"there is room for {site.capacity}; {over} half-hours a week are too many."
        )
    return tuple(found)


def _at_sites(planned: Sequence[LinePlan]) -> Iterator[Figure]:
    """For each site the seats of its agents, line by line."""
    for site in dict.fromkeys(part.site for plan in planned for part in plan.parts if part.site):
        seats = {
            plan.line.name: part.seats
            for plan in planned
            for part in plan.parts
            if part.site == site
        }
        total = sum(seats.values())
        yield Figure(
            key=f"site.{site}",
            label=f"Agents at {site}",
            value=total,
            unit="seats",
            formula=f"{' + '.join(map(str, seats.values()))} = {total}",
            inputs=(),
            steps=tuple(Step(name, number) for name, number in seats.items()),
            source="Sum over the lines of business at this site",
        )


def _agent_seats(planned: Sequence[LinePlan], pools: Sequence[Pool]) -> Figure:
    shared = "each in a queue of several counts in its home line" if pools else ""
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
        source=f"Sum over the lines of business; {shared or 'nobody is shared between lines'}",
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
    site = f" at {team.site}" if team.site else ""
    members = ", ".join(f"{count} {line}" for line, count in team.members)
    return f"Team {team.number}{site}: {members}"


def _role_figure(role: RoleCount, organised: Organisation) -> Figure:
    people = [each for each in organised.people if each.site == role.site]
    return Figure(
        key=f"role.{role.role}{f'.{role.site}' if role.site else ''}",
        label=_label(role),
        value=role.count,
        unit="seats",
        formula=role.reason,
        inputs=(),
        steps=tuple(
            Step(f"Held by a {words(person.role)}", float(share), f"{person.busy} of 1 taken")
            for person in people
            for held, share in person.duties
            if held == role.role
        ),
        source="Ratio or rule of the plan's structure",
    )


def _label(role: RoleCount) -> str:
    named = _named(role)
    return named[:1].upper() + named[1:]


def _named(role: RoleCount) -> str:
    return f"{words(role.role)}{f', {role.site}' if role.site else ''}"


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
        steps=tuple(Step(_named(role), role.count, role.reason) for role in roles),
        source="Sum over the roles",
    )

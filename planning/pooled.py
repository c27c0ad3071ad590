"""One queue for several live lines: staffed together, with a home line for each seat.

The lines of one language, tier and speciality share it. Whoever is employed for it answers all of
them; the home line says whose numbers and seats they count among.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import pooled_derivations
from planning.apportionment import apportion, shared_out
from planning.intervals import agents_by_interval, agents_by_interval_with_patience
from planning.line_plan import Agents, LinePlan, SeatRule, WeekNeed, plan_line, plan_queue
from planning.lines import LineOfBusiness
from planning.provenance import Figure
from planning.seat_derivations import weekly_fte
from planning.seats import Employed, as_many_as_asked, other_than_asked, unplanned
from planning.sites import SiteShare, Split
from planning.structure import with_shrinkage
from planning.week import DAY_NAMES, WeekProfile
from planning.workload import HALF_HOURS, start_of

Grids = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Pool:
    """A queue of several lines: the plan of all together, each line's part, and each alone.

    `lines` have the pool's agents and seats shared out to them by their work; `apart` is what
    each would need with people of its own.
    """

    together: LinePlan
    lines: tuple[LinePlan, ...]
    apart: tuple[LinePlan, ...]

    def figures(self, number: int) -> tuple[Figure, ...]:
        """Return the derivation of the pool, its keys beginning with "pool.<number>."."""
        gain = pooled_derivations.gain(self.together, self.apart, self.lines)
        return tuple(
            replace(figure, key=f"pool.{number}.{figure.key}")
            for figure in (*self.together.figures, gain)
        )


def queues(lines: Sequence[LineOfBusiness]) -> list[list[LineOfBusiness]]:
    """Group the live lines that can be one queue, where there are several of a kind."""
    kinds: defaultdict[tuple[str, int, str], list[LineOfBusiness]] = defaultdict(list)
    for line in lines:
        if line.way == "live":
            kinds[line.language, line.tier, line.speciality].append(line)
    return [group for group in kinds.values() if len(group) > 1]


def plan_pool(
    lines: Sequence[LineOfBusiness], *, seats_by: SeatRule = "peak", split: Split | None = None
) -> Pool:
    """Plan live lines as one queue (Erlang C), and share out its seats by the lines' work.

    In each half-hour the contacts are summed and the handling time is their mean weighted by
    contacts; every line's service level is to be met by the queue, which takes the lowest
    occupancy cap and the highest shrinkage of them. Seats at each site are shared out over the
    lines by their weekly work, agents of a half-hour by that half-hour's work (Sainte-Laguë).
    """
    contacts = np.array([line.served.contacts for line in lines])
    work = contacts * np.array([line.aht_s for line in lines])[:, None, None]
    total, handling = contacts.sum(axis=0), _handling(contacts, work, lines)
    by_level = [_agents(line, total, handling) for line in lines]
    level = np.max(by_level, axis=0)
    cap = min(line.max_occupancy for line in lines)
    agents = np.maximum(level, _agents(lines[0], total, handling, cap))
    at = _hardest(agents, work.sum(axis=0))
    strictest = _strictest(lines, [int(grid[at]) for grid in by_level])
    line = _as_one(lines, strictest, at, total, float(handling[at]))
    week = WeekNeed(agents, agents > level, _with_patience(line, total, handling))
    together = plan_queue(line, week, seats_by=seats_by, split=split)
    return Pool(
        together=together,
        lines=_homes(lines, work, together, at, split),
        apart=tuple(
            plan_line(replace(each, seats_asked=None), seats_by=seats_by, split=split)
            for each in lines
        ),
    )


def _handling(contacts: Grids, work: Grids, lines: Sequence[LineOfBusiness]) -> Grids:
    """Return the mean handling time of each half-hour, weighted by its contacts."""
    total = contacts.sum(axis=0)
    plain = sum(line.aht_s for line in lines) / len(lines)  # where nothing comes, it is not used
    return np.where(total > 0, work.sum(axis=0) / np.where(total > 0, total, 1), plain)


def _agents(
    line: LineOfBusiness, total: Grids, handling: Grids, max_occupancy: float = 1.0
) -> Agents:
    """Return the agents by half-hour that meet one line's service level for all contacts."""
    found = agents_by_interval(
        total.ravel(),
        handling.ravel(),
        service_level=line.service_level,
        threshold_s=line.threshold_s,
        max_occupancy=max_occupancy,
    )
    return found.reshape(total.shape)


def _strictest(lines: Sequence[LineOfBusiness], agents: Sequence[int]) -> LineOfBusiness:
    """Return the line whose service level asks for the most agents; of several, the highest."""
    asks = zip(agents, lines, strict=True)
    _, line = max(asks, key=lambda ask: (ask[0], ask[1].service_level, -ask[1].threshold_s))
    return line


def _hardest(agents: Agents, work: Grids) -> tuple[int, int]:
    """Return the half-hour that asks for the most agents; of several, the one with most work."""
    most = np.where(agents == agents.max(), work, -1.0)
    day, slot = divmod(int(np.argmax(most)), HALF_HOURS)
    return day, slot


def _as_one(
    lines: Sequence[LineOfBusiness],
    strictest: LineOfBusiness,
    at: tuple[int, int],
    total: Grids,
    aht_s: float,
) -> LineOfBusiness:
    """Return the queue as a line of business, as it is in the half-hour that asks for the most."""
    when = f"{DAY_NAMES[at[0]]} {start_of(at[1]):%H:%M}"
    only = np.zeros(total.shape)
    only[at] = total[at]
    hours = {
        day: [window for line in lines for window in line.hours.get(day, ())] for day in range(7)
    }
    return LineOfBusiness(
        name=f"{' and '.join(line.name for line in lines)} together",
        channel=strictest.channel,
        language=strictest.language,
        tier=strictest.tier,
        speciality=strictest.speciality,
        week=WeekProfile(only, f"All lines' contacts on {when}, which ask for the most agents."),
        aht_s=aht_s,
        service_level=strictest.service_level,
        threshold_s=strictest.threshold_s,
        level=strictest.level,
        max_occupancy=min(line.max_occupancy for line in lines),
        shrinkage=max(line.shrinkage for line in lines),
        weekly_paid_hours=min(line.weekly_paid_hours for line in lines),
        patience_s=_patience(lines),
        hours=hours,
        sources={
            "contacts": f"The lines' contacts on {when}, summed",
            "aht_s": f"Mean of the lines on {when}, weighted by contacts",
            **dict.fromkeys(["service_level", "threshold_s"], f"The strictest: {strictest.name}"),
            "max_occupancy": "The lowest of the lines",
            "shrinkage": "The highest of the lines",
            "weekly_paid_hours": "The fewest of the lines",
            "patience_s": "Mean of the lines, weighted by contacts",
            "hours_per_week": "Open while any of the lines is",
        },
    )


def _patience(lines: Sequence[LineOfBusiness]) -> float | None:
    """Return the mean patience, weighted by contacts; none unless each line's is known."""
    known = [(line.weekly_contacts, line.patience_s) for line in lines if line.patience_s]
    total = sum(contacts for contacts, _ in known)
    if len(known) < len(lines) or not total:
        return None
    return sum(contacts * patience_s for contacts, patience_s in known) / total


def _with_patience(line: LineOfBusiness, total: Grids, handling: Grids) -> Agents | None:
    if not line.patience_s:
        return None
    found = agents_by_interval_with_patience(
        total.ravel(),
        handling.ravel(),
        patience_s=line.patience_s,
        service_level=line.service_level,
        threshold_s=line.threshold_s,
        max_occupancy=line.max_occupancy,
        level=line.level,
    )
    return found.reshape(total.shape)


def _homes(
    lines: Sequence[LineOfBusiness],
    work: Grids,
    together: LinePlan,
    at: tuple[int, int],
    split: Split | None,
) -> tuple[LinePlan, ...]:
    """Give each seat of the pool, and each agent on duty, a home line."""
    weekly = {line.name: float(each.sum()) for line, each in zip(lines, work, strict=True)}
    flat = work.reshape(len(lines), -1)
    parts: list[list[SiteShare]] = [[] for _ in lines]
    for part in together.parts:
        grids = shared_out(flat, part.agents.ravel()).reshape(work.shape)
        home = apportion(weekly, part.seats)
        for own, line, grid in zip(parts, lines, grids, strict=True):
            fte = _fte(together, grid)
            own.append(SiteShare(part.site, grid, home[line.name], fte))
    found = []
    for line, own in zip(lines, parts, strict=True):
        agents = np.sum([part.agents for part in own], axis=0)
        employed = _home_seats(line, tuple(own), agents, weekly, together)
        employed = as_many_as_asked(line, employed, split)
        week = WeekNeed(agents, together.week.by_cap & (agents > 0))
        found.append(_home(line, employed, week, together, at))
    return tuple(found)


def _fte(together: LinePlan, agents: Agents) -> float:
    """Return the full-time people for these agents, employed as the queue's are."""
    queue = together.line
    hours = float(agents.sum()) / 2
    return with_shrinkage(hours, queue.shrinkage) / queue.weekly_paid_hours


def _home_seats(
    line: LineOfBusiness,
    parts: tuple[SiteShare, ...],
    agents: Agents,
    weekly: dict[str, float],
    together: LinePlan,
) -> Employed:
    """Derive one line's seats: its part of the pool's, which are employed as the pool is."""
    pool = together.line
    held = replace(
        line,
        shrinkage=pool.shrinkage,
        weekly_paid_hours=pool.weekly_paid_hours,
        sources={**line.sources, **dict.fromkeys(["shrinkage", "weekly_paid_hours"], pool.name)},
    )
    home = sum(part.seats for part in parts)
    week = weekly_fte(held, agents, _fte(together, agents))
    derivation = pooled_derivations.home_seats(held, home, weekly, together)
    return Employed(home, home, derivation, week, parts)


def _home(
    line: LineOfBusiness,
    employed: Employed,
    week: WeekNeed,
    together: LinePlan,
    at: tuple[int, int],
) -> LinePlan:
    on_duty = int(week.agents[at])
    return LinePlan(
        line=line,
        busiest=line.busiest,
        agents=on_duty,
        seats=employed.seats,
        week=week,
        figures=(
            pooled_derivations.home_agents(line, on_duty, together),
            *employed.figures,
        ),
        cautions=(*unplanned(line), *other_than_asked(line, employed.needed)),
        parts=employed.parts,
    )

"""One line of business: from its contacts to its agents and seats, every figure explained.

Live channels (phone) are staffed by Erlang C in each half-hour of the week under an occupancy cap;
concurrent ones (chat) the same over slots; deferred ones (e-mail) by work over time and by their
deadline. Then shrinkage. What a method leaves out stands in the figure's note.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from planning import derivations, ranges, seats
from planning.chat import chat_agents_required
from planning.deferred import DeadlineRequirement, agents_for_deadline
from planning.erlang_a import agents_required_with_patience
from planning.erlang_c import QueueMeasures, Requirement, agents_required, queue_measures
from planning.forecast import expected_service_level
from planning.intervals import agents_by_interval, agents_by_interval_with_patience
from planning.lines import LineOfBusiness
from planning.provenance import Figure
from planning.sites import SiteShare, Split
from planning.week import BusiestHalfHour
from planning.workload import HALF_HOUR_S

SeatRule = Literal["peak", "week"]
Agents = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class WeekNeed:
    """Agents on duty in each half-hour of the week, of shape (7, 48).

    `by_cap` marks where the occupancy cap asks for more than the service level. `with_patience`
    is what Erlang A would ask for, where the patience is known.
    """

    agents: Agents
    by_cap: NDArray[np.bool_]
    with_patience: Agents | None = None

    @property
    def hours(self) -> float:
        return float(self.agents.sum()) / 2


@dataclass(frozen=True, eq=False)
class LinePlan:
    """What one line needs.

    `agents` are on duty in the busiest half-hour, `seats` the people to employ. `figures` derive
    both; `cautions` are sentences to read before promising anything. `requirement` and `measures`
    count slots, which for a concurrent channel are more than agents; deferred work has neither.
    `parts` are the line's at each site, one of no name where the plan names no site.
    """

    line: LineOfBusiness
    busiest: BusiestHalfHour
    agents: int
    seats: int
    week: WeekNeed
    figures: tuple[Figure, ...]
    parts: tuple[SiteShare, ...]
    cautions: tuple[str, ...] = ()
    requirement: Requirement | None = None
    measures: QueueMeasures | None = None

    def figure(self, key: str) -> Figure:
        """Return the figure of that key; raises KeyError where the line has none."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(key)


def plan_line(
    line: LineOfBusiness, *, seats_by: SeatRule = "peak", split: Split | None = None
) -> LinePlan:
    """Plan one line, at one site or split over several.

    `seats_by="peak"` employs enough for the busiest half-hour; `"week"` also enough for all the
    hours open in the week, whichever is more.
    """
    if line.way == "deferred":
        return _deferred(line, seats_by, split)
    return plan_queue(line, _week(line), seats_by=seats_by, split=split)


def plan_queue(
    line: LineOfBusiness,
    week: WeekNeed,
    *,
    seats_by: SeatRule = "peak",
    split: Split | None = None,
) -> LinePlan:
    """Plan a live or concurrent line whose need in each half-hour is known."""
    needed = _requirement(line, line.busiest.contacts)
    agents = _people(line, needed.agents)
    measures = _measures(line, needed)
    figures = [
        derivations.load(line, needed.load),
        derivations.by_service_level(line, needed),
        derivations.by_occupancy(line, needed),
        derivations.agents(line, needed, agents),
    ]
    if measures:
        figures.append(derivations.expected(line, measures))
        figures += _otherwise(line, needed)
    employed = seats.employ(
        line,
        week.agents,
        most=agents,
        by_week=seats_by == "week",
        split=split,
        with_patience=week.with_patience,
    )
    return LinePlan(
        line=line,
        busiest=line.busiest,
        agents=agents,
        seats=employed.seats,
        week=week,
        figures=(*figures, *employed.figures),
        cautions=seats.cautions(line, employed),
        requirement=needed,
        measures=measures,
        parts=employed.parts,
    )


def _deferred(line: LineOfBusiness, seats_by: SeatRule, split: Split | None) -> LinePlan:
    """Plan work that may wait: weekly work / (utilisation · hours open), and its deadline."""
    weekly_contacts = line.weekly_contacts
    work_h = weekly_contacts * line.aht_s / 3600
    steady = ranges.ceiling(work_h / (line.max_occupancy * line.hours_per_week))
    deadline = _deadline(line)
    agents = max(steady, deadline.agents if deadline else 0)
    week = WeekNeed(line.is_open * agents, np.zeros(line.is_open.shape, dtype=np.bool_))
    figures = [derivations.deferred_work(line, weekly_contacts, work_h)]
    if deadline:
        figures.append(derivations.by_deadline(line, deadline))
    figures.append(derivations.deferred_agents(line, work_h, steady, deadline))
    by_week = seats_by == "week"
    employed = seats.employ(line, week.agents, most=agents, by_week=by_week, split=split)
    return LinePlan(
        line=line,
        busiest=line.busiest,
        agents=agents,
        seats=employed.seats,
        week=week,
        figures=(*figures, *employed.figures),
        cautions=seats.cautions(line, employed),
        parts=employed.parts,
    )


def _deadline(line: LineOfBusiness) -> DeadlineRequirement | None:
    """Return what the deadline asks for, counted in open half-hours over two weeks.

    What comes while nobody is there joins the next open half-hour. Two weeks, so that a Monday
    follows its Sunday.
    """
    if line.deadline_h is None:
        return None
    is_open, items = np.tile(line.is_open.ravel(), 2), np.tile(line.given.contacts.ravel(), 2)
    joins = np.cumsum(is_open[::-1])[::-1]  # how many open half-hours are still to come
    waiting = np.zeros(int(is_open.sum()))
    for left, count in zip(joins, items, strict=True):
        if left:
            waiting[len(waiting) - left] += count
    return agents_for_deadline(
        waiting.tolist(),
        deadline_intervals=int(line.deadline_h * 2),
        aht_s=line.aht_s,
        utilisation=line.max_occupancy,
        interval_s=HALF_HOUR_S,
    )


def _requirement(line: LineOfBusiness, contacts: float) -> Requirement:
    return agents_required(
        contacts,
        HALF_HOUR_S,
        line.handling_s,
        service_level=line.service_level,
        threshold_s=line.threshold_s,
        max_occupancy=line.max_occupancy,
    )


def _measures(line: LineOfBusiness, needed: Requirement) -> QueueMeasures | None:
    if needed.agents == 0:
        return None
    return queue_measures(
        line.busiest.contacts,
        HALF_HOUR_S,
        line.handling_s,
        agents=needed.agents,
        threshold_s=line.threshold_s,
    )


def _otherwise(line: LineOfBusiness, needed: Requirement) -> list[Figure]:
    """Return what else is known of the busiest half-hour: if callers hang up, if volume varies."""
    figures = []
    contacts, patience_s = line.busiest.contacts, line.patience_s
    if patience_s and line.way == "live":
        people = agents_required_with_patience(
            contacts,
            HALF_HOUR_S,
            line.aht_s,
            patience_s=patience_s,
            service_level=line.service_level,
            threshold_s=line.threshold_s,
            level=line.level,
        )
        figures.append(derivations.with_patience(line, people, needed))
    if patience_s and line.way == "concurrent":
        people = chat_agents_required(
            contacts / HALF_HOUR_S,
            line.aht_s,
            slowdown=line.slowdown,
            max_concurrency=line.concurrency,
            patience_s=patience_s,
            threshold_s=line.threshold_s,
            service_level=line.service_level,
        )
        figures.append(derivations.by_chats_held(line, people))
    if line.volume_cv:
        reached = expected_service_level(
            contacts,
            line.handling_s,
            cv=line.volume_cv,
            agents=needed.agents,
            threshold_s=line.threshold_s,
        )
        figures.append(derivations.if_volume_varies(line, needed, reached))
    return figures


def _people(line: LineOfBusiness, slots: int) -> int:
    return -(-slots // line.concurrency) if line.way == "concurrent" else slots


def _week(line: LineOfBusiness) -> WeekNeed:
    """Return each open half-hour's own need; without a week given, each is the busiest."""
    contacts = line.served.contacts.ravel()
    aims: dict[str, Any] = {"threshold_s": line.threshold_s, "service_level": line.service_level}
    slots = agents_by_interval(contacts, line.handling_s, max_occupancy=line.max_occupancy, **aims)
    by_level = agents_by_interval(contacts, line.handling_s, **aims)
    shape = line.is_open.shape
    patient = None
    if line.patience_s and line.way == "live":
        patient = agents_by_interval_with_patience(
            contacts,
            line.aht_s,
            patience_s=line.patience_s,
            max_occupancy=line.max_occupancy,
            level=line.level,
            **aims,
        ).reshape(shape)
    people = -(-slots // line.concurrency) if line.way == "concurrent" else slots
    return WeekNeed(people.reshape(shape), (slots > by_level).reshape(shape), patient)

"""One line of business: from its contacts to its agents and seats, every figure explained.

Live channels (phone) are staffed by Erlang C at the busiest half-hour under an occupancy cap;
concurrent ones (chat) the same over slots; deferred ones (e-mail) by work over time. Then
shrinkage. What a method leaves out stands in the figure's note.
"""

from dataclasses import dataclass
from typing import Literal

from planning import derivations, ranges
from planning.erlang_a import agents_required_with_patience
from planning.erlang_c import QueueMeasures, Requirement, agents_required, queue_measures
from planning.lines import LineOfBusiness
from planning.provenance import Figure
from planning.structure import with_shrinkage
from planning.workload import HALF_HOUR_S, BusiestHalfHour

SeatRule = Literal["peak", "week"]
FEWEST_BEHIND_A_LINE = 3


@dataclass(frozen=True)
class LinePlan:
    """What one line needs.

    `agents` are on duty in the busiest half-hour, `seats` the people to employ. `figures` derive
    both; `cautions` are sentences to read before promising anything. `requirement` and `measures`
    count slots, which for a concurrent channel are more than agents; deferred work has neither.
    """

    line: LineOfBusiness
    busiest: BusiestHalfHour
    agents: int
    seats: int
    figures: tuple[Figure, ...]
    cautions: tuple[str, ...] = ()
    requirement: Requirement | None = None
    measures: QueueMeasures | None = None

    def figure(self, key: str) -> Figure:
        """Return the figure of that key; raises KeyError where the line has none."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(key)


def plan_line(line: LineOfBusiness, *, seats_by: SeatRule = "peak") -> LinePlan:
    """Plan one line.

    `seats_by="peak"` employs enough for the busiest half-hour; `"week"` also enough for all the
    hours open in the week, whichever is more.
    """
    if line.way == "deferred":
        return _deferred(line, seats_by)
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
    if line.patience_s and line.way == "live":
        figures.append(derivations.with_patience(line, _with_patience(line, line.patience_s)))
    seats, staffing = _seats(line, agents, _weekly_hours(line, agents), seats_by)
    return LinePlan(
        line=line,
        busiest=line.busiest,
        agents=agents,
        seats=seats,
        figures=(*figures, *staffing),
        cautions=_cautions(line, seats, staffing),
        requirement=needed,
        measures=measures,
    )


def _deferred(line: LineOfBusiness, seats_by: SeatRule) -> LinePlan:
    """Plan work that may wait: weekly work / (utilisation · hours open)."""
    weekly_contacts = line.weekly_contacts
    work_h = weekly_contacts * line.aht_s / 3600
    agents = ranges.ceiling(work_h / (line.max_occupancy * line.hours_per_week))
    figures = (
        derivations.deferred_work(line, weekly_contacts, work_h),
        derivations.deferred_agents(line, work_h, agents),
    )
    seats, staffing = _seats(line, agents, agents * line.hours_per_week, seats_by)
    return LinePlan(
        line=line,
        busiest=line.busiest,
        agents=agents,
        seats=seats,
        figures=(*figures, *staffing),
        cautions=_cautions(line, seats, staffing),
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


def _with_patience(line: LineOfBusiness, patience_s: float) -> int:
    return agents_required_with_patience(
        line.busiest.contacts,
        HALF_HOUR_S,
        line.aht_s,
        patience_s=patience_s,
        service_level=line.service_level,
        threshold_s=line.threshold_s,
    )


def _people(line: LineOfBusiness, slots: int) -> int:
    return -(-slots // line.concurrency) if line.way == "concurrent" else slots


def _weekly_hours(line: LineOfBusiness, agents: int) -> float:
    """Return the hours on duty in a week: each half-hour's own need, or the peak's throughout."""
    if line.profile is None:
        return agents * line.hours_per_week
    by_half_hour = (_requirement(line, contacts).agents for contacts in line.profile.contacts)
    return sum(_people(line, slots) for slots in by_half_hour) / 2 * line.days_per_week


def _seats(
    line: LineOfBusiness, agents: int, weekly_hours: float, seats_by: SeatRule
) -> tuple[int, tuple[Figure, Figure]]:
    """Return the people to employ, and the figures that say why: seats, weekly FTE."""
    peak = ranges.ceiling(with_shrinkage(agents, line.shrinkage))
    fte = with_shrinkage(weekly_hours, line.shrinkage) / line.weekly_paid_hours
    week = derivations.weekly_fte(line, weekly_hours, fte)
    if seats_by == "week" and ranges.ceiling(fte) > peak:
        seats = ranges.ceiling(fte)
        return seats, (derivations.seats_by_week(line, week, seats), week)
    return peak, (derivations.seats(line, agents, peak), week)


def _cautions(line: LineOfBusiness, seats: int, staffing: tuple[Figure, Figure]) -> tuple[str, ...]:
    cautions = []
    fte = ranges.ceiling(float(staffing[1].value))
    if fte > seats:
        cautions.append(
            f"{line.name}: {seats} seats hold the busiest half-hour; keeping that up for all "
            f"{line.hours_per_week:g} hours open in a week takes {fte} full-time people."
        )
    if 0 < seats < FEWEST_BEHIND_A_LINE:
        cautions.append(
            f"{line.name}: fewer than {FEWEST_BEHIND_A_LINE} people; one holiday and one illness "
            "leave it unattended."
        )
    return tuple(cautions)

"""The days and hours on which a service is open in a year, public holidays left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planning.provenance import Figure, Input, Step, spell
from planning.week import DAY_NAMES, Hours
from planning.workload import HALF_HOURS, Window, slots_of

DAY = timedelta(days=1)
SOURCE = "Counted day by day in the calendar"
NOTE = (
    "Hours by the clock on the wall: an hour that is skipped in spring comes back in autumn. A "
    "night belongs to the day on which it begins."
)


@dataclass(frozen=True)
class ServiceYear:
    """What a year from `first` to `last`, both included, holds for a service.

    `days` and `hours` are by weekday, 0 is Monday: days open, and hours open on them. `closed` are
    the days off on which the service would otherwise have been open, with their names.
    """

    first: date
    last: date
    days: tuple[int, ...]
    hours: tuple[float, ...]
    closed: Mapping[date, str]
    closed_hours: float

    @property
    def days_open(self) -> int:
        return sum(self.days)

    @property
    def hours_open(self) -> float:
        return sum(self.hours)

    def figure(self, *, subject: str = "", holidays: str = "", source: str = "") -> Figure:
        """Return the hours open as a figure that can be redone by hand.

        `holidays` says whose they are, `source` who gave the hours.
        """
        open_on = [number for number in range(len(self.days)) if self.days[number]]
        steps = tuple(
            Step(f"Hours on {DAY_NAMES[number]}", self.hours[number], f"{self.days[number]} days")
            for number in open_on
        )
        terms = " + ".join(spell(self.hours[number]) for number in open_on) or "0"
        whose = f"Public holidays, {holidays}" if holidays else "None given"
        return Figure(
            key="open_year",
            subject=subject,
            label="Hours open in the first year",
            value=self.hours_open,
            unit="h",
            formula=f"{terms} = {spell(self.hours_open)}",
            inputs=(
                Input("First day", self.first.isoformat(), "", source or "Source not stated"),
                Input("Last day", self.last.isoformat(), "", "A year later"),
                Input("Days closed that would be open", len(self.closed), "days", whose),
            ),
            steps=(
                *steps,
                Step("Days open", self.days_open),
                Step("Hours left out on days closed", self.closed_hours),
            ),
            source=SOURCE,
            note=NOTE,
        )


def service_year(hours: Hours, closed: Mapping[date, str], first: date) -> ServiceYear:
    """Count the days and hours open in the year from `first` on: to the eve of its anniversary.

    H = Σ over days not `closed` of the half-hours of their weekday's windows ÷ 2. Each half-hour
    counts once, for the earlier day where windows overlap. A window past midnight belongs to the
    day on which it opens, wholly, be it the last one; the night before `first` is left out, and a
    closed day's own night with it. Raises ValueError for a weekday beyond 0 to 6, a time that is
    not on a half-hour, and a year beyond the calendar (9999).
    """
    if unknown := sorted(day for day in hours if not 0 <= day < len(DAY_NAMES)):
        raise ValueError(f"{unknown[0]} is not a weekday: 0 is Monday, 6 is Sunday.")
    if first.year >= date.max.year:
        raise ValueError(f"No year follows {first}.")
    last = _anniversary(first) - DAY
    of_day = {day: _half_hours(windows) for day, windows in hours.items()}
    days, half_hours, left_out = [0] * 7, [0] * 7, 0
    shut: dict[date, str] = {}
    spilled: set[int] = set()
    for number in range((last - first).days + 1):
        today = first + number * DAY
        own = of_day.get(today.weekday(), frozenset())
        fresh = own - spilled
        spilled = set()
        if today in closed and own:
            shut[today] = closed[today]
            left_out += len(fresh)
        elif own:
            days[today.weekday()] += 1
            half_hours[today.weekday()] += len(fresh)
            spilled = {slot - HALF_HOURS for slot in own if slot >= HALF_HOURS}
    hours_open = tuple(count / 2 for count in half_hours)
    return ServiceYear(first, last, tuple(days), hours_open, shut, left_out / 2)


def _half_hours(windows: Sequence[Window]) -> frozenset[int]:
    """Return a day's half-hours counted from its midnight, on past 47 for the night after it."""
    return frozenset(slot for window in windows for slot in slots_of(window))


def _anniversary(day: date) -> date:
    """Return the same day a year later; 1 March after 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)

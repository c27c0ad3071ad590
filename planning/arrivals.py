"""Counts of contacts with a timestamp, read from CSV text row by row, and their usual week.

A file has a header. The time stands in a column named `timestamp`, `datetime`, `start` or `time`
(ISO 8601: `2027-03-01 09:30`, with or without an offset); the count in one named `contacts`,
`calls`, `count` or `volume`. Other columns are left aside. Comma or semicolon; one row for each
interval of 5, 15, 30 or 60 minutes.
"""

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from planning import ranges
from planning.week import DAYS, WeekProfile
from planning.workload import HALF_HOURS, zone_of

TIME_COLUMNS = ("timestamp", "datetime", "start", "time")
COUNT_COLUMNS = ("contacts", "calls", "count", "volume")
STEPS = (5, 15, 30, 60)
FEWEST_WEEKS = 4
Slot = tuple[date, int, int]
"""A half-hour of a day: local date, half-hour from midnight, and 1 for an hour that repeats."""
Moment = tuple[date, int]


@dataclass(frozen=True)
class Arrival:
    """Contacts that arrived from `at` (local, with its zone) on, and the file's row."""

    row: int
    at: datetime
    contacts: float


@dataclass(frozen=True)
class Problem:
    """A sentence about one row; the header is row 1."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.message}"


@dataclass(frozen=True)
class Arrivals:
    """What could be read, in order of time, and a problem for each row that could not."""

    rows: tuple[Arrival, ...]
    step_minutes: int
    problems: tuple[Problem, ...]

    @cached_property
    def _slot(row: Arrival, later: int = 0) -> Slot:
    return row.at.date(), (row.at.hour * 2 + row.at.minute // 30 + later) % HALF_HOURS, row.at.fold


def usual_week(
    arrivals: Arrivals, *, quantile: float | None = None, weekdays: Sequence[int] = ()
) -> WeekProfile:
    """Return the mean of each half-hour of the week over the days that have it, or its `quantile`.

    `weekdays` (0 is Monday) keeps to those; none means all. The mean, not the maximum: one odd
    day would otherwise set the team's size. A quantile above one half buys safety openly.
    """
    found = counts_of(arrivals, weekdays)
    days = {day for counts in found.values() for day, _fold in counts}
    if not days:
        raise ValueError("The arrivals hold no complete half-hour on the weekdays asked for.")
    share = None if quantile is None else ranges.within(0, 1, "The quantile", quantile)
    grid = np.zeros((DAYS, HALF_HOURS))
    for (weekday, slot), counts in found.items():
        values = list(counts.values())
        grid[weekday, slot] = np.mean(values) if share is None else np.quantile(values, share)
    of_what = "Mean" if share is None else f"Quantile {share:g}"
    return WeekProfile(grid, f"{of_what} of each half-hour of the week over {len(days)} days.")


def counts_of(
    arrivals: Arrivals, weekdays: Sequence[int] = ()
) -> dict[tuple[int, int], dict[Moment, float]]:
    """Return, for each weekday and half-hour, what came on each day that has it.

    A half-hour that the clocks repeat counts as one of its own.
    """
    found: defaultdict[tuple[int, int], dict[Moment, float]] = defaultdict(dict)
    for (day, slot, fold), contacts in arrivals.half_hours.items():
        if not weekdays or day.weekday() in weekdays:
            found[day.weekday(), slot][day, fold] = contacts
    return dict(found)


@dataclass(frozen=True)
class Variation:
    """How much more arrivals vary than by chance alone.

    `to_mean` is the median over half-hours of the week of variance / mean (1 for pure chance), and
    `least` to `most` its range; `cv` is the coefficient of variation of a day's total among days
    of the same weekday, chance taken off: what the rate itself varies by.
    """

    to_mean: float
    cv: float
    days: int
    least: float
    most: float


def variation(arrivals: Arrivals, weekdays: Sequence[int] = ()) -> Variation | None:
    """Measure it; None where no weekday has three days to compare."""
    found = counts_of(arrivals, weekdays)
    ratios = [
        float(np.var(values, ddof=1) / np.mean(values))
        for values in (list(each.values()) for each in found.values())
        if len(values) > 2 and np.mean(values) > 0
    ]
    totals: defaultdict[int, defaultdict[date, float]] = defaultdict(lambda: defaultdict(float))
    for (weekday, _slot_number), counts in found.items():
        for (day, _fold), contacts in counts.items():
            totals[weekday][day] += contacts
    spreads = [
        (max(0.0, float(np.var(values, ddof=1) - np.mean(values))), float(np.mean(values)) ** 2)
        for values in (list(each.values()) for each in totals.values())
        if len(values) > 2 and np.mean(values) > 0
    ]
    if not ratios or not spreads:
        return None
    cv = (sum(over for over, _ in spreads) / sum(square for _, square in spreads)) ** 0.5
    days = sum(len(each) for each in totals.values())
    return Variation(float(np.median(ratios)), cv, days, min(ratios), max(ratios))


@dataclass(frozen=True)
class WeekTotal:
    """What came in the week from `monday` on; `is_whole`: with every half-hour that is usual."""

    monday: date
    contacts: float
    is_whole: bool


def week_totals(arrivals: Arrivals, weekdays: Sequence[int] = ()) -> list[WeekTotal]:
    """Return each week's contacts, in order of time.

    A half-hour of the week is usual when at least half of the weeks from the first to the last have
    it. So a week with a holiday, with a gap in the file, or cut off by its end, is not whole.
    """
    weeks, usual = _weeks(arrivals, weekdays)
    return [
        WeekTotal(monday, sum(found.values()), usual <= found.keys())
        for monday, found in weeks.items()
    ]


def _weeks(
    arrivals: Arrivals, weekdays: Sequence[int]
) -> tuple[dict[date, dict[tuple[int, int], float]], set[tuple[int, int]]]:
    """Return the half-hours of each week from its Monday, and the usual ones.

    Where the clocks repeat a half-hour, the week has the mean of both.
    """
    weeks: defaultdict[date, dict[tuple[int, int], float]] = defaultdict(dict)
    found = counts_of(arrivals, weekdays)
    for (weekday, slot), counts in found.items():
        on_day: defaultdict[date, list[float]] = defaultdict(list)
        for (day, _fold), contacts in counts.items():
            on_day[day].append(contacts)
        for day, values in on_day.items():
            weeks[day - timedelta(days=weekday)][weekday, slot] = float(np.mean(values))
    usual = {
        place
        for place, counts in found.items()
        if 2 * len({day for day, _fold in counts}) >= len(weeks)
    }
    return dict(sorted(weeks.items())), usual


def busy_week(arrivals: Arrivals, quantile: float, *, weekdays: Sequence[int] = ()) -> WeekProfile:
    """Return a week as it was: the one at `quantile` of all whole weeks, ranked by their contacts.

    That is the week with rank ⌈quantile · n⌉ of n, the smallest first, but never the last: what
    came once is no ground to plan on. Unlike a quantile of each half-hour, its peaks are of one
    week, so that they do not add up to more than ever came together. Of equal weeks, the earlier.
    Raises ValueError unless 0 < quantile < 1, and with fewer than four whole weeks (`week_totals`).
    """
    if not 0 < ranges.number("The quantile", quantile) < 1:
        raise ValueError(f"The quantile must be above 0 and below 1, not {quantile}.")
    weeks, usual = _weeks(arrivals, weekdays)
    whole = {monday: found for monday, found in weeks.items() if usual <= found.keys()}
    if len(whole) < FEWEST_WEEKS:
        raise ValueError(
            f"The arrivals hold {len(whole)} whole weeks; a busy one is chosen among at least four."
        )
    ranked = sorted(whole, key=lambda monday: (sum(whole[monday].values()), monday))
    place = min(ranges.ceiling(quantile * len(ranked)), len(ranked) - 1)
    monday = ranked[place - 1]
    grid = np.zeros((DAYS, HALF_HOURS))
    for (weekday, slot), contacts in whole[monday].items():
        grid[weekday, slot] = contacts
    rule = f"The week of {monday}, number {place} of {len(ranked)} whole weeks by contacts."
    return WeekProfile(grid, rule)

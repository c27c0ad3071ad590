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
FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST_FIELD = 1000  # csv has a limit too, but any library may lift it for the whole process
NO_TABLE = "The file is no table of short fields with commas between."


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
    def half_hours(self) -> Mapping[Slot, float]:
        """The contacts of each half-hour that is complete: all its steps are there."""
        if self.step_minutes == 60:
            return {
                slot: row.contacts / 2 for row in self.rows for slot in (_slot(row), _slot(row, 1))
            }
        found: defaultdict[Slot, list[float]] = defaultdict(list)
        for row in self.rows:
            found[_slot(row)].append(row.contacts)
        needed = 30 // self.step_minutes
        return {slot: sum(counts) for slot, counts in found.items() if len(counts) == needed}


def parse_arrivals(
    text: str, zone: str = "UTC", *, into: str = "", as_written: bool = False
) -> Arrivals:
    """Read CSV text; times without an offset are local to `zone`.

    All are converted to the zone `into` (by default `zone` itself). `as_written` leaves offsets in
    the file aside: many systems write a Z behind what the clock on the wall showed.

    Raises ValueError when the whole cannot be read: no header, unknown zone, unknown step. What
    is wrong with a row (not a time, not a number, negative, twice, an hour that the clocks skip,
    a gap before it) becomes a problem, and the row is left out; a gap leaves its row in.
    """
    reading = Reading(zone_of(zone), zone_of(into or zone), as_written)
    header, *lines = _table(text)
    time_at, count_at = _column(header, TIME_COLUMNS), _column(header, COUNT_COLUMNS)
    read: dict[datetime, Arrival] = {}
    problems: list[Problem] = []
    for row, fields in enumerate(lines, start=2):
        if not any(field.strip() for field in fields):
            continue
        try:
            instant, at = reading.moment(fields[time_at], taken=read)
            read[instant] = Arrival(row, at, _count(fields[count_at]))
        except IndexError:
            problems.append(Problem(row, f"has {len(fields)} columns, the header {len(header)}."))
        except ValueError as error:
            problems.append(Problem(row, str(error)))
    instants = sorted(read)
    rows = tuple(read[instant] for instant in instants)
    step = _step(instants, rows)
    problems += _gaps(instants, rows, step)
    return Arrivals(rows, step, tuple(sorted(problems, key=lambda problem: problem.row)))


def _table(text: str) -> list[list[str]]:
    lines = io.StringIO(text.lstrip("\ufeff"), newline=None)  # \r alone ends a line as well
    first = lines.readline()
    lines.seek(0)
    try:
        table = list(csv.reader(lines, delimiter=";" if ";" in first else ","))
    except csv.Error:
        raise ValueError(NO_TABLE) from None
    if any(len(field) > LONGEST_FIELD for fields in table for field in fields):
        raise ValueError(NO_TABLE)
    if len(table) < 2:
        raise ValueError("The file needs a header and at least one row.")
    return table


def _column(header: Sequence[str], names: Sequence[str]) -> int:
    for position, title in enumerate(header):
        if title.strip().lower() in names:
            return position
    raise ValueError(f"The header needs a column named {' or '.join(names)}.")


@dataclass(frozen=True)
class Reading:
    """How a file's times are read: in which zone, into which, and whether offsets count."""

    zone: ZoneInfo
    into: ZoneInfo
    as_written: bool

    def moment(self, text: str, *, taken: Mapping[datetime, Arrival]) -> tuple[datetime, datetime]:
        """Return a time as an instant (UTC), and as the clock in `into` shows it."""
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            raise ValueError(f"{text!r} is not a time like 2027-03-01 09:30.") from None
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise ValueError(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
        if self.as_written:
            at = at.replace(tzinfo=None)
        instant = at.astimezone(UTC) if at.tzinfo else self._placed(at, taken)
        local = instant.astimezone(self.into)
        if instant in taken:
            earlier = taken[instant].row
            raise ValueError(f"{local:%Y-%m-%d %H:%M} stands in row {earlier} already.")
        return instant, local

    def _placed(self, naive: datetime, taken: Mapping[datetime, Arrival]) -> datetime:
        """Put a wall time into its zone; in an hour that the clock repeats, the second is later."""
        at = naive.replace(tzinfo=self.zone)
        instant = at.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) != naive:
            raise ValueError(f"{naive:%Y-%m-%d %H:%M} does not exist: the clocks skip it that day.")
        return at.replace(fold=1).astimezone(UTC) if instant in taken else instant


def _count(text: str) -> float:
    try:
        count = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number of contacts.") from None
    if not math.isfinite(count) or count < 0:
        raise ValueError(f"{text.strip()} is not a possible number of contacts.")
    return count


def _step(instants: Sequence[datetime], rows: Sequence[Arrival]) -> int:
    """Return the commonest distance of neighbours within a day, in minutes; 30 if there is none."""
    minutes = Counter(
        (later - earlier) // timedelta(minutes=1)
        for (earlier, later), (row, following) in zip(
            pairwise(instants), pairwise(rows), strict=True
        )
        if row.at.date() == following.at.date()
    )
    step = min(minutes, key=lambda distance: (-minutes[distance], distance), default=30)
    if step not in STEPS:
        raise ValueError(f"The rows stand {step} minutes apart; 5, 15, 30 or 60 can be read.")
    return step


def _gaps(instants: Sequence[datetime], rows: Sequence[Arrival], step: int) -> list[Problem]:
    """Report intervals missing within a day, and times off the grid."""
    problems = [
        Problem(row.row, f"{row.at:%H:%M} does not stand on a step of {step} minutes.")
        for row in rows
        if (row.at.hour * 60 + row.at.minute) % step
    ]
    for (before, after), (earlier, later) in zip(pairwise(instants), pairwise(rows), strict=True):
        missing = (after - before) // timedelta(minutes=step)
        if missing > 1 and earlier.at.date() == later.at.date():
            kind = "interval is" if missing == 2 else "intervals are"
            message = f"{missing - 1} {kind} missing before {later.at:%Y-%m-%d %H:%M}."
            problems.append(Problem(later.row, message))
    return problems


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

"""Counts of contacts with a timestamp, read from CSV text row by row, and their mean day.

A file has a header. The time stands in a column named `timestamp`, `datetime`, `start` or `time`
(ISO 8601: `2027-03-01 09:30`, with or without an offset); the count in one named `contacts`,
`calls`, `count` or `volume`. Other columns are left aside. Comma or semicolon; one row for each
interval of 5, 15, 30 or 60 minutes.
"""

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from planning import ranges
from planning.workload import HALF_HOURS, DayProfile, zone_of

TIME_COLUMNS = ("timestamp", "datetime", "start", "time")
COUNT_COLUMNS = ("contacts", "calls", "count", "volume")
STEPS = (5, 15, 30, 60)
Slot = tuple[date, int, int]
"""A half-hour of a day: local date, half-hour from midnight, and 1 for an hour that repeats."""


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


def parse_arrivals(text: str, zone: str = "UTC") -> Arrivals:
    """Read CSV text; times without an offset are local to `zone`, others are converted to it.

    Raises ValueError when the whole cannot be read: no header, unknown zone, unknown step. What
    is wrong with a row (not a time, not a number, negative, twice, an hour that the clocks skip,
    a gap before it) becomes a problem, and the row is left out; a gap leaves its row in.
    """
    place = zone_of(zone)
    header, *lines = _table(text)
    time_at, count_at = _column(header, TIME_COLUMNS), _column(header, COUNT_COLUMNS)
    read: dict[datetime, Arrival] = {}
    problems: list[Problem] = []
    for row, fields in enumerate(lines, start=2):
        if not any(field.strip() for field in fields):
            continue
        try:
            at = _moment(fields[time_at], place, taken=read)
            read[at.astimezone(UTC)] = Arrival(row, at, _count(fields[count_at]))
        except IndexError:
            problems.append(Problem(row, f"has {len(fields)} columns, the header {len(header)}."))
        except ValueError as error:
            problems.append(Problem(row, str(error)))
    rows = tuple(read[instant] for instant in sorted(read))
    step = _step(rows)
    problems += _gaps(rows, step)
    return Arrivals(rows, step, tuple(sorted(problems, key=lambda problem: problem.row)))


def _table(text: str) -> list[list[str]]:
    lines = text.lstrip("\ufeff")
    first = lines.split("\n", 1)[0]
    table = list(csv.reader(io.StringIO(lines), delimiter=";" if ";" in first else ","))
    if len(table) < 2:
        raise ValueError("The file needs a header and at least one row.")
    return table


def _column(header: Sequence[str], names: Sequence[str]) -> int:
    for position, title in enumerate(header):
        if title.strip().lower() in names:
            return position
    raise ValueError(f"The header needs a column named {' or '.join(names)}.")


def _moment(text: str, place: ZoneInfo, *, taken: dict[datetime, Arrival]) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a time like 2027-03-01 09:30.") from None
    at = at.astimezone(place) if at.tzinfo else _placed(at, place, taken)
    if at.astimezone(UTC) in taken:
        earlier = taken[at.astimezone(UTC)].row
        raise ValueError(f"{at:%Y-%m-%d %H:%M} stands in row {earlier} already.")
    return at


def _placed(naive: datetime, place: ZoneInfo, taken: dict[datetime, Arrival]) -> datetime:
    """Put a wall time into its zone; in an hour that the clock repeats, the second is the later."""
    at = naive.replace(tzinfo=place)
    if at.astimezone(UTC).astimezone(place).replace(tzinfo=None) != naive:
        raise ValueError(f"{naive:%Y-%m-%d %H:%M} does not exist: the clocks skip it that day.")
    return at.replace(fold=1) if at.astimezone(UTC) in taken else at


def _count(text: str) -> float:
    try:
        count = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number of contacts.") from None
    if not math.isfinite(count) or count < 0:
        raise ValueError(f"{text.strip()} is not a possible number of contacts.")
    return count


def _step(rows: Sequence[Arrival]) -> int:
    """Return the commonest distance of neighbours within a day, in minutes; 30 if there is none."""
    minutes = Counter(
        (later.at.astimezone(UTC) - earlier.at.astimezone(UTC)) // timedelta(minutes=1)
        for earlier, later in pairwise(rows)
        if earlier.at.date() == later.at.date()
    )
    step = min(minutes, key=lambda distance: (-minutes[distance], distance), default=30)
    if step not in STEPS:
        raise ValueError(f"The rows stand {step} minutes apart; 5, 15, 30 or 60 can be read.")
    return step


def _gaps(rows: Sequence[Arrival], step: int) -> list[Problem]:
    """Report intervals missing within a day, and times off the grid."""
    problems = [
        Problem(row.row, f"{row.at:%H:%M} does not stand on a step of {step} minutes.")
        for row in rows
        if (row.at.hour * 60 + row.at.minute) % step
    ]
    for earlier, later in pairwise(rows):
        missing = (later.at.astimezone(UTC) - earlier.at.astimezone(UTC)) // timedelta(minutes=step)
        if earlier.at.date() == later.at.date() and missing > 1:
            kind = "interval is" if missing == 2 else "intervals are"
            message = f"{missing - 1} {kind} missing before {later.at:%Y-%m-%d %H:%M}."
            problems.append(Problem(later.row, message))
    return problems


def half_hours(arrivals: Arrivals) -> dict[Slot, float]:
    """Return the contacts of each half-hour that is complete: all its steps are there."""
    if arrivals.step_minutes == 60:
        return {
            slot: row.contacts / 2 for row in arrivals.rows for slot in (_slot(row), _slot(row, 1))
        }
    found: defaultdict[Slot, list[float]] = defaultdict(list)
    for row in arrivals.rows:
        found[_slot(row)].append(row.contacts)
    needed = 30 // arrivals.step_minutes
    return {slot: sum(counts) for slot, counts in found.items() if len(counts) == needed}


def _slot(row: Arrival, later: int = 0) -> Slot:
    return row.at.date(), (row.at.hour * 2 + row.at.minute // 30 + later) % HALF_HOURS, row.at.fold


def mean_day(
    arrivals: Arrivals, *, quantile: float | None = None, weekdays: Sequence[int] = ()
) -> DayProfile:
    """Return the mean of each half-hour over the days that have it, or its `quantile`.

    `weekdays` (0 is Monday) keeps to those; none means all. The mean, not the maximum: one odd
    day would otherwise set the team's size. A quantile above one half buys safety openly.
    """
    by_slot: defaultdict[int, list[float]] = defaultdict(list)
    days: set[date] = set()
    for (day, slot, _), contacts in half_hours(arrivals).items():
        if not weekdays or day.weekday() in weekdays:
            by_slot[slot].append(contacts)
            days.add(day)
    if not days:
        raise ValueError("The arrivals hold no complete half-hour on the weekdays asked for.")
    if quantile is None:
        typical = {slot: float(np.mean(counts)) for slot, counts in by_slot.items()}
        rule = f"Mean of each half-hour over {len(days)} days."
    else:
        share = ranges.within(0, 1, "The quantile", quantile)
        typical = {slot: float(np.quantile(counts, share)) for slot, counts in by_slot.items()}
        rule = f"Quantile {share:g} of each half-hour over {len(days)} days."
    return DayProfile(tuple(typical.get(slot, 0.0) for slot in range(HALF_HOURS)), rule)

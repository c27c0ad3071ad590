"""Counting back from the day a team goes live to the last safe day of each decision."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planning import ranges

DAY = timedelta(days=1)
FURTHEST = 366  # days in a row on which nobody works: then there is no safe day


@dataclass(frozen=True)
class Stretch:
    """A part of the way: what begins it, and the calendar days that it takes."""

    key: str
    days: int

    def __post_init__(self) -> None:
        ranges.whole(f"The days of {self.key}", self.days)


def last_safe_days(
    go_live: date, stretches: Sequence[Stretch], *, off: Container[date] = ()
) -> dict[str, date]:
    """Return the last day on which each stretch may begin, so that the team is live in time.

    `stretches` stand in the order of time; each ends where the next one begins. A day on which
    nobody works moves to the working day before it, and all before move with it. Raises
    ValueError where there is no working day for a year.
    """
    found: dict[str, date] = {}
    ends = go_live
    for stretch in reversed(stretches):
        ends = _working(ends - stretch.days * DAY, off)
        found[stretch.key] = ends
    return dict(reversed(found.items()))


def _working(day: date, off: Container[date]) -> date:
    for back in range(FURTHEST):
        if (found := day - back * DAY) not in off:
            return found
    raise ValueError(f"There is no working day in the year before {day}.")

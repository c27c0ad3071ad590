"""An ordinary week of half-hours: when a service is open, and how much comes in.

Weekdays count from 0, Monday, and half-hours of a day from 0, midnight; both are wall time of the
customers' zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from planning import ranges
from planning.workload import HALF_HOURS, Window, slot_of, slots_of, start_of

DAYS = 7
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Hours = Mapping[int, Sequence[Window]]
Grid = NDArray[np.floating[Any]]
"""A number for each half-hour of a week, of shape (7, 48)."""


def open_half_hours(hours: Hours) -> NDArray[np.bool_]:
    """Return, in the shape (7, 48), whether the service is open.

    What runs past midnight is open on the next day, Sunday's night on Monday.
    """
    grid = np.zeros(DAYS * HALF_HOURS, dtype=np.bool_)
    for day, windows in hours.items():
        if not 0 <= day < DAYS:
            raise ValueError(f"{day} is not a weekday: 0 is Monday, 6 is Sunday.")
        for window in windows:
            grid[[(day * HALF_HOURS + slot) % grid.size for slot in slots_of(window)]] = True
    return grid.reshape(DAYS, HALF_HOURS)


@dataclass(frozen=True)
class BusiestHalfHour:
    """The half-hour that a line of business is staffed for, and the rule that chose it.

    `day` and `start` are none where each half-hour is the same.
    """

    day: int | None
    start: time | None
    contacts: float
    rule: str

    @property
    def when(self) -> str:
        """Say when it is, as in "Mon 10:00"; empty where each half-hour is the same."""
        if self.day is None or self.start is None:
            return ""
        return f"{DAY_NAMES[self.day]} {self.start:%H:%M}"


@dataclass(frozen=True, eq=False)
class WeekProfile:
    """Contacts in each half-hour of a week; `rule` says whence they are."""

    contacts: Grid
    rule: str = "A week's profile as given."

    def __post_init__(self) -> None:
        if self.contacts.shape != (DAYS, HALF_HOURS):
            raise ValueError(
                f"A week's profile has 7 days of 48 half-hours, not {self.contacts.shape}."
            )
        bad = ~np.isfinite(self.contacts) | (self.contacts < 0)
        if bad.any():
            day, slot = (int(each) for each in np.argwhere(bad)[0])
            where = f"{DAY_NAMES[day]} {start_of(slot):%H:%M}"
            ranges.at_least(0, f"The contacts of {where}", float(self.contacts[day, slot]))

    @classmethod
    def of(cls, rows: Iterable[tuple[int, time, float]], rule: str = "") -> Self:
        """Take (weekday, local start, contacts); half-hours that are not named have none."""
        grid, seen = np.zeros((DAYS, HALF_HOURS)), set()
        for day, start, contacts in rows:
            if not 0 <= day < DAYS:
                raise ValueError(f"{day} is not a weekday: 0 is Monday, 6 is Sunday.")
            if (day, start) in seen:
                raise ValueError(f"{DAY_NAMES[day]} {start:%H:%M} stands twice.")
            seen.add((day, start))
            grid[day, slot_of(start)] = contacts
        return cls(grid, rule) if rule else cls(grid)

    @classmethod
    def flat(cls, contacts: float, hours: Hours) -> Self:
        """Take the same number in each half-hour that the service is open."""
        ranges.at_least(0, "The contacts per half-hour", contacts)
        rule = "The contacts per half-hour as given, in each half-hour of the service hours."
        return cls(open_half_hours(hours) * float(contacts), rule)

    @property
    def total(self) -> float:
        return float(self.contacts.sum())

    def within(self, hours: Hours) -> Self:
        """Return the contacts that come in while the service is open."""
        return type(self)(self.contacts * open_half_hours(hours), self.rule)

    def busiest(self) -> BusiestHalfHour:
        """Return the half-hour with the most contacts, the first of several."""
        day, slot = np.unravel_index(int(self.contacts.argmax()), self.contacts.shape)
        most = float(self.contacts[day, slot])
        return BusiestHalfHour(int(day), start_of(int(slot)), most, self.rule)


def in_words(half_hours: NDArray[np.bool_]) -> str:
    """Say when half-hours of a week are, as "Mon-Fri 08:00-18:00, Sat 09:00-13:00"; "never"."""
    spans = [_spans(day) for day in half_hours]
    said, first = [], 0
    for day in range(1, DAYS + 1):
        if day < DAYS and spans[day] == spans[first]:
            continue
        if spans[first]:
            until = f"-{DAY_NAMES[day - 1]}" if day - 1 > first else ""
            said.append(f"{DAY_NAMES[first]}{until} {spans[first]}")
        first = day
    return ", ".join(said) or "never"


def _spans(day: NDArray[np.bool_]) -> str:
    """Say a day's half-hours, as "08:00-12:00 and 13:00-18:00"."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], day, [False]]).astype(np.int8)))
    spans = edges.reshape(-1, 2).tolist()
    return " and ".join(f"{_clock(first)}-{_clock(last)}" for first, last in spans)


def _clock(slot: int) -> str:
    return f"{slot // 2:02}:{slot % 2 * 30:02}"

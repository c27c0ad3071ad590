"""Sharing a line's seats over the shifts of a day: who is hired for mornings, and who for nights.

It is a share-out and not a roster: it says how many people are hired for each shift, and neither
who works on which day nor when they take breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import ranges
from planning.apportionment import shared_out
from planning.workload import HALF_HOURS, slot_of, slots_of

Agents = NDArray[np.integer[Any]]
HALF = 0.5


@dataclass(frozen=True)
class Shift:
    """A stretch of the day, local time; what ends before it starts ends in the next morning."""

    key: str
    name: str
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if not self.key.strip():
            raise ValueError(f"The shift {self.name!r} needs a key.")
        slot_of(self.starts), slot_of(self.ends)
        if self.starts == self.ends:
            raise ValueError(
                f"The shift {self.name} starts and ends at {self.starts:%H:%M}: that leaves no "
                "time to work."
            )

    @property
    def slots(self) -> list[int]:
        """The half-hours of a day that it covers, 0 to 47."""
        return sorted(slot % HALF_HOURS for slot in slots_of((self.starts, self.ends)))


DEFAULT_SHIFTS = (
    Shift("early", "Early", time(6), time(14)),
    Shift("day", "Day", time(9), time(17)),
    Shift("late", "Late", time(14), time(22)),
    Shift("night", "Night", time(22), time(6)),
)


@dataclass(frozen=True)
class ShiftShare:
    """The seats of a shift, and the agent-hours of a week that it is there for."""

    shift: Shift
    hours: float
    seats: int


def share_over_shifts(
    agents: Agents, seats: int, shifts: Sequence[Shift] = DEFAULT_SHIFTS, *, of: str = "The work"
) -> tuple[ShiftShare, ...]:
    """Share out `seats` over shifts by the agent-hours that each is there for.

    `agents` are on duty by weekday and half-hour, (7, 48), in the shifts' local time. First the
    shift that covers the most agent-hours alone: these are its own. Then the one that covers the
    most of what is left, and so on; of equal ones the one given first. So a service from 9 to 17
    has day shifts only, and one around the clock early, late and night ones. The seats follow the
    hours, whole people only (Sainte-Laguë). Raises ValueError where two shifts have one key, or
    where there are seats and no shift covers an hour of the work.
    """
    ranges.whole("The number of seats", seats)
    keys = [shift.key for shift in shifts]
    if len(keys) > len(set(keys)):
        raise ValueError("Each shift needs a key of its own.")
    hours = _hours(agents.sum(axis=0), shifts)
    if seats and not any(hours):
        raise ValueError(f"{of}: no shift covers any of its hours, so nobody can be hired for it.")
    weights = np.array(hours, dtype=np.float64)[:, None]
    given = shared_out(weights, np.array([seats])).ravel().tolist()
    return tuple(
        ShiftShare(shift, own, people)
        for shift, own, people in zip(shifts, hours, given, strict=True)
    )


def _hours(by_slot: Agents, shifts: Sequence[Shift]) -> list[float]:
    """Return each shift's own agent-hours a week, the largest taken first."""
    left = by_slot.astype(np.float64) / 2
    found = [0.0] * len(shifts)
    waiting = list(range(len(shifts)))
    while waiting:
        covered = [float(left[shifts[at].slots].sum()) for at in waiting]
        first = waiting.pop(int(np.argmax(covered)))
        found[first] = max(covered)
        left[shifts[first].slots] = 0
    return found


def outside_hours(agents: Agents, shifts: Sequence[Shift]) -> float:
    """Return the agent-hours of a week that no shift covers."""
    left = agents.sum(axis=0) / 2
    for shift in shifts:
        left[shift.slots] = 0
    return float(left.sum())


def half_time_fits(seats: int, fte: float) -> bool:
    """Say whether one of the seats may be half-time: seats - full-time people needed >= 0.5.

    By the hours of the week alone: in the busiest half-hour one person may be missing.
    """
    ranges.whole("The number of seats", seats)
    return seats - ranges.at_least(0, "The full-time people needed", fte) >= HALF - 1e-9

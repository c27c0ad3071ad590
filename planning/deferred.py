"""Work that may wait until a deadline: e-mail, tickets, back office.

Weekly work ÷ (utilisation · hours open) is right only where the deadline spans the peak. With a
nearer one, some intervals' work must be done before the peak has passed, and the capacity follows
from the worst stretch of intervals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning import ranges


@dataclass(frozen=True)
class DeadlineRequirement:
    """The capacity that meets a deadline, and the stretch of intervals that asks for it.

    `items_per_interval` is what must be finished in each interval, `agents` those that do it,
    `before_rounding` the same before rounding up; from `first` to `last` (counted from 0) is the
    stretch that needs that much.
    """

    items_per_interval: float
    before_rounding: float
    agents: int
    first: int
    last: int


def agents_for_deadline(
    items: Sequence[float],
    *,
    deadline_intervals: int,
    aht_s: float,
    utilisation: float,
    interval_s: float,
) -> DeadlineRequirement:
    """Return the agents who finish all in time at a steady pace.

    Items that arrive in interval i can be worked on from i + 1, and are due by the end of i + D.
    First in first out with C items an interval meets that if and only if
    C >= max over s <= t of Σ(s…t) a_i / (t - s + D). Agents = C · AHT / (utilisation · interval).
    `utilisation` above 0 and at most 1, usually 0.80 to 0.90. No items need no agents.
    """
    ranges.whole("The deadline in intervals", deadline_intervals, least=1)
    ranges.positive("The handling time in seconds", aht_s)
    ranges.within(0, 1, "The utilisation", utilisation)
    ranges.positive("The interval in seconds", interval_s)
    for number, count in enumerate(items, start=1):
        ranges.at_least(0, f"The items of interval {number}", count)
    if not any(items):
        return DeadlineRequirement(0.0, 0.0, 0, 0, 0)
    until = np.concatenate([[0.0], np.cumsum(np.asarray(items, dtype=np.float64))])
    best, first, last = 0.0, 0, 0
    for begin in range(len(items)):
        spans = np.arange(len(items) - begin) + deadline_intervals
        asked = (until[begin + 1 :] - until[begin]) / spans
        worst = int(asked.argmax())
        if asked[worst] > best:
            best, first, last = float(asked[worst]), begin, begin + worst
    agents = best * aht_s / (utilisation * interval_s)
    return DeadlineRequirement(best, agents, ranges.ceiling(agents), first, last)

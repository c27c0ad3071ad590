"""When each seat starts, where a team does not start on one day but in steps.

A ramp is a list of (weeks after the go-live, share of the seats at work by then); without one all
start on the day of the go-live. It is an agreement between client and provider, not an estimate:
how fast a newcomer gets quick is `planning.attrition.ramp`.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from planning import ranges


def starts_of(ramp: Sequence[Sequence[float]], go_live: date, seats: int) -> list[date]:
    """Return the day on which each of a number of seats starts, the earliest first.

    By each step ceil(share · seats) are at work, so that never fewer are than was agreed. Units:
    weeks after `go_live`, shares of `seats`. Raises ValueError for weeks that are not whole or do
    not rise, for shares that do not rise to 1, and for seats below 0. Source: a convention.
    """
    number = ranges.whole("The seats", seats)
    days: list[date] = []
    for weeks, share in _checked(ramp):
        at_work = ranges.ceiling(share * number)
        days += [go_live + timedelta(weeks=weeks)] * (at_work - len(days))
    return days


def _checked(ramp: Sequence[Sequence[float]]) -> list[tuple[int, float]]:
    steps = [(ranges.whole("The weeks", weeks), share) for weeks, share in ramp]  # type: ignore[arg-type]
    rises = all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(steps))
    if steps and not (rises and steps[0][1] > 0 and steps[-1][1] == 1):
        raise ValueError(f"A ramp has weeks and shares that rise, the last to 1, not {steps}.")
    return steps or [(0, 1.0)]

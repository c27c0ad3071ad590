"""A number of contacts and how it is spread over the week: what a client says instead of a file.

"1,200 a week; Mon 25, Tue 20; 08:00 2, 09:00 5": weights are relative, so that shares, counts of a
sample and percentages all do.
"""

from collections.abc import Mapping
from datetime import time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from planning import ranges
from planning.week import DAY_NAMES, DAYS, Hours, WeekProfile, open_half_hours
from planning.workload import HALF_HOURS, slot_of

Per = Literal["half_hour", "day", "week", "month"]
PARTS = 10_000
"""The smallest part of a contact that is told apart: one ten-thousandth."""
WEEKS_A_MONTH = Decimal(52) / 12
Weights = NDArray[np.floating[Any]]


class ProfileRefused(ValueError):
    """A profile contradicts the hours of service; `part` is "volume", "weekdays" or "day"."""

    def __init__(self, part: Literal["volume", "weekdays", "day"], says: str) -> None:
        super().__init__(says)
        self.part = part


def spread(
    contacts: Decimal,
    per: Per,
    hours: Hours,
    *,
    weekdays: Mapping[int, float] | None = None,
    day: Mapping[time, float] | None = None,
) -> WeekProfile:
    """Spread a number of contacts over the half-hours of a week in which the service is open.

    The week's total T is the number itself per week, n · 12/52 per month, n · the days of service
    per day, and n · the half-hours of service per half-hour. A half-hour s of weekday d gets
    T · (w_d / Σw) · (v_s / Σv on d), with `weekdays` w (0 is Monday) and `day` v, both relative and
    0 or more; what is not named has none. Times that are all on the hour are hours, whose weight
    their open half-hours share. Without `day` each half-hour of a day is the same; without
    `weekdays` a day weighs as much as what it holds of `day`, or as many half-hours as it is open.

    Contacts are in ten-thousandths, and sum to T exactly, as `Decimal` reads them: what rounding
    leaves goes to the largest remainders, the earlier of equals. Raises ProfileRefused, a
    ValueError, where profile and hours contradict each other. After Cleveland and Mayben, "Call
    Center Management on Fast Forward": forecast a total, then break it down by day and half-hour.
    """
    is_open = open_half_hours(hours)
    if not is_open.any():
        raise ProfileRefused("volume", "Without hours of service nothing can be spread over them.")
    total = _total(contacts, per, is_open)
    shape = is_open.astype(float) if day is None else _shape(day, is_open)
    by_day = shape.sum(axis=1) if weekdays is None else _by_day(weekdays, is_open)
    inside = shape.sum(axis=1)
    for number in range(DAYS):
        if by_day[number] and not inside[number]:
            says = f"On {DAY_NAMES[number]} none of these times lies within the hours of service."
            raise ProfileRefused("day", says)
    shares = shape * np.divide(by_day, inside, out=np.zeros(DAYS), where=inside > 0)[:, None]
    grid = _apportioned(total, shares.ravel()).reshape(DAYS, HALF_HOURS)
    has_profile = weekdays is not None or day is not None
    return WeekProfile(grid, _rule(contacts, per, has_profile=has_profile))


def _total(contacts: Decimal, per: Per, is_open: NDArray[np.bool_]) -> int:
    """Return a week's contacts in ten-thousandths."""
    ranges.at_least(0, "The number of contacts", float(contacts))
    factors = {
        "half_hour": Decimal(int(is_open.sum())),
        "day": Decimal(int(is_open.any(axis=1).sum())),
        "week": Decimal(1),
        "month": 1 / WEEKS_A_MONTH,
    }
    return int((contacts * factors[per] * PARTS).to_integral_value(ROUND_HALF_UP))


def _by_day(weekdays: Mapping[int, float], is_open: NDArray[np.bool_]) -> Weights:
    weights = np.zeros(DAYS)
    for number, weight in weekdays.items():
        if not 0 <= number < DAYS:
            raise ProfileRefused("weekdays", f"{number} is not a weekday: 0 is Monday.")
        if weight and not is_open[number].any():
            says = f"{DAY_NAMES[number]} has a weight, but no hours of service."
            raise ProfileRefused("weekdays", says)
        weights[number] = ranges.at_least(0, f"The weight of {DAY_NAMES[number]}", weight)
    if not weights.any():
        raise ProfileRefused("weekdays", "The weights of the weekdays add up to nothing.")
    return weights


def _shape(day: Mapping[time, float], is_open: NDArray[np.bool_]) -> Weights:
    """Lay a day's weights over each weekday, as far as the service is open then."""
    length = 2 if all(at.minute == 0 for at in day) else 1
    shape = np.zeros((DAYS, HALF_HOURS))
    for at, weight in day.items():
        ranges.at_least(0, f"The weight of {at:%H:%M}", weight)
        slots = slice(slot_of(at), slot_of(at) + length)
        inside = is_open[:, slots].sum(axis=1, keepdims=True)
        if weight and not inside.any():
            raise ProfileRefused("day", f"{at:%H:%M} lies outside the hours of service.")
        shape[:, slots] = is_open[:, slots] * np.divide(
            weight, inside, out=np.zeros((DAYS, 1)), where=inside > 0
        )
    if not shape.any():
        raise ProfileRefused("day", "The weights of the day add up to nothing.")
    return shape


def _apportioned(total: int, weights: Weights) -> Weights:
    """Divide a whole number by weights, by largest remainders, and return it in contacts."""
    exact = weights / weights.sum() * total
    parts = np.floor(exact).astype(np.int64)
    # Beyond 2 to the 53rd, or by a last bit, the floors may miss by more than one for each.
    left = total - int(parts.sum())
    order = np.argsort(-(exact - parts) * (weights > 0), kind="stable")
    order = order[weights[order] > 0]
    each, rest = divmod(left, len(order))
    parts[order] += each
    parts[order[:rest]] += 1
    result: Weights = parts / PARTS
    return result


def _rule(contacts: Decimal, per: Per, *, has_profile: bool) -> str:
    number = f"{contacts.normalize():,f}"
    named = {
        "half_hour": f"{number} in the mean half-hour",
        "day": f"{number} on the mean day of service",
        "week": f"{number} a week",
        "month": f"{number} a month of 52 ÷ 12 weeks",
    }[per]
    if has_profile:
        return f"{named} by the profile given"
    return f"{named}, the same in each half-hour of service"

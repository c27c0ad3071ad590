"""Refusing impossible input, always with the name, the bound and the value given."""

import math
from collections.abc import Callable


def number(name: str, value: float) -> float:
    """Return `value` when it is a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, not {value!r}.")
    return value


def positive(name: str, value: float) -> float:
    if number(name, value) <= 0:
        raise ValueError(f"{name} must be above 0, not {value}.")
    return value


def at_least(bound: float, name: str, value: float) -> float:
    if number(name, value) < bound:
        raise ValueError(f"{name} must be {bound} or more, not {value}.")
    return value


def within(low: float, high: float, name: str, value: float) -> float:
    """Return `value` when low < value <= high."""
    if not low < number(name, value) <= high:
        raise ValueError(f"{name} must be above {low} and at most {high}, not {value}.")
    return value


def share_below_one(name: str, value: float) -> float:
    """Return `value` when 0 <= value < 1, for what cannot be the whole."""
    if not 0 <= number(name, value) < 1:
        raise ValueError(f"{name} must be 0 or more and below 1, not {value}.")
    return value


def whole(name: str, value: int, *, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number of {least} or more, not {value!r}.")
    return value


def ceiling(value: float) -> int:
    """Round up, but not for the last bits of a division.

    1699.15 / 0.85 is 1999.0000000000002 in floating point: a plain `ceil` buys an agent for it.
    """
    return math.ceil(value - 1e-9)


def fewest(holds: Callable[[int], bool], *, at_least: int = 0) -> int:
    """Return the smallest whole number above `at_least` that holds, by doubling and halving.

    `holds` must stay true once it is.
    """
    too_few, enough = at_least, max(1, 2 * at_least)
    while not holds(enough):
        too_few, enough = enough, 2 * enough
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        too_few, enough = (too_few, middle) if holds(middle) else (middle, enough)
    return enough

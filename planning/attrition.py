"""People who leave, and the hiring that keeps a team as large as it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planning import ranges

Meaning = Literal["annual_probability", "annual_rate"]


def survival(value: float, months: float, *, meaning: Meaning) -> float:
    """Return the share of a team that is still there after so many months.

    "Attrition of 45 %" is said of two things. `annual_probability` q: of 100 who begin, 45 leave
    within a year, S(m) = (1 - q)^(m/12), 0 <= q < 1. `annual_rate` r: separations over average
    headcount, those who follow counted too, S(m) = exp(-r·m/12), r >= 0. A month's loss is 4.86 %
    or 3.68 %; r/12 = 3.75 % is neither.
    """
    ranges.at_least(0, "The months", months)
    if meaning == "annual_probability":
        return float((1 - ranges.share_below_one("The attrition", value)) ** (months / 12))
    if meaning == "annual_rate":
        return math.exp(-ranges.at_least(0, "The attrition", value) * months / 12)
    raise ValueError(f"{meaning!r} is neither annual_probability nor annual_rate.")


@dataclass(frozen=True)
class Replacement:
    """What a steady team needs in a month: people certified, starting training, offered a seat."""

    graduates: float
    starts: float
    offers: float


def replacement(
    headcount: float,
    monthly_loss: float,
    *,
    training_pass: float,
    nesting_pass: float = 1.0,
    acceptance: float = 1.0,
) -> Replacement:
    """Return the flow that replaces who leaves.

    Graduates = headcount · loss; starts = graduates / (training pass · nesting pass); offers =
    starts / acceptance. Shares above 0 and at most 1; `monthly_loss` 0 or more and below 1.
    """
    ranges.at_least(0, "The headcount", headcount)
    ranges.share_below_one("The monthly loss", monthly_loss)
    for name, share in [
        ("training pass rate", training_pass),
        ("nesting pass rate", nesting_pass),
        ("acceptance", acceptance),
    ]:
        ranges.within(0, 1, f"The {name}", share)
    graduates = headcount * monthly_loss
    starts = graduates / (training_pass * nesting_pass)
    return Replacement(graduates, starts, starts / acceptance)


@dataclass(frozen=True)
class Ramp:
    """Certified people at the end of each week, from week 1, and the first week with enough.

    `productive` weighs them by how far along each is; `first_enough` is None where it never is.
    """

    certified: tuple[float, ...]
    productive: tuple[float, ...]
    first_enough: int | None


def ramp(
    target: float,
    weeks: int,
    class_starts: Sequence[int],
    *,
    class_size: float,
    pass_rate: float,
    training_weeks: int,
    weekly_attrition: float,
    already: float = 0.0,
    efficiency: Sequence[float] = (),
) -> Ramp:
    """Follow a team week by week from its class calendar.

    In each week first the attrition leaves, then the graduates of classes that began
    `training_weeks` earlier join: class size · pass rate. Weeks count from 1. `efficiency` is the
    share of a full agent's work that one does in the 1st, 2nd, … week after certification; after
    its end, and for who is certified `already`, one.
    """
    ranges.at_least(0, "The target", target)
    ranges.whole("The weeks", weeks, least=1)
    ranges.whole("The weeks of training", training_weeks)
    ranges.at_least(0, "The class size", class_size)
    ranges.within(0, 1, "The pass rate", pass_rate)
    ranges.share_below_one("The weekly attrition", weekly_attrition)
    ranges.at_least(0, "The people certified already", already)
    for share in efficiency:
        ranges.within(0, 1, "The efficiency of a week", share)
    graduates = np.zeros(weeks)
    for start in class_starts:
        joins = ranges.whole("The week in which a class begins", start, least=1) + training_weeks
        if joins <= weeks:
            graduates[joins - 1] += class_size * pass_rate
    stays = (1 - weekly_attrition) ** np.arange(weeks)
    worth = np.append(np.asarray(efficiency, dtype=np.float64), np.ones(weeks))[:weeks]
    old = already * stays * (1 - weekly_attrition)
    certified = np.convolve(graduates, stays)[:weeks] + old
    productive = np.convolve(graduates, stays * worth)[:weeks] + old
    enough = np.flatnonzero(productive >= target - 1e-9)
    first = int(enough[0]) + 1 if len(enough) else None
    return Ramp(tuple(certified.tolist()), tuple(productive.tolist()), first)

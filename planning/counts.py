"""A number of people that is not known yet: the chance of each value it may take."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import ranges

Chances = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Counts:
    """`of_each[n]` is P(exactly n), for 0 and on; together they are 1."""

    of_each: Chances

    @property
    def mean(self) -> float:
        return float(self.of_each @ np.arange(len(self.of_each)))

    @property
    def variance(self) -> float:
        return float(self.of_each @ (np.arange(len(self.of_each)) - self.mean) ** 2)

    def at_least(self, needed: int) -> float:
        """Return P(at least `needed`), summed from its smaller side, which is the more exact."""
        ranges.whole("The number needed", needed)
        below, above = float(self.of_each[:needed].sum()), float(self.of_each[needed:].sum())
        return above if above < below else 1 - below

    def quantile(self, share: float) -> int:
        """Return the fewest n with P(at most n) >= `share`, for 0 <= share < 1."""
        ranges.share_below_one("The share", share)
        return int(np.argmax(np.cumsum(self.of_each) >= share - 1e-12))

"""How many candidates to source for N certified people, and when they will be there.

The chain is sourced, screened, interviewed, offered, accepted, trained, nested, certified. With
known rates p is their product. With rates estimated from few cases, use the Beta-binomial chain:
their uncertainty is worth more candidates than chance itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln, gammaln

from planning import ranges
from planning.counts import Counts

MOST_CANDIDATES = 1_000_000_000
MOST_BY_CHAIN = 4096


@dataclass(frozen=True)
class Sourcing:
    """Candidates to source, the chance that they are enough, and needed / p for comparison."""

    candidates: int
    chance: float
    naive: float

    @property
    def naive_candidates(self) -> int:
        """Return needed / p as whole people: about even odds."""
        return ranges.ceiling(self.naive)


def chain(rates: Sequence[float]) -> float:
    """Return the share of those sourced who get through every stage: the product of the rates."""
    return math.prod(ranges.within(0, 1, "A pass rate", rate) for rate in rates)


def to_source(needed: int, pass_rate: float, confidence: float) -> Sourcing:
    """Return the fewest n with P(Bin(n, p) >= needed) >= confidence.

    That is `needed` plus a quantile of the negative binomial. `pass_rate` above 0 and at most 1,
    `confidence` above 0 and below 1. 20 needed at 5 % and 90 % confidence take 515 candidates;
    20 / 0.05 = 400 give about even odds. Takes p as known and candidates as independent.
    """
    ranges.whole("The number needed", needed)
    p = ranges.within(0, 1, "The pass rate", pass_rate)
    _confidence(confidence)
    if needed == 0:
        return Sourcing(0, 1.0, 0.0)
    enough, too_few = needed, needed - 1
    while _chance_of_enough(enough, needed, p) < confidence:
        enough, too_few = 2 * enough, enough
        if enough > MOST_CANDIDATES:
            raise ValueError(f"At a pass rate of {p:g} no market holds that many candidates.")
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if _chance_of_enough(middle, needed, p) >= confidence:
            enough = middle
        else:
            too_few = middle
    return Sourcing(enough, _chance_of_enough(enough, needed, p), needed / p)


def _confidence(confidence: float) -> float:
    if not 0 < ranges.number("The confidence", confidence) < 1:
        raise ValueError(f"The confidence must be above 0 and below 1, not {confidence}.")
    return confidence


def _chance_of_enough(candidates: int, needed: int, p: float) -> float:
    """Return P(Bin(n, p) >= N) = I_p(N, n - N + 1)."""
    return float(betainc(needed, candidates - needed + 1, p))


Posterior = tuple[float, float]
"""Beta(a, b) of one stage's rate: passed + prior, not passed + prior (Beta(1, 1) if none known)."""


def to_source_uncertain(
    needed: int, posteriors: Sequence[Posterior], confidence: float
) -> Sourcing:
    """Return the fewest candidates when each stage's rate is itself uncertain.

    Exact: X(i+1) given X(i) is Beta-binomial, worked backwards from "at least `needed` at the
    end" as a vector over all numbers that could enter a stage; no simulation. Raises ValueError
    above 4,096 candidates, where the chain would need much memory.
    """
    return sourcing_at(needed, posteriors, (confidence,))[0]


def sourcing_at(
    needed: int, posteriors: Sequence[Posterior], confidences: Sequence[float]
) -> tuple[Sourcing, ...]:
    """Return the same for several confidences, following the chain once."""
    ranges.whole("The number needed", needed)
    highest = max(_confidence(each) for each in confidences)
    for a, b in posteriors:
        ranges.positive("A posterior's a", a), ranges.positive("A posterior's b", b)
    if needed == 0:
        return (Sourcing(0, 1.0, 0.0),) * len(confidences)
    naive = needed / math.prod(a / (a + b) for a, b in posteriors)
    most = min(MOST_BY_CHAIN, max(64, math.ceil(1.6 * naive)))
    while (chances := _chances_of_enough(most, needed, posteriors))[-1] < highest:
        if most == MOST_BY_CHAIN:
            raise ValueError(
                f"More than {MOST_BY_CHAIN} candidates would be needed for {needed} at "
                f"{highest:.0%}: the rates are too low or known from too few cases."
            )
        most = min(MOST_BY_CHAIN, 2 * most)
    fewest = [int(np.argmax(chances >= each)) for each in confidences]
    return tuple(Sourcing(each, float(chances[each]), naive) for each in fewest)


def outcome(sourced: int, posteriors: Sequence[Posterior]) -> Counts:
    """Follow `sourced` candidates through the stages, exactly: X(i+1) | X(i) is Beta-binomial.

    Raises ValueError above 4,096 sourced.
    """
    ranges.whole("The number sourced", sourced)
    ranges.within(-1, MOST_BY_CHAIN, "The number sourced", sourced)
    chances = np.zeros(sourced + 1)
    chances[sourced] = 1.0
    for a, b in posteriors:
        ranges.positive("A posterior's a", a), ranges.positive("A posterior's b", b)
        further, passing = np.zeros(sourced + 1), _BetaBinomial(sourced, a, b)
        for n in np.flatnonzero(chances > 0):
            further[: n + 1] += chances[n] * passing.of(int(n))
        chances = further
    return Counts(chances)


def _chances_of_enough(
    most: int, needed: int, posteriors: Sequence[Posterior]
) -> NDArray[np.floating]:
    """Return, for 0 to `most` who start, the chance that at least `needed` finish."""
    chances = (np.arange(most + 1) >= needed).astype(np.float64)
    for a, b in reversed(posteriors):
        passing = _BetaBinomial(most, a, b)
        chances = np.array([passing.of(n) @ chances[: n + 1] for n in range(most + 1)])
    return chances


class _BetaBinomial:
    """P(k of n pass), the rate being Beta(a, b), for every n up to `most`.

    The logarithms of the factorials are looked up: a chain asks for them again and again.
    """

    def __init__(self, most: int, a: float, b: float) -> None:
        up_to = np.arange(most + 1)
        self.passed = gammaln(up_to + a) - gammaln(up_to + 1)
        self.failed = gammaln(up_to + b) - gammaln(up_to + 1)
        self.all = gammaln(up_to + 1) - gammaln(up_to + a + b) - betaln(a, b)

    def of(self, n: int) -> NDArray[np.floating]:
        """Return P(k of n pass), k = 0 to n."""
        return np.exp(self.passed[: n + 1] + self.failed[n::-1] + self.all[n])


def pace(remaining: int, weekly_rate: float, *, start: date) -> date:
    """Return the day by which `remaining` seats are filled at a steady rate per week.

    start + ⌈remaining · 7 / rate⌉ days. A straight line: it knows neither what is already in the
    pipeline nor how uncertain the rate is.
    """
    ranges.whole("The number of seats to fill", remaining)
    ranges.positive("The seats filled in a week", weekly_rate)
    return start + timedelta(days=ranges.ceiling(remaining * 7 / weekly_rate))

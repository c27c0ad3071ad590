"""The chance that enough people are certified by the day a team goes live.

Everybody in the pipeline has a chance of their own to be certified by then; those still to be
sourced come at random. Independent of each other: where all depend on one thing (a training that
fails as a whole), the real chance is further from certainty.
"""

from collections.abc import Iterable

import numpy as np
from scipy.special import gammaln

from planning import ranges
from planning.counts import Counts


def certified_by(
    groups: Iterable[tuple[int, float]],
    *,
    expected_sourced: float = 0.0,
    chance_of_sourced: float = 0.0,
) -> Counts:
    """Return how many are certified by then.

    `groups` are (people, chance of each); their number is Poisson-binomial, by exact convolution.
    Those still to be sourced are Poisson with mean `expected_sourced`, each certified in time
    with `chance_of_sourced`, which is Poisson again (thinned), and added by convolution.
    """
    ranges.at_least(0, "The number expected to be sourced", expected_sourced)
    later = expected_sourced * _chance(chance_of_sourced)
    chances = np.ones(1)
    for people, chance in groups:
        step = [1 - _chance(chance), chance]
        for _ in range(ranges.whole("The people", people)):
            chances = np.convolve(chances, step)
    if later:
        counts = np.arange(_most(later))
        poisson = np.exp(counts * np.log(later) - later - gammaln(counts + 1))
        chances = np.convolve(chances, poisson)
    return Counts(chances)


def _chance(value: float) -> float:
    if not 0 <= ranges.number("A chance", value) <= 1:
        raise ValueError(f"A chance must be from 0 to 1, not {value}.")
    return value


def _most(mean: float) -> int:
    """Return a number beyond which a Poisson count has a chance below 1e-16."""
    return int(mean + 10 * mean**0.5 + 30)

"""How long callers wait and how many hang up, once it is known how long the queue is.

Waiting callers hang up after an exponential patience of mean 1/θ, and all agents together finish
contacts at a full rate; alpha = full rate / θ. A caller who finds k waiting needs k + 1
departures, so exp(-θV) ~ Beta(alpha, k + 1): the waits are exact, by incomplete beta functions.

Sources: Mandelbaum and Zeltyn, "The Palm/Erlang-A queue" (2005); Zeltyn and Mandelbaum, Queueing
Systems 51 (2005), 361-402.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln

Level = Literal["offered", "excl_short_abandons", "answered", "incl_short_abandons"]
LEVELS: Mapping[Level, str] = {
    "offered": "answered in time ÷ all offered",
    "excl_short_abandons": "answered in time ÷ (offered - hung up in time)",
    "answered": "answered in time ÷ answered",
    "incl_short_abandons": "(answered or hung up in time) ÷ offered",
}
MOST_WAITING = 2_000_000
SMALLEST = 700.0  # exp(-x) of more is no normal float
Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Waits:
    """What callers experience. Shares are of all offered, times in seconds.

    Four service levels exist, and a contract must name the one it means:
    `sl_offered` answered within T / offered; `sl_excl_short_abandons` the same over (offered -
    abandoned within T); `sl_answered` over answered; `sl_incl_short_abandons` (answered within T +
    abandoned within T) / offered. `asa_all_s` is the mean wait of all, `asa_answered_s` of those
    answered, `wait_of_waiters_s` of those who wait at all; `mean_queue` is in contacts.
    """

    p_wait: float
    p_abandon: float
    p_abandon_within: float
    sl_offered: float
    sl_excl_short_abandons: float
    sl_answered: float
    sl_incl_short_abandons: float
    p_wait_beyond: float
    p_virtual_wait_beyond: float
    asa_all_s: float
    asa_answered_s: float
    wait_of_waiters_s: float
    mean_queue: float

    def level(self, named: Level) -> float:
        """Return the service level of that name; raises ValueError for a name that is none."""
        if named not in LEVELS:
            raise ValueError(f"{named!r} is no service level; use {', '.join(LEVELS)}.")
        return float(getattr(self, f"sl_{named}"))


def waits(waiting: Array, alpha: float, *, patience_s: float, threshold_s: float) -> Waits:
    """Return the waits, given P(all busy and k waiting) for k = 0, 1, …

    P(abandon) = Σ q_k·(k + 1)/(alpha + k + 1), and E[W] = P(abandon)/θ. `p_virtual_wait_beyond`
    is the chance that a caller of endless patience would wait longer than T.
    """
    k = np.arange(len(waiting), dtype=np.float64)
    served_given_k = alpha / (alpha + k + 1)
    p_wait = min(1.0, float(waiting.sum()))
    p_abandon = float(waiting @ (1 - served_given_k))
    virtual, late = _beyond(waiting, served_given_k, alpha, threshold_s / patience_s)
    beyond = virtual * math.exp(-threshold_s / patience_s)  # who is still there was as patient
    served = 1 - p_abandon
    sl_offered = max(0.0, served - late)  # the last bits may fall below
    abandoned_within = max(0.0, p_abandon - (beyond - late))
    answered_wait_s = (
        float(waiting @ (served_given_k * np.cumsum(1 / (alpha + 1 + k)))) * patience_s
    )
    return Waits(
        p_wait=p_wait,
        p_abandon=p_abandon,
        p_abandon_within=abandoned_within,
        sl_offered=sl_offered,
        sl_excl_short_abandons=sl_offered / (1 - abandoned_within),
        sl_answered=sl_offered / served,
        sl_incl_short_abandons=sl_offered + abandoned_within,
        p_wait_beyond=beyond,
        p_virtual_wait_beyond=virtual,
        asa_all_s=p_abandon * patience_s,
        asa_answered_s=answered_wait_s / served,
        wait_of_waiters_s=p_abandon * patience_s / p_wait if p_wait else 0.0,
        mean_queue=float(waiting @ k),
    )


def _beyond(
    waiting: Array, served_given_k: Array, alpha: float, patiences: float
) -> tuple[float, float]:
    """Return P(V > T), and the share of all offered that are answered later than T.

    x = exp(-θT). P(V > T | k) = I_x(alpha, k + 1), and P(served and V > T | k) =
    alpha/(alpha + k + 1)·I_x(alpha + 1, k + 1).
    """
    k = np.arange(len(waiting), dtype=np.float64)
    virtual = float(waiting @ _incomplete_beta(alpha, k, patiences))
    return virtual, float(waiting @ (served_given_k * _incomplete_beta(alpha + 1, k, patiences)))


def _incomplete_beta(a: float, k: Array, patiences: float) -> Array:
    """Return I_x(a, k + 1) at x = exp(-patiences) = x^a·Σ_{j <= k} (a)_j (1 - x)^j / j!

    Where x itself is too small for a float, 1 - x is 1 and the sum is Γ(a+k+1)/(Γ(a+1)·k!).
    """
    if patiences < SMALLEST:
        found: Array = betainc(a, k + 1, math.exp(-patiences))
        return found
    log_sum = gammaln(a + k + 1) - gammaln(a + 1) - gammaln(k + 1)
    return np.exp(log_sum - a * patiences)


def log_queue(arrivals: float, alpha: float) -> Array:
    """Return log(q_k / q_0), k = 0, 1, …, until what is left can't matter.

    q_k/q_(k-1) = λ/(full rate + kθ) = arrivals/(alpha + k), both counted per mean patience. In
    logarithms, since an overloaded queue's weights overflow.
    """
    arrivals = max(arrivals, np.finfo(np.float64).tiny)  # a load of next to nothing rounds to 0
    k = np.arange(1, _longest_queue(arrivals, alpha) + 1)
    return np.concatenate([[0.0], np.cumsum(np.log(arrivals) - np.log(alpha + k))])


def _longest_queue(arrivals: float, alpha: float) -> int:
    """Return a queue length beyond which the chance is below 1e-18 of the largest.

    Past the peak at k = arrivals - alpha the chances fall like a normal tail of variance
    `arrivals`; where there is no peak, at least as fast as powers of arrivals / alpha.
    """
    peak = max(0.0, arrivals - alpha)
    spread = 10 * np.sqrt(arrivals + 50) + 50
    gap = np.log(alpha) - np.log(arrivals)
    if gap > 0:  # a load a hair below alpha has the same logarithm
        spread = min(spread, 45 / gap + 5)
    longest = int(peak + spread)
    if longest > MOST_WAITING:
        raise ValueError(
            f"About {peak:,.0f} callers would wait at once: with that much patience use Erlang C, "
            "or more agents."
        )
    return longest

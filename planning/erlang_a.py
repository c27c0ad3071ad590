"""Erlang A: a queue whose callers hang up after an exponential patience (Palm 1943).

Always stable, since a long queue drives callers away. `patience_s` is the mean time a caller would
wait, to be estimated with served callers as censored: all waiting time / abandoned calls. The mean
wait of those who abandoned is not it (far too low).

Sources: Garnett, Mandelbaum and Reiman, MSOM 4(3) 2002, 208-227; Mandelbaum and Zeltyn, "The
Palm/Erlang-A queue" (2005); Zeltyn and Mandelbaum, Queueing Systems 51 (2005), 361-402.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from planning import ranges
from planning.erlang import erlang_b, offered_load

MOST_WAITING = 2_000_000
Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class AbandonmentMeasures:
    """What callers and agents experience when callers hang up.

    Four service levels exist, and a contract must name the one it means:
    `sl_offered` answered within T / offered; `sl_excl_short_abandons` the same over (offered -
    abandoned within T); `sl_answered` over answered; `sl_incl_short_abandons` (answered within T +
    abandoned within T) / offered. `asa_all_s` is the mean wait of all, `asa_answered_s` of those
    answered. Shares are between 0 and 1.
    """

    load: float
    agents: int
    p_wait: float
    p_abandon: float
    p_abandon_within: float
    sl_offered: float
    sl_excl_short_abandons: float
    sl_answered: float
    sl_incl_short_abandons: float
    asa_all_s: float
    asa_answered_s: float
    wait_of_waiters_s: float
    mean_queue: float
    occupancy: float


def abandonment_measures(
    contacts: float,
    interval_s: float,
    aht_s: float,
    *,
    patience_s: float,
    agents: int,
    threshold_s: float,
) -> AbandonmentMeasures:
    """Return the measures of an Erlang A queue, exactly (birth and death chain, Beta waits).

    A caller who finds k waiting needs k + 1 departures, so exp(-θV) ~ Beta(alpha, k + 1) with
    alpha = n·μ/θ; hence P(abandon) = Σ q_k·(k + 1)/(alpha + k + 1) and E[W] = P(abandon)/θ.
    Needs 1 agent or more, contacts and patience above 0.
    """
    load = offered_load(ranges.positive("The number of contacts", contacts), interval_s, aht_s)
    ranges.whole("The number of agents", agents, least=1)
    ranges.positive("The patience in seconds", patience_s)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    alpha = agents * patience_s / aht_s
    waiting = _waiting_chances(load, agents, load * patience_s / aht_s, alpha)
    k = np.arange(len(waiting))
    served_given_k = alpha / (alpha + k + 1)
    p_wait = min(1.0, float(waiting.sum()))
    p_abandon = float(waiting @ (1 - served_given_k))
    late = _late(waiting, served_given_k, alpha, math.exp(-threshold_s / patience_s))
    served = 1 - p_abandon
    sl_offered = served - late["served"]
    abandoned_within = p_abandon - late["abandoned"]
    answered_wait_s = (
        float(waiting @ (served_given_k * np.cumsum(1 / (alpha + 1 + k)))) * patience_s
    )
    return AbandonmentMeasures(
        load=load,
        agents=agents,
        p_wait=p_wait,
        p_abandon=p_abandon,
        p_abandon_within=abandoned_within,
        sl_offered=sl_offered,
        sl_excl_short_abandons=sl_offered / (1 - abandoned_within),
        sl_answered=sl_offered / served,
        sl_incl_short_abandons=sl_offered + abandoned_within,
        asa_all_s=p_abandon * patience_s,
        asa_answered_s=answered_wait_s / served,
        wait_of_waiters_s=p_abandon * patience_s / p_wait if p_wait else 0.0,
        mean_queue=float(waiting @ k),
        occupancy=load * served / agents,
    )


def _waiting_chances(load: float, agents: int, arrivals: float, alpha: float) -> Array:
    """Return P(all busy and k waiting), k = 0, 1, …, until what is left cannot matter.

    q_k/q_(k-1) = λ/(nμ + kθ) = arrivals/(alpha + k), both counted per mean patience. Taken in
    logarithms and relative to the largest, since an overloaded queue's weights overflow.
    """
    longest = _longest_queue(arrivals, alpha)
    log_q = np.concatenate(
        [[0.0], np.cumsum(np.log(arrivals) - np.log(alpha + np.arange(1, longest + 1)))]
    )
    top = log_q.max()
    blocked = erlang_b(load, agents)
    weights = blocked * np.exp(log_q - top)
    chances: Array = weights / ((1 - blocked) * np.exp(-top) + weights.sum())
    return chances


def _longest_queue(arrivals: float, alpha: float) -> int:
    """Return a queue length beyond which the chance is below 1e-18 of the largest.

    Past the peak at k = arrivals - alpha the chances fall like a normal tail of variance
    `arrivals`; where there is no peak, at least as fast as powers of arrivals / alpha.
    """
    peak = max(0.0, arrivals - alpha)
    spread = 10 * np.sqrt(arrivals + 50) + 50
    if arrivals < alpha:
        spread = min(spread, 45 / np.log(alpha / arrivals) + 5)
    longest = int(peak + spread)
    if longest > MOST_WAITING:
        raise ValueError(
            f"About {peak:,.0f} callers would wait at once: with that much patience use Erlang C, "
            "or more agents."
        )
    return longest


def _late(waiting: Array, served_given_k: Array, alpha: float, x: float) -> dict[str, float]:
    """Return the shares of all offered that are answered or abandoned later than T.

    x = exp(-θT). P(V > T | k) = I_x(alpha, k + 1), and P(served and V > T | k) =
    alpha/(alpha + k + 1)·I_x(alpha + 1, k + 1). Who waits beyond T had more patience than T too.
    """
    k = np.arange(len(waiting))
    served = float(waiting @ (served_given_k * betainc(alpha + 1, k + 1, x)))
    beyond = float(waiting @ betainc(alpha, k + 1, x)) * x
    return {"served": served, "abandoned": beyond - served}


def agents_required_with_patience(
    contacts: float,
    interval_s: float,
    aht_s: float,
    *,
    patience_s: float,
    service_level: float,
    threshold_s: float,
    max_abandon: float = 1.0,
    max_occupancy: float = 1.0,
) -> int:
    """Return the fewest agents that answer `service_level` of all offered within T.

    Also at most `max_abandon` abandoned and occupancy A·(1 - P(abandon))/n at most
    `max_occupancy`. The service level rises with the agents, so the number is found by doubling
    and halving. No contacts need no agents.
    """
    load = offered_load(contacts, interval_s, aht_s)
    ranges.share_below_one("The service level", service_level)
    ranges.within(0, 1, "The abandonment allowed", max_abandon)
    ranges.within(0, 1, "The occupancy cap", max_occupancy)
    if load == 0:
        return 0

    def holds(agents: int) -> bool:
        measures = abandonment_measures(
            contacts,
            interval_s,
            aht_s,
            patience_s=patience_s,
            agents=agents,
            threshold_s=threshold_s,
        )
        return (
            measures.sl_offered >= service_level - 1e-12
            and measures.p_abandon <= max_abandon + 1e-12
            and measures.occupancy <= max_occupancy + 1e-12
        )

    enough = 1
    while not holds(enough):
        enough *= 2
    too_few = enough // 2
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        too_few, enough = (too_few, middle) if holds(middle) else (middle, enough)
    return enough

"""The agents each interval of a week needs, all intervals at once.

The same numbers as `erlang_c.agents_required` and `erlang_a.agents_required_with_patience` give one
by one, in numpy over the intervals: a week of 336 half-hours for five lines in well under 100 ms.
Contacts are an array of any length; agents come back as an array of the same length. The handling
time is one number, or one for each interval.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import ranges
from planning.impatience import LEVELS, MOST_WAITING, Level
from planning.workload import HALF_HOUR_S

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]
SAME = 1e-12
ROWS = 64  # intervals handled together: their arrays fit into a processor's cache


def _distinct(
    contacts: Floats, interval_s: float, aht_s: float | Floats
) -> tuple[Floats, Floats, Integers]:
    """Return the distinct pairs of load and handling time, the loads first, and whose is which."""
    contacts = np.asarray(contacts, dtype=np.float64)
    bad = ~np.isfinite(contacts) | (contacts < 0)
    if bad.any():
        at = int(bad.argmax())
        raise ValueError(
            f"The contacts of interval {at + 1} must be 0 or more, not {contacts[at]}."
        )
    ranges.positive("The interval in seconds", interval_s)
    times = np.broadcast_to(np.asarray(aht_s, dtype=np.float64), contacts.shape)
    if np.size(aht_s):
        ranges.positive("The handling time in seconds", float(np.min(aht_s)))
    # Complex numbers, since numpy sorts these as pairs and several times as fast as rows.
    pairs, where = np.unique(contacts * times / interval_s + 1j * times, return_inverse=True)
    return pairs.real, pairs.imag, where


def erlang_b_of(loads: Floats, agents: Integers) -> Floats:
    """Return B(A, n) for each pair of a load in Erlang and a number of agents."""
    blocked, left = np.ones_like(loads), np.empty_like(loads)
    order = np.argsort(agents, kind="stable")
    loads, sizes = loads[order], agents[order]
    # Sorted by agents, those still going are always the end of the array.
    begins = np.searchsorted(sizes, np.arange(1, sizes.max(initial=0) + 1))
    for n, begin in enumerate(begins, start=1):
        part = loads[begin:] * blocked[begin:]
        blocked[begin:] = part / (n + part)
    left[order] = blocked
    return left


def agents_by_interval(
    contacts: Floats,
    aht_s: float | Floats,
    *,
    service_level: float,
    threshold_s: float,
    max_occupancy: float = 1.0,
    interval_s: float = HALF_HOUR_S,
) -> Integers:
    """Return the fewest agents per interval under Erlang C and the occupancy cap.

    As `erlang_c.agents_required`: n > A, SL(T) >= `service_level`, A <= `max_occupancy`·n; no
    contacts need no agents.
    """
    distinct, times, where = _distinct(contacts, interval_s, aht_s)
    ranges.share_below_one("The service level", service_level)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    ranges.within(0, 1, "The occupancy cap", max_occupancy)
    agents = np.floor(distinct + 1e-9).astype(np.int64) + 1
    blocked = erlang_b_of(distinct, agents)
    open_ = distinct > 0
    while open_.any():
        n, load, b = agents[open_], distinct[open_], blocked[open_]
        p_wait = n * b / (n - load * (1 - b))
        reached = 1 - p_wait * np.exp(-(n - load) * threshold_s / times[open_])
        met = reached >= service_level - SAME
        at = np.flatnonzero(open_)
        open_[at[met]] = False
        more = at[~met]
        agents[more] += 1
        part = distinct[more] * blocked[more]
        blocked[more] = part / (agents[more] + part)
    capped = np.ceil(distinct / max_occupancy - 1e-9).astype(np.int64)
    found: Integers = np.where(distinct > 0, np.maximum(agents, capped), 0)[where]
    return found


def agents_by_interval_with_patience(
    contacts: Floats,
    aht_s: float | Floats,
    *,
    patience_s: float,
    service_level: float,
    threshold_s: float,
    max_occupancy: float = 1.0,
    level: Level = "offered",
    interval_s: float = HALF_HOUR_S,
) -> Integers:
    """Return the fewest agents per interval under Erlang A and the occupancy cap.

    As `erlang_a.agents_required_with_patience`: the service level of that name >= `service_level`,
    and A·(1 - P(abandon)) <= `max_occupancy`·n.
    """
    distinct, times, where = _distinct(contacts, interval_s, aht_s)
    ranges.positive("The patience in seconds", patience_s)
    if level not in LEVELS:
        raise ValueError(f"{level!r} is no service level; use {', '.join(LEVELS)}.")
    ranges.share_below_one("The service level", service_level)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    ranges.within(0, 1, "The occupancy cap", max_occupancy)
    working, patience_in_aht = distinct[distinct > 0], patience_s / times[distinct > 0]

    def holds(at: Integers, agents: Integers) -> NDArray[np.bool_]:
        load = working[at]
        reached, abandoned = experience(
            load, agents, patience_in_aht[at], threshold_s / patience_s, level
        )
        occupancy = load * (1 - abandoned) / agents
        held = (reached >= service_level - SAME) & (occupancy <= max_occupancy + SAME)
        return np.asarray(held, dtype=np.bool_)

    agents = np.zeros(len(distinct), dtype=np.int64)
    agents[distinct > 0] = _fewest(holds, working)
    found: Integers = agents[where]
    return found


def _fewest(holds: Callable[[Integers, Integers], NDArray[np.bool_]], loads: Floats) -> Integers:
    """Find for each load the fewest agents that hold: from the load itself up or down in doubling
    steps, then by halving. `holds` is told the places of the loads it is asked about."""
    start = np.maximum(1, np.ceil(loads).astype(np.int64))
    if not len(start):
        return start
    enough, too_few = start.copy(), start.copy()
    step = np.ones_like(start)
    good = holds(np.arange(len(loads)), start)
    going = np.ones(len(loads), dtype=bool)
    while going.any():
        at = np.flatnonzero(going)
        up = ~good[at]
        tried = np.where(up, enough[at] + step[at], np.maximum(0, too_few[at] - step[at]))
        known = tried == 0  # no agents never hold
        held = np.zeros(len(at), dtype=bool)
        if (~known).any():
            held[~known] = holds(at[~known], tried[~known])
        too_few[at] = np.where(up & ~held, tried, np.where(~up, tried, too_few[at]))
        enough[at] = np.where(up, tried, np.where(held, tried, enough[at]))
        going[at] = held == ~up
        step[at] *= 2
    # What was tried last on the way up holds, on the way down does not.
    while (wide := enough - too_few > 1).any():
        at = np.flatnonzero(wide)
        middle = (enough[at] + too_few[at]) // 2
        held = holds(at, middle)
        enough[at] = np.where(held, middle, enough[at])
        too_few[at] = np.where(held, too_few[at], middle)
    return enough


def experience(
    loads: Floats,
    agents: Integers,
    patience_in_aht: float | Floats,
    patiences: float,
    level: Level,
) -> tuple[Floats, Floats]:
    """Return for each pair of load and agents its service level, and the share that hangs up.

    As `impatience.waits`; `patiences` is the threshold over the patience.
    """
    alpha = agents * patience_in_aht
    arrivals = np.maximum(loads * patience_in_aht, np.finfo(np.float64).tiny)  # has a logarithm
    reached, abandoned = np.empty_like(loads), np.empty_like(loads)
    longest = _longest_queues(arrivals, alpha)
    blocked = erlang_b_of(loads, agents)
    order = np.argsort(longest, kind="stable")
    for at in np.array_split(order, max(1, len(order) // ROWS)):
        k = np.arange(1, int(longest[at].max()) + 2, dtype=np.float64)[None, :]
        a = alpha[at, None]
        waiting = _waiting(arrivals[at, None], a, k, blocked[at, None])
        served = waiting * (a / (a + k))
        left = (waiting - served).sum(axis=1)
        late = (served * _beyond(a + 1, k, patiences)).sum(axis=1)
        abandoned[at] = left
        in_time = np.maximum(0.0, 1 - left - late)
        if level == "offered":
            reached[at] = in_time
            continue
        beyond = (waiting * _beyond(a, k, patiences)).sum(axis=1) * np.exp(-patiences)
        soon = np.maximum(0.0, left - (beyond - late))
        reached[at] = {
            "excl_short_abandons": in_time / (1 - soon),
            "answered": in_time / (1 - left),
            "incl_short_abandons": in_time + soon,
        }[level]
    return reached, abandoned


def _waiting(arrivals: Floats, a: Floats, k: Floats, blocked: Floats) -> Floats:
    """Return P(all busy and k - 1 waiting), in logarithms relative to the largest."""
    waiting = np.zeros((len(a), k.shape[1]))
    np.cumsum(np.log(arrivals / (a + k[:, :-1])), axis=1, out=waiting[:, 1:])
    top = waiting.max(axis=1, keepdims=True)
    waiting = blocked * np.exp(waiting - top)
    total = (1 - blocked) * np.exp(-top) + waiting.sum(axis=1, keepdims=True)
    found: Floats = waiting / total
    return found


def _beyond(a: Floats, k: Floats, patiences: float) -> Floats:
    """Return I_x(a, k), x = exp(-patiences): x^a·Σ_{j < k} (a)_j (1 - x)^j / j!, summed along k."""
    if not patiences:
        return np.ones((len(a), k.shape[1]))
    terms = np.empty((len(a), k.shape[1]))
    terms[:, :1] = -patiences * a
    terms[:, 1:] = np.log(-np.expm1(-patiences) * (a + k[:, :-1] - 1) / k[:, :-1])
    found: Floats = np.cumsum(np.exp(np.cumsum(terms, axis=1)), axis=1)
    return found


def _longest_queues(arrivals: Floats, alpha: Floats) -> Integers:
    """Return queue lengths beyond which the chance is below 1e-14 of the largest."""
    spread = 8 * np.sqrt(arrivals + 20) + 20
    falls = np.log(alpha) - np.log(np.minimum(arrivals, alpha))
    tail = np.where(falls > 0, 33 / np.maximum(falls, 1e-9) + 5, np.inf)
    longest = np.maximum(0, arrivals - alpha) + np.minimum(spread, tail)
    if longest.max(initial=0) > MOST_WAITING:
        raise ValueError(
            "Millions of callers would wait at once: with that much patience use Erlang C."
        )
    found: Integers = longest.astype(np.int64)
    return found

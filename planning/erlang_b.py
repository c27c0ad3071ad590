"""Erlang B: who finds everybody busy is lost, as a call that meets a busy line.

Assumes Poisson arrivals at a steady rate; holds for any law of the handling times. Loads are in
Erlang. Stable to a load of 10,000 Erlang and 10,000 agents, in time proportional to the agents.

Sources: A. K. Erlang (1917); the recursion as in R. B. Cooper, Introduction to Queueing Theory.
"""

from planning import ranges

FINEST = 1e-14  # of a load, beyond which halving an interval gains nothing


def erlang_b(load: float, agents: int) -> float:
    """Return the chance that all `agents` are busy when nobody can wait.

    B(0) = 1, B(n) = A·B(n-1) / (n + A·B(n-1)): no factorials, so no overflow. Any `load` of 0 or
    more Erlang. Falls with the agents, rises with the load; insensitive to the handling-time law.
    """
    ranges.at_least(0, "The load in Erlang", load)
    ranges.whole("The number of agents", agents)
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def agents_for_blocking(load: float, max_blocking: float) -> int:
    """Return the fewest agents or lines n with B(A, n) <= `max_blocking`, above 0 and at most 1."""
    ranges.at_least(0, "The load in Erlang", load)
    ranges.within(0, 1, "The blocking allowed", max_blocking)
    blocked, agents = 1.0, 0
    while blocked > max_blocking * (1 + FINEST):
        agents += 1
        blocked = load * blocked / (agents + load * blocked)
    return agents


def largest_load(agents: int, max_blocking: float) -> float:
    """Return the largest load in Erlang that `agents` carry with B(A, n) <= `max_blocking`.

    Found by halving, since B rises with the load. `max_blocking` is above 0 and below 1: at 1 any
    load would do.
    """
    ranges.whole("The number of agents", agents)
    if not 0 < ranges.number("The blocking allowed", max_blocking) < 1:
        raise ValueError(f"The blocking allowed must be above 0 and below 1, not {max_blocking}.")
    if agents == 0:
        return 0.0
    low, high = 0.0, float(agents)
    while erlang_b(high, agents) < max_blocking:
        low, high = high, 2 * high
    while high - low > FINEST * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if erlang_b(middle, agents) <= max_blocking else (low, middle)
    return low

"""Erlang C: a queue whose callers never hang up.

Assumes Poisson arrivals at a steady rate, exponential handling times and endless patience, so it
overstates waiting where callers abandon (see `erlang_a`). Loads are in Erlang: contacts per
second times average handling time (AHT) in seconds. Stable to a load of 10,000 Erlang and 10,000
agents, in time proportional to the agents.

Sources: A. K. Erlang (1917); R. B. Cooper, Introduction to Queueing Theory.
"""

import math
from dataclasses import dataclass
from typing import Literal

from planning import ranges
from planning.erlang_b import erlang_b
from planning.workload import offered_load

Binding = Literal["service level", "occupancy", "both", "no work"]


def erlang_c(load: float, agents: int) -> float:
    """Return the chance to wait at all, C = n·B / (n - A·(1 - B)).

    Raises ValueError unless 0 <= load < agents: at or above that the queue grows without end, and
    the formula would still return a number, above 1.
    """
    blocked = erlang_b(load, agents)
    if load >= agents:
        raise ValueError(
            f"{agents} agents cannot carry {load:g} Erlang: the queue would grow without end. "
            f"At least {math.floor(load) + 1} agents are needed."
        )
    return _waiting(load, agents, blocked)


def _waiting(load: float, agents: int, blocked: float) -> float:
    return agents * blocked / (agents - load * (1 - blocked))


@dataclass(frozen=True)
class QueueMeasures:
    """What callers and agents experience with `agents` at `load` (Erlang C).

    Shares are between 0 and 1, times in seconds, `mean_queue` in contacts.
    """

    load: float
    agents: int
    aht_s: float
    threshold_s: float
    p_wait: float
    service_level: float
    asa_s: float
    mean_queue: float
    occupancy: float

    def wait_quantile(self, share: float) -> float:
        """Return the wait that `share` of all contacts do not exceed, those not waiting included.

        max(0, AHT·ln(C / (1 - q)) / (n - A)), for 0 <= q < 1.
        """
        ranges.share_below_one("The share of contacts", share)
        if self.p_wait <= 1 - share:
            return 0.0
        return self.aht_s * math.log(self.p_wait / (1 - share)) / (self.agents - self.load)


def queue_measures(
    contacts: float, interval_s: float, aht_s: float, *, agents: int, threshold_s: float
) -> QueueMeasures:
    """Return the measures of an Erlang C queue.

    SL(T) = 1 - C·exp(-(n - A)·T / AHT); mean wait (ASA) = C·AHT / (n - A); mean queue = λ·ASA;
    occupancy = A / n. Raises ValueError where `agents` cannot carry the load.
    """
    load = offered_load(contacts, interval_s, aht_s)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    p_wait = erlang_c(load, agents)
    asa_s = p_wait * aht_s / (agents - load)
    return QueueMeasures(
        load=load,
        agents=agents,
        aht_s=aht_s,
        threshold_s=threshold_s,
        p_wait=p_wait,
        service_level=_service_level(load, agents, p_wait, threshold_s / aht_s),
        asa_s=asa_s,
        mean_queue=load / aht_s * asa_s,
        occupancy=load / agents,
    )


def _service_level(load: float, agents: int, p_wait: float, threshold_in_aht: float) -> float:
    return 1 - p_wait * math.exp(-(agents - load) * threshold_in_aht)


@dataclass(frozen=True)
class Requirement:
    """The agents a queue needs, what each target alone would ask for, and which one binds."""

    load: float
    by_service_level: int
    by_occupancy: int
    agents: int
    binds: Binding


def agents_required(
    contacts: float,
    interval_s: float,
    aht_s: float,
    *,
    service_level: float,
    threshold_s: float,
    max_occupancy: float = 1.0,
) -> Requirement:
    """Return the fewest agents n > A with SL(T) >= `service_level` and A <= `max_occupancy`·n.

    `service_level` is 0 or more and below 1 (with endless patience nobody can promise all),
    `max_occupancy` above 0 and at most 1. No contacts need no agents.
    """
    load = offered_load(contacts, interval_s, aht_s)
    ranges.share_below_one("The service level", service_level)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    ranges.within(0, 1, "The occupancy cap", max_occupancy)
    if load == 0:
        return Requirement(0.0, 0, 0, 0, "no work")
    by_service_level = _agents_by_service_level(load, service_level, threshold_s / aht_s)
    by_occupancy = ranges.ceiling(load / max_occupancy)
    return Requirement(
        load=load,
        by_service_level=by_service_level,
        by_occupancy=by_occupancy,
        agents=max(by_service_level, by_occupancy),
        binds=_binding(by_service_level, by_occupancy),
    )


def _agents_by_service_level(load: float, target: float, threshold_in_aht: float) -> int:
    """Walk up from floor(A) + 1, the first stable number, carrying Erlang B along.

    Starting at round(A + 1), as some libraries do, overstaffs small queues.
    """
    n = math.floor(load + 1e-9) + 1
    blocked = erlang_b(load, n)
    while True:
        p_wait = _waiting(load, n, blocked)
        if _service_level(load, n, p_wait, threshold_in_aht) >= target - 1e-12:
            return n
        n += 1
        blocked = load * blocked / (n + load * blocked)


def _binding(by_service_level: int, by_occupancy: int) -> Binding:
    if by_service_level == by_occupancy:
        return "both"
    return "service level" if by_service_level > by_occupancy else "occupancy"

"""What a plan is worth when the volume is not the one forecast.

Formulas take the rate of arrivals as known. Real rates vary more than chance does, and service
falls faster above the forecast than it rises below. So a plan's service level is the mean over
what may come: with a rate that varies by 6 %, agents that promise 82 % at 100 Erlang deliver 66 %.
"""

import numpy as np
from scipy.special import gammaincinv

from planning import ranges
from planning.impatience import Level
from planning.intervals import Floats, erlang_b_of, experience
from planning.workload import HALF_HOUR_S, offered_load

POINTS = 400  # rates of equal chance, in place of the gamma law


def possible_loads(load: float, cv: float) -> Floats:
    """Return loads of equal chance: of a gamma law with that mean and coefficient of variation."""
    ranges.positive("The load in Erlang", load)
    ranges.at_least(0, "The variation", cv)
    if cv < 1e-6:
        return np.array([load])
    shares = (np.arange(POINTS) + 0.5) / POINTS
    relative: Floats = gammaincinv(1 / cv**2, shares)
    return load * (relative / relative.mean())


def expected_service_level(
    contacts: float,
    aht_s: float,
    *,
    cv: float,
    agents: int,
    threshold_s: float,
    patience_s: float | None = None,
    level: Level = "offered",
    interval_s: float = HALF_HOUR_S,
) -> float:
    """Return the service level to expect of `agents` when the rate is gamma with that `cv`.

    Under Erlang C, or under Erlang A where the patience is known. An Erlang C queue that is offered
    more than its agents can do answers nobody in time.
    """
    ranges.whole("The number of agents", agents, least=1)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    loads = possible_loads(offered_load(contacts, interval_s, aht_s), cv)
    sizes = np.full(len(loads), agents)
    if patience_s is not None:
        ranges.positive("The patience in seconds", patience_s)
        reached, _left = experience(
            loads, sizes, patience_s / aht_s, threshold_s / patience_s, level
        )
        return float(reached.mean())
    carried = loads < agents
    blocked = erlang_b_of(loads, sizes)
    waits = sizes * blocked / np.where(carried, sizes - loads * (1 - blocked), 1.0)
    reached = 1 - waits * np.exp(-(sizes - loads) * threshold_s / aht_s)
    return float(np.where(carried, reached, 0.0).mean())

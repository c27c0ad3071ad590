"""Erlang A: a queue whose callers hang up after an exponential patience (Palm 1943).

Always stable, since a long queue drives callers away. `patience_s` is the mean time a caller would
wait, to be estimated with served callers as censored: all waiting time / abandoned calls. The mean
wait of those who abandoned is not it (far too low).

Sources: Garnett, Mandelbaum and Reiman, MSOM 4(3) 2002, 208-227; Mandelbaum and Zeltyn, "The
Palm/Erlang-A queue" (2005); Zeltyn and Mandelbaum, Queueing Systems 51 (2005), 361-402.
"""

from dataclasses import asdict, dataclass

import numpy as np

from planning import ranges
from planning.erlang_b import erlang_b
from planning.impatience import Array, Level, Waits, log_queue, waits
from planning.workload import offered_load


@dataclass(frozen=True)
class AbandonmentMeasures(Waits):
    """What callers and agents experience when callers hang up: the waits, and the agents' load."""

    load: float
    agents: int
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

    alpha = n·μ/θ. Needs 1 agent or more, contacts and patience above 0.
    """
    load = offered_load(ranges.positive("The number of contacts", contacts), interval_s, aht_s)
    ranges.whole("The number of agents", agents, least=1)
    ranges.positive("The patience in seconds", patience_s)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    alpha = agents * patience_s / aht_s
    waiting = _waiting_chances(load, agents, load * patience_s / aht_s, alpha)
    found = waits(waiting, alpha, patience_s=patience_s, threshold_s=threshold_s)
    return AbandonmentMeasures(
        **asdict(found),
        load=load,
        agents=agents,
        occupancy=load * (1 - found.p_abandon) / agents,
    )


def _waiting_chances(load: float, agents: int, arrivals: float, alpha: float) -> Array:
    """Return P(all busy and k waiting), k = 0, 1, …

    Below n agents busy, the weights relative to q_0 sum to 1/B - 1.
    """
    log_q = log_queue(arrivals, alpha)
    top = log_q.max()
    blocked = erlang_b(load, agents)
    weights = blocked * np.exp(log_q - top)
    chances: Array = weights / ((1 - blocked) * np.exp(-top) + weights.sum())
    return chances


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
    level: Level = "offered",
) -> int:
    """Return the fewest agents with the service level of that name at least `service_level`.

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
            measures.level(level) >= service_level - 1e-12
            and measures.p_abandon <= max_abandon + 1e-12
            and measures.occupancy <= max_occupancy + 1e-12
        )

    return ranges.fewest(holds)

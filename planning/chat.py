"""Chat: agents hold several contacts at once, each slower the more there are.

One of k chats of an agent takes h(k) = h1·(1 + s·(k - 1)). i chats are spread as evenly as
possible over n agents, so that all together finish at a rate that depends on i; a queue forms
only when all n·K slots are full, and callers waiting in it hang up after an exponential patience.
With s = 0 the slots are independent, with K = 1 it is Erlang A. With s = 1 a second chat gains
nothing: k/h(k) tends to 1/(s·h1).

Even spreading also after departures is an assumption, and real callers often leave silently.
Sources: Luo and Zhang, Operations Research 61 (2013); Tezcan and Zhang, Operations Research 62
(2014); birth and death chain.
"""

from dataclasses import asdict, dataclass

import numpy as np

from planning import ranges
from planning.impatience import Array, Waits, log_queue, waits


@dataclass(frozen=True)
class ChatMeasures(Waits):
    """The waits, and what agents do meanwhile.

    `mean_concurrency_busy` is chats per agent who has any, `busy_agents` the share of agents who
    have any, `effective_aht_s` the time a chat takes once answered.
    """

    agents: int
    mean_chats: float
    mean_concurrency_busy: float
    busy_agents: float
    effective_aht_s: float


def handling_s(aht_single_s: float, slowdown: float, chats: int) -> float:
    """Return how long one of `chats` of an agent takes, h(k) = h1·(1 + s·(k - 1)), in seconds."""
    ranges.positive("The handling time of a chat alone", aht_single_s)
    ranges.at_least(0, "The slowdown", slowdown)
    return aht_single_s * (1 + slowdown * (ranges.whole("The chats", chats, least=1) - 1))


def chat_measures(
    arrivals_per_s: float,
    aht_single_s: float,
    *,
    slowdown: float,
    agents: int,
    max_concurrency: int,
    patience_s: float,
    threshold_s: float,
) -> ChatMeasures:
    """Return the measures of a chat queue, exactly under the assumptions above.

    `slowdown` is the share by which each further chat makes all slower; 1 agent or more, each
    holding 1 to `max_concurrency` chats. Raises ValueError for impossible input.
    """
    ranges.positive("The arrivals in a second", arrivals_per_s)
    ranges.whole("The number of agents", agents, least=1)
    ranges.whole("The chats at once", max_concurrency, least=1)
    ranges.positive("The patience in seconds", patience_s)
    ranges.at_least(0, "The threshold in seconds", threshold_s)
    by_chats = [handling_s(aht_single_s, slowdown, k) for k in range(1, max_concurrency + 1)]
    rates = _rates(agents, np.array(by_chats))
    alpha = float(rates[-1]) * patience_s
    below, waiting = _chances(arrivals_per_s, rates, alpha, patience_s)
    found = waits(waiting, alpha, patience_s=patience_s, threshold_s=threshold_s)
    chats = np.arange(len(below))
    full = found.p_wait * len(below)
    mean_chats = float(below @ chats) + full
    busy = float(below @ np.minimum(chats, agents)) + found.p_wait * agents
    return ChatMeasures(
        **asdict(found),
        agents=agents,
        mean_chats=mean_chats,
        mean_concurrency_busy=mean_chats / busy,
        busy_agents=busy / agents,
        effective_aht_s=mean_chats / (arrivals_per_s * (1 - found.p_abandon)),
    )


def _rates(agents: int, by_chats: Array) -> Array:
    """Return how fast all together finish, for 1 to n·K chats.

    Of i chats each agent has ⌊i/n⌋, and i mod n agents one more.
    """
    finishes = np.concatenate([[0.0], np.arange(1, len(by_chats) + 1) / by_chats])
    each, more = np.divmod(np.arange(1, agents * len(by_chats) + 1), agents)
    further = np.minimum(each + 1, len(by_chats))  # where every agent is full, nobody has one more
    rates: Array = (agents - more) * finishes[each] + more * finishes[further]
    return rates


def _chances(
    arrivals_per_s: float, rates: Array, alpha: float, patience_s: float
) -> tuple[Array, Array]:
    """Return P(i chats and no queue) for i below n·K, and P(all full and k waiting)."""
    log_below = np.concatenate([[0.0], np.cumsum(np.log(arrivals_per_s) - np.log(rates))])
    log_waiting = log_below[-1] + log_queue(arrivals_per_s * patience_s, alpha)
    top = max(log_below.max(), log_waiting.max())
    below, waiting = np.exp(log_below[:-1] - top), np.exp(log_waiting - top)
    total = below.sum() + waiting.sum()
    return below / total, waiting / total


def chat_agents_required(
    arrivals_per_s: float,
    aht_single_s: float,
    *,
    slowdown: float,
    max_concurrency: int,
    patience_s: float,
    threshold_s: float,
    service_level: float,
    max_abandon: float = 1.0,
) -> int:
    """Return the fewest agents that answer `service_level` of all offered within T.

    Also at most `max_abandon` abandoned. Both get better with more agents, so the number is
    found by doubling and halving. No arrivals need no agents.
    """
    if ranges.at_least(0, "The arrivals in a second", arrivals_per_s) == 0:
        return 0
    ranges.share_below_one("The service level", service_level)
    ranges.within(0, 1, "The abandonment allowed", max_abandon)

    def holds(agents: int) -> bool:
        measures = chat_measures(
            arrivals_per_s,
            aht_single_s,
            slowdown=slowdown,
            agents=agents,
            max_concurrency=max_concurrency,
            patience_s=patience_s,
            threshold_s=threshold_s,
        )
        return (
            measures.sl_offered >= service_level - 1e-12
            and measures.p_abandon <= max_abandon + 1e-12
        )

    return ranges.fewest(holds)

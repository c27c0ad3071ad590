"""Pooling: how many agents one team saves over several that do the same work apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.erlang_c import agents_required
from planning.workload import HALF_HOUR_S


@dataclass(frozen=True)
class Pooling:
    """Agents apart, one number a queue, and together; `gain` is what pooling saves."""

    apart: tuple[int, ...]
    together: int
    load: float
    aht_s: float

    @property
    def gain(self) -> int:
        return sum(self.apart) - self.together


def pooling(
    queues: Sequence[tuple[float, float]],
    *,
    service_level: float,
    threshold_s: float,
    max_occupancy: float = 1.0,
    interval_s: float = HALF_HOUR_S,
) -> Pooling:
    """Compare agents for queues apart with agents who take all of them (Erlang C).

    `queues` are (contacts in the interval, handling time in s); together they are one queue of
    all contacts, with the mean handling time weighted by contacts. Two equal queues of load A
    need about √2 times the reserve of one of 2A. Says nothing of what it costs to train everybody
    for everything, nor of the slower work of who does many things. Raises ValueError for no queue.
    """
    if not queues:
        raise ValueError("There is nothing to pool.")

    def needed(contacts: float, aht_s: float) -> int:
        return agents_required(
            contacts,
            interval_s,
            aht_s,
            service_level=service_level,
            threshold_s=threshold_s,
            max_occupancy=max_occupancy,
        ).agents

    apart = tuple(needed(contacts, aht_s) for contacts, aht_s in queues)
    contacts = sum(each for each, _aht_s in queues)
    work_s = sum(each * aht_s for each, aht_s in queues)
    mean_aht_s = work_s / contacts if contacts else queues[0][1]
    return Pooling(apart, needed(contacts, mean_aht_s), work_s / interval_s, mean_aht_s)

"""Sharing out whole people by work or by share: the method of Sainte-Laguë, also named Webster's.

Each further person goes where work / (2·given + 1) is largest. Who gets more work never gets fewer
people, and one person more takes nobody away from anybody.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import ranges

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]


def apportion(workload: Mapping[str, float], agents: int, *, minimum: int = 0) -> dict[str, int]:
    """Share out agents over channels by their work (Sainte-Laguë), whole people only.

    Work is volume · AHT / concurrency in any one unit. Each channel with work gets `minimum`
    first; then each further agent goes where work / (2·agents + 1) is largest (ties: more work,
    then the name). More work never gets a channel fewer.
    """
    ranges.whole("The number of agents", agents)
    ranges.whole("The minimum for a channel", minimum)
    active = {
        name: work
        for name, work in workload.items()
        if ranges.at_least(0, f"The work of {name}", work) > 0
    }
    if minimum * len(active) > agents:
        raise ValueError(
            f"{agents} agents cannot give {len(active)} channels at least {minimum} each."
        )
    order = sorted(active, key=lambda name: (-active[name], name))
    weights = np.array([[active[name]] for name in order])
    found = shared_out(weights, np.array([agents if order else 0]), minimum=minimum)
    given = dict(zip(order, found.ravel().tolist(), strict=True))
    return {name: given.get(name, 0) for name in workload}


def shared_out(weights: Floats, totals: Integers, *, minimum: int = 0) -> Integers:
    """Share out each column's total over the rows by their weights; ties go to the row above.

    `weights` has a row for each who gets some and a column for each total, all 0 or more. A column
    without any weight shares out nothing. Sums down the columns are the totals.
    """
    sums = weights.sum(axis=0)
    wanted = np.where(sums > 0, totals, 0)
    parts = weights / np.where(sums > 0, sums, 1)
    given = np.full(weights.shape, minimum, dtype=np.int64)
    if not minimum:
        # So many each gets for certain: rounding x to the nearest adds half of a person at most.
        sure = np.floor(parts * np.maximum(0, wanted - len(weights) / 2) + 0.5)
        given = np.where(wanted > 0, np.where(parts > 0, sure, 0), 0).astype(np.int64)
    while (short := np.flatnonzero(given.sum(axis=0) < wanted)).size:
        first = np.argmax(weights[:, short] / (2 * given[:, short] + 1), axis=0)
        given[first, short] += 1
    return given

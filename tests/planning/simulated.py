"""Queues played out contact by contact, to hold formulas against: they share no line of code."""

import heapq

import numpy as np

BATCHES = 40


def impatient_queue(rng, *, arrivals_per_s, aht_s, patience_s, agents, threshold_s, contacts):
    """Serve first come, first served; who waits longer than their patience leaves.

    Return, for each contact, whether it waited, left, and was answered within the threshold, and
    how long it waited.
    """
    arrives = np.cumsum(rng.exponential(1 / arrivals_per_s, contacts))
    takes = rng.exponential(aht_s, contacts)
    bears = rng.exponential(patience_s, contacts)
    free_at = [0.0] * agents
    waits = np.empty(contacts)
    leaves = np.zeros(contacts, dtype=bool)
    for number, at in enumerate(arrives):
        wait = max(0.0, free_at[0] - at)
        leaves[number] = wait > bears[number]
        waits[number] = min(wait, bears[number])
        if not leaves[number]:
            heapq.heapreplace(free_at, at + wait + takes[number])
    return waits > 0, leaves, ~leaves & (waits <= threshold_s), waits


def evenly_spread_chats(rng, *, arrivals_per_s, h1, slowdown, agents, most, patience_s, jumps):
    """Jump from state to state of the chat model; return time in each number of chats."""

    def rate(chats):
        each, more = divmod(min(chats, agents * most), agents)
        held = [each + 1] * more + [each] * (agents - more)
        return sum(k / (h1 * (1 + slowdown * (k - 1))) for k in held if k)

    full, chats = agents * most, 0
    spent = np.zeros((BATCHES, 4 * full))
    draws = rng.random(jumps)
    for number, draw in enumerate(draws):
        arrival, service = arrivals_per_s, rate(chats)
        hang_up = max(0, chats - full) / patience_s
        total = arrival + service + hang_up
        spent[number * BATCHES // jumps, chats] += 1 / total  # the mean stay, for less noise
        chats += 1 if draw < arrival / total else -1
    return spent


def within_its_error(of_batches, expected, errors=4):
    """Say whether a mean over batches is as expected, within so many standard errors."""
    batches = np.asarray(list(of_batches), dtype=float)
    error = batches.std(ddof=1) / np.sqrt(len(batches))
    return abs(batches.mean() - expected) <= errors * error


def batches(values):
    return map(np.mean, np.array_split(np.asarray(values, float), BATCHES))

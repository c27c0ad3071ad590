"""Erlang A and the chat model against queues played out contact by contact."""

import numpy as np
import pytest

from planning.chat import chat_measures
from planning.erlang_a import abandonment_measures
from tests.planning.simulated import (
    batches,
    evenly_spread_chats,
    impatient_queue,
    within_its_error,
)


@pytest.mark.parametrize(
    ("contacts_per_s", "agents", "patience_s"), [(0.1, 20, 120), (0.1, 17, 60), (0.02, 3, 300)]
)
def test_erlang_a_agrees_with_a_queue_played_out(contacts_per_s, agents, patience_s):
    known = {"patience_s": patience_s, "agents": agents, "threshold_s": 20}
    expected = abandonment_measures(contacts_per_s, 1, 180, **known)
    rng = np.random.default_rng(agents)

    waited, left, in_time, waits = impatient_queue(
        rng, arrivals_per_s=contacts_per_s, aht_s=180, contacts=80_000, **known
    )

    assert within_its_error(batches(waited), expected.p_wait)
    assert within_its_error(batches(left), expected.p_abandon)
    assert within_its_error(batches(in_time), expected.sl_offered)
    assert within_its_error(batches(waits), expected.asa_all_s)


def test_the_chat_model_agrees_with_its_states_played_out():
    site = {"agents": 4, "patience_s": 120.0}
    expected = chat_measures(0.03, 300.0, slowdown=0.3, max_concurrency=3, threshold_s=0, **site)

    spent = evenly_spread_chats(
        np.random.default_rng(7),
        arrivals_per_s=0.03,
        h1=300.0,
        slowdown=0.3,
        most=3,
        jumps=120_000,
        **site,
    )

    shares = spent / spent.sum(axis=1, keepdims=True)
    chats = np.arange(spent.shape[1])
    assert within_its_error(shares[:, 12:].sum(axis=1), expected.p_wait)
    assert within_its_error(shares @ np.minimum(chats, 12), expected.mean_chats)
    assert within_its_error(shares @ np.maximum(chats - 12, 0), expected.mean_queue)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.apportionment import apportion, shared_out


@pytest.mark.parametrize(
    ("workload", "agents", "minimum", "shares"),
    [
        ({"phone": 50, "chat": 50, "email": 50}, 10, 0, {"phone": 3, "chat": 4, "email": 3}),
        ({"phone": 1000, "chat": 10}, 12, 1, {"phone": 11, "chat": 1}),
        ({"email": 400, "phone": 100, "chat": 0}, 9, 1, {"email": 7, "phone": 2, "chat": 0}),
        ({"phone": 0}, 5, 0, {"phone": 0}),
        ({}, 5, 0, {}),
    ],
)
def test_agents_are_shared_by_work(workload, agents, minimum, shares):
    assert apportion(workload, agents, minimum=minimum) == shares


def test_too_few_agents_for_every_channel_is_refused():
    with pytest.raises(ValueError, match="2 agents cannot give 3 channels at least 1 each"):
        apportion({"a": 1, "b": 1, "c": 1}, 2, minimum=1)


def one_by_one(weights, total):
    """Give each person singly to where weight / (2·given + 1) is largest, as it reads."""
    given = [0] * len(weights)
    for _ in range(total):
        first = max(range(len(weights)), key=lambda at: (weights[at] / (2 * given[at] + 1), -at))
        given[first] += 1
    return given


@given(
    columns=st.lists(
        st.tuples(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(0, 80)),
        min_size=1,
        max_size=5,
    )
)
def test_many_totals_at_once_are_shared_as_one_by_one(columns):
    weights = np.array([weights for weights, _ in columns], dtype=float).T
    totals = np.array([total for _, total in columns])

    found = shared_out(weights, totals)

    expected = [one_by_one(each, total if any(each) else 0) for each, total in columns]
    assert found.T.tolist() == expected


@given(
    work=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=6),
    agents=st.integers(0, 500),
    more=st.floats(1, 3),
)
def test_more_work_or_one_person_more_never_takes_anybody_away(work, agents, more):
    names = [str(number) for number in range(len(work))]
    before = apportion(dict(zip(names, work, strict=True)), agents)

    busier = apportion(dict(zip(names, [work[0] * more, *work[1:]], strict=True)), agents)
    larger = apportion(dict(zip(names, work, strict=True)), agents + 1)

    assert busier["0"] >= before["0"]
    assert all(larger[name] >= before[name] for name in names)
    assert sum(before.values()) == agents

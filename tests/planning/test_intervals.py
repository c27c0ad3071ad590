import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.erlang_a import agents_required_with_patience
from planning.erlang_b import erlang_b
from planning.erlang_c import agents_required
from planning.impatience import LEVELS
from planning.intervals import agents_by_interval, agents_by_interval_with_patience, erlang_b_of

weeks = st.lists(st.floats(0, 400), min_size=1, max_size=12)
aims = st.fixed_dictionaries(
    {
        "service_level": st.floats(0, 0.98),
        "threshold_s": st.floats(0, 120),
        "max_occupancy": st.floats(0.5, 1),
    }
)
handling = st.floats(30, 900)


@given(week=weeks, aht_s=handling, aims=aims)
def test_every_interval_gets_what_it_would_get_alone(week, aht_s, aims):
    together = agents_by_interval(np.array(week), aht_s, **aims)

    assert list(together) == [agents_required(each, 1800, aht_s, **aims).agents for each in week]


@given(
    week=weeks,
    aht_s=handling,
    aims=aims,
    patience_s=st.floats(5, 1800),
    level=st.sampled_from(list(LEVELS)),
)
def test_so_it_does_where_callers_hang_up(week, aht_s, aims, patience_s, level):
    aims = {**aims, "level": level}
    together = agents_by_interval_with_patience(
        np.array(week), aht_s, patience_s=patience_s, **aims
    )

    assert list(together) == [
        agents_required_with_patience(each, 1800, aht_s, patience_s=patience_s, **aims)
        for each in week
    ]


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(0, 200)), min_size=1, max_size=12))
def test_erlang_b_of_many_is_that_of_each(pairs):
    loads, agents = (np.array(each) for each in zip(*pairs, strict=True))

    found = erlang_b_of(loads.astype(float), agents)

    assert found == pytest.approx([erlang_b(load, n) for load, n in pairs], rel=1e-12)


def test_ten_thousand_erlang_are_no_trouble():
    contacts = np.full(48, 10_000.0)
    aims = {"service_level": 0.8, "threshold_s": 20}

    assert set(agents_by_interval(contacts, 1800, **aims)) == {10_065}
    assert set(agents_by_interval_with_patience(contacts[:1], 1800, patience_s=300, **aims)) == {
        9_582
    }


def test_no_intervals_need_nobody():
    aims = {"service_level": 0.8, "threshold_s": 20}

    assert not len(agents_by_interval(np.array([]), 180, **aims))
    assert list(agents_by_interval_with_patience(np.zeros(2), 180, patience_s=60, **aims)) == [0, 0]


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_an_impossible_interval_is_named_by_its_number(bad):
    with pytest.raises(ValueError, match="interval 2 must be 0 or more"):
        agents_by_interval(np.array([1, bad]), 180, service_level=0.8, threshold_s=20)


@given(
    week=st.lists(st.tuples(st.floats(0, 200), st.floats(30, 900)), min_size=1, max_size=12),
    patience_s=st.floats(20, 600),
)
def test_each_interval_may_have_a_handling_time_of_its_own(week, patience_s):
    contacts, handling = (np.array(each) for each in zip(*week, strict=True))
    aims = {"service_level": 0.8, "threshold_s": 20, "max_occupancy": 0.85}

    plain = agents_by_interval(contacts, handling, **aims)
    patient = agents_by_interval_with_patience(contacts, handling, patience_s=patience_s, **aims)

    for at, (count, aht_s) in enumerate(week):
        alone = np.array([count])
        one = agents_by_interval_with_patience(alone, aht_s, patience_s=patience_s, **aims)
        assert plain[at] == agents_by_interval(alone, aht_s, **aims)[0]
        assert patient[at] == one[0]


def test_the_smallest_load_there_is_needs_one_agent():
    found = agents_by_interval_with_patience(
        np.array([5e-324]), 1800, patience_s=10, service_level=0.8, threshold_s=20
    )

    assert found.tolist() == [1]

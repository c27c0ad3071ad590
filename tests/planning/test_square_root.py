import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.erlang_a import abandonment_measures
from planning.erlang_c import erlang_c
from planning.square_root import with_abandonment, without_abandonment


def test_the_published_approximation():
    rule = without_abandonment(100, 1)

    assert (rule.agents, rule.beta) == (110, 1)
    assert rule.p_wait == pytest.approx(0.223361274798261, rel=1e-12)


def test_patience_of_one_contact_at_the_load_lets_every_second_caller_wait():
    rule = with_abandonment(100, 0, patience_in_aht=1)

    assert (rule.agents, rule.p_wait) == (100, pytest.approx(0.5))
    assert rule.p_abandon == pytest.approx(0.0398942280401433, rel=1e-12)


@given(load=st.floats(200, 5000), beta=st.floats(0.2, 2))
def test_it_is_near_the_exact_value_for_many_agents(load, beta):
    rule = without_abandonment(load, beta)

    assert rule.p_wait == pytest.approx(erlang_c(load, rule.agents), abs=0.02)


@given(load=st.floats(200, 2000), beta=st.floats(-1, 2), patience=st.floats(0.3, 3))
def test_so_it_is_where_callers_hang_up(load, beta, patience):
    rule = with_abandonment(load, beta, patience_in_aht=patience)
    exact = abandonment_measures(load, 1, 1, patience_s=patience, agents=rule.agents, threshold_s=0)

    assert rule.p_wait == pytest.approx(exact.p_wait, abs=0.04)
    assert rule.p_abandon == pytest.approx(exact.p_abandon, abs=0.01)


@given(load=st.floats(1, 1000), beta=st.floats(0.1, 3))
def test_four_times_the_load_needs_twice_the_reserve(load, beta):
    small, large = without_abandonment(load, beta), without_abandonment(4 * load, beta)

    assert large.agents - 4 * load <= 2 * (small.agents - load) + 1
    assert small.agents == math.ceil(load + beta * math.sqrt(load) - 1e-9)


def test_far_below_the_load_nobody_is_left():
    with pytest.raises(ValueError, match="leaves no agents for 4 Erlang"):
        with_abandonment(4, -2, patience_in_aht=1)
    with pytest.raises(ValueError, match="Beta must be above 0"):
        without_abandonment(4, 0)

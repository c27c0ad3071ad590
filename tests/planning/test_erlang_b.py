import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.erlang_b import agents_for_blocking, erlang_b, largest_load


@pytest.mark.parametrize(("load", "blocked", "agents"), [(20, 0.01, 30), (48, 0.02, 59), (0, 1, 0)])
def test_agents_for_a_blocking_are_the_published_number(load, blocked, agents):
    assert agents_for_blocking(load, blocked) == agents


@pytest.mark.parametrize(("agents", "load"), [(10, 4.461), (15, 8.108), (50, 37.90), (100, 84.06)])
def test_the_largest_load_at_one_per_cent_is_that_of_the_tables(agents, load):
    assert largest_load(agents, 0.01) == pytest.approx(load, abs=0.005)


@given(load=st.floats(0.01, 500), blocked=st.floats(0.0001, 0.99))
def test_agents_for_a_blocking_are_enough_and_one_fewer_is_not(load, blocked):
    agents = agents_for_blocking(load, blocked)

    assert erlang_b(load, agents) <= blocked * (1 + 1e-9)
    assert agents == 0 or erlang_b(load, agents - 1) > blocked


@given(agents=st.integers(1, 400), blocked=st.floats(0.0001, 0.99))
def test_the_largest_load_blocks_just_so_many(agents, blocked):
    assert erlang_b(largest_load(agents, blocked), agents) == pytest.approx(blocked, rel=1e-9)


def test_impossible_blocking_is_named():
    with pytest.raises(ValueError, match="blocking allowed must be above 0 and below 1"):
        largest_load(10, 1)
    with pytest.raises(ValueError, match="blocking allowed must be above 0"):
        agents_for_blocking(10, 0)

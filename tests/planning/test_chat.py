import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.chat import chat_agents_required, chat_measures, handling_s
from planning.erlang_a import abandonment_measures
from planning.erlang_b import erlang_b

arrivals = st.floats(0.001, 0.5)
agents = st.integers(1, 30)


def measured(arrivals_per_s=0.05, h1=400.0, **changed):
    known = {"slowdown": 0.3, "agents": 10, "max_concurrency": 3, "patience_s": 120.0}
    return chat_measures(arrivals_per_s, h1, threshold_s=30, **known | changed)


@given(arrivals_per_s=arrivals, agents=agents, patience_s=st.floats(10, 1800))
def test_one_chat_at_a_time_is_erlang_a(arrivals_per_s, agents, patience_s):
    chat = measured(arrivals_per_s, agents=agents, max_concurrency=1, patience_s=patience_s)
    phone = abandonment_measures(
        arrivals_per_s, 1, 400.0, patience_s=patience_s, agents=agents, threshold_s=30
    )

    assert chat.p_wait == pytest.approx(phone.p_wait, rel=1e-9, abs=1e-12)
    assert chat.sl_offered == pytest.approx(phone.sl_offered, rel=1e-9, abs=1e-12)
    assert chat.busy_agents == pytest.approx(phone.occupancy, rel=1e-9)
    assert chat.effective_aht_s == pytest.approx(400)


@given(arrivals_per_s=arrivals, agents=agents, most=st.integers(1, 5))
def test_without_slowdown_the_slots_are_independent(arrivals_per_s, agents, most):
    chat = measured(arrivals_per_s, slowdown=0.0, agents=agents, max_concurrency=most)
    slots = abandonment_measures(
        arrivals_per_s, 1, 400.0, patience_s=120.0, agents=agents * most, threshold_s=30
    )

    assert chat.p_abandon == pytest.approx(slots.p_abandon, rel=1e-9, abs=1e-12)


@given(arrivals_per_s=arrivals, agents=agents, slowdown=st.floats(0, 2))
def test_who_leaves_is_the_mean_wait_over_the_patience(arrivals_per_s, agents, slowdown):
    chat = measured(arrivals_per_s, agents=agents, slowdown=slowdown)

    assert chat.p_abandon == pytest.approx(chat.mean_queue / arrivals_per_s / 120, rel=1e-6)
    assert 0 <= chat.sl_offered <= chat.sl_incl_short_abandons <= 1 + 1e-12
    assert 1 - 1e-12 <= chat.mean_concurrency_busy <= 3 + 1e-12


@given(arrivals_per_s=arrivals, agents=agents, slowdown=st.floats(0, 1), more=st.floats(0.01, 1))
def test_a_greater_slowdown_never_loses_fewer(arrivals_per_s, agents, slowdown, more):
    quick = measured(arrivals_per_s, agents=agents, slowdown=slowdown)
    slow = measured(arrivals_per_s, agents=agents, slowdown=slowdown + more)

    assert slow.p_abandon >= quick.p_abandon - 1e-12


@given(arrivals_per_s=arrivals, agents=agents)
def test_one_agent_more_never_loses_more(arrivals_per_s, agents):
    fewer, more = (measured(arrivals_per_s, agents=each) for each in (agents, agents + 1))

    assert more.p_abandon <= fewer.p_abandon + 1e-12


def test_a_second_chat_gains_nothing_where_it_takes_twice_as_long():
    assert [2 / handling_s(300, 1, 2), 1 / handling_s(300, 1, 1)] == pytest.approx([1 / 300] * 2)


def test_impatient_chats_are_lost_as_by_erlang_b():
    chat = measured(slowdown=0.0, agents=4, max_concurrency=2, patience_s=1e-3)
    assert chat.p_abandon == pytest.approx(erlang_b(20.0, 8), rel=1e-3)


@given(st.floats(0.001, 0.3), st.floats(0.5, 0.98))
def test_agents_required_are_enough_and_one_fewer_is_not(arrivals_per_s, target):
    found = chat_agents_required(
        arrivals_per_s,
        400.0,
        slowdown=0.3,
        max_concurrency=3,
        patience_s=120.0,
        threshold_s=30,
        service_level=target,
    )

    assert measured(arrivals_per_s, agents=found).sl_offered >= target - 1e-9
    assert found == 1 or measured(arrivals_per_s, agents=found - 1).sl_offered < target


def test_no_chats_need_nobody():
    known = {"slowdown": 0.3, "max_concurrency": 3, "patience_s": 120.0, "threshold_s": 30}
    assert chat_agents_required(0, 400.0, service_level=0.8, **known) == 0


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"agents": 0}, "number of agents must be a whole number of 1 or more"),
        ({"max_concurrency": 0}, "chats at once must be a whole number of 1 or more"),
        ({"slowdown": -0.1}, "slowdown must be 0 or more"),
        ({"patience_s": 0}, "patience in seconds must be above 0"),
        ({"h1": float("inf")}, "handling time of a chat alone must be a finite number"),
    ],
)
def test_impossible_input_is_named(changed, says):
    with pytest.raises(ValueError, match=says):
        measured(**changed)

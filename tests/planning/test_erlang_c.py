import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.erlang_b import erlang_b
from planning.erlang_c import agents_required, erlang_c, queue_measures

loads = st.floats(0.01, 300)
targets = st.floats(0, 0.99)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("load", "agents", "blocked"),
    [
        (0, 0, 1),
        (1, 0, 1),
        (2, 3, 0.21052631578947368),
        (10, 12, 0.11973918844482515),
        (20, 18, 0.22126034341967913),
        (20, 60, 2.8558490758497795e-13),
        (10000, 10100, 0.0028623572207360649),
    ],
)
def test_erlang_b_is_the_published_value(load, agents, blocked):
    assert erlang_b(load, agents) == near(blocked)


@pytest.mark.parametrize(
    ("load", "agents", "waits"),
    [
        (10, 14, 0.17413193359504984),
        (48, 55, 0.23870093637800922),
        (1 / 6, 1, 1 / 6),
        (99.99, 100, 0.99877949472954481),
        (4500, 4600, 0.088002471054866821),
    ],
)
def test_erlang_c_is_the_published_value(load, agents, waits):
    assert erlang_c(load, agents) == near(waits)


def test_measures_of_the_textbook_queue():
    """100 calls in a half-hour of 180 s each, 14 agents, 80 % in 20 s."""
    measures = queue_measures(100, 1800, 180, agents=14, threshold_s=20)

    assert measures.service_level == near(0.88835001917946688)
    assert measures.asa_s == near(7.8359370117772429)
    assert measures.mean_queue == near(0.43532983398762461)
    assert measures.occupancy == near(10 / 14)
    assert measures.wait_quantile(0.8) == 0
    assert measures.wait_quantile(0.95) == near(56.150561048417619)


@pytest.mark.parametrize(
    ("contacts", "aht_s", "target", "cap", "agents", "binds"),
    [
        (100, 180, 0.8, 1.0, 14, "service level"),
        (100, 180, 0.9, 0.85, 15, "service level"),
        (2.5, 240, 0.8, 1.0, 2, "service level"),
        (0.5, 180, 0.5, 1.0, 1, "both"),
        (1500, 200, 0.8, 0.9, 186, "occupancy"),
        (1500, 200, 0.95, 0.9, 186, "occupancy"),
        (850, 360, 0.8, 0.85, 200, "occupancy"),
        (200, 360, 0.8, 0.85, 48, "occupancy"),
        (0, 360, 0.8, 0.85, 0, "no work"),
    ],
)
def test_agents_required_are_the_published_number(contacts, aht_s, target, cap, agents, binds):
    needed = agents_required(
        contacts, 1800, aht_s, service_level=target, threshold_s=20, max_occupancy=cap
    )

    assert (needed.agents, needed.binds) == (agents, binds)


def test_a_small_queue_gets_no_agent_too_many():
    """0.5 Erlang at 50 % need one agent; a search from round(A + 1) would say two."""
    assert agents_required(5, 1800, 180, service_level=0.5, threshold_s=20).agents == 1


def test_the_cap_buys_no_agent_for_a_rounding_error():
    """1699.15 / 0.85 is a little above 1999 in floating point."""
    needed = agents_required(1699.15, 1, 1, service_level=0, threshold_s=20, max_occupancy=0.85)

    assert needed.by_occupancy == 1999


def test_agents_required_is_stable_at_ten_thousand_erlang():
    needed = agents_required(50_000, 1800, 360, service_level=0.8, threshold_s=20)

    levels = [
        queue_measures(50_000, 1800, 360, agents=agents, threshold_s=20).service_level
        for agents in (needed.agents - 1, needed.agents)
    ]
    assert levels[0] < 0.8 <= levels[1]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"contacts": -1}, "The number of contacts must be 0 or more, not -1"),
        ({"contacts": float("nan")}, "The number of contacts must be a finite number"),
        ({"interval_s": 0}, "The interval in seconds must be above 0, not 0"),
        ({"aht_s": -5}, "The handling time in seconds must be above 0, not -5"),
        ({"service_level": 1}, "The service level must be 0 or more and below 1, not 1"),
        ({"threshold_s": -1}, "The threshold in seconds must be 0 or more"),
        ({"max_occupancy": 1.2}, "The occupancy cap must be above 0 and at most 1, not 1.2"),
    ],
)
def test_impossible_input_is_named(changed, says):
    possible = {
        "contacts": 10, "interval_s": 1800, "aht_s": 180, "service_level": 0.8, "threshold_s": 20,
    }  # fmt: skip

    with pytest.raises(ValueError, match=says):
        agents_required(**(possible | changed))


def test_a_queue_that_would_grow_without_end_is_refused():
    with pytest.raises(ValueError, match=r"8 agents cannot carry 10 Erlang.*At least 11"):
        erlang_c(10, 8)


def test_a_fraction_of_an_agent_is_refused():
    with pytest.raises(ValueError, match=r"whole number of 0 or more, not 2\.5"):
        erlang_b(1, 2.5)


@given(load=loads, more=st.floats(0.001, 50), agents=st.integers(1, 300))
def test_more_load_blocks_more(load, more, agents):
    assert erlang_b(load, agents) <= erlang_b(load + more, agents)


@given(load=loads, agents=st.integers(0, 300))
def test_one_agent_more_blocks_less(load, agents):
    assert erlang_b(load, agents + 1) < erlang_b(load, agents) or erlang_b(load, agents) == 0


@given(contacts=st.floats(0.1, 500), threshold_s=st.floats(0, 120), extra=st.integers(1, 40))
def test_one_agent_more_answers_sooner(contacts, threshold_s, extra):
    agents = int(contacts * 300 / 1800) + extra

    fewer, more = (
        queue_measures(contacts, 1800, 300, agents=n, threshold_s=threshold_s)
        for n in (agents, agents + 1)
    )

    assert fewer.service_level <= more.service_level
    assert fewer.asa_s >= more.asa_s


@given(contacts=loads, more=st.floats(0, 50), target=targets, cap=st.floats(0.3, 1))
def test_more_work_never_needs_fewer_agents(contacts, more, target, cap):
    aims = {"service_level": target, "threshold_s": 20, "max_occupancy": cap}

    before = agents_required(contacts, 1800, 300, **aims).agents

    assert before <= agents_required(contacts + more, 1800, 300, **aims).agents


@given(contacts=loads, target=targets, cap=st.floats(0.3, 1))
def test_agents_required_are_enough_and_one_fewer_is_not(contacts, target, cap):
    needed = agents_required(
        contacts, 1800, 300, service_level=target, threshold_s=20, max_occupancy=cap
    )

    def enough(agents):
        if agents <= needed.load or agents * cap < needed.load * (1 - 1e-9):
            return False
        measures = queue_measures(contacts, 1800, 300, agents=agents, threshold_s=20)
        return measures.service_level >= target - 1e-9

    assert enough(needed.agents)
    assert not enough(needed.agents - 1) or needed.agents == 1

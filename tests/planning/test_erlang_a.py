import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.erlang_a import abandonment_measures, agents_required_with_patience
from planning.erlang_b import erlang_b
from planning.erlang_c import queue_measures

patiences = st.floats(1, 3600)
contacts = st.floats(0.5, 300)
agents = st.integers(1, 60)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-12)


def measured(contacts, *, patience_s, agents, threshold_s=20):
    return abandonment_measures(
        contacts, 1800, 180, patience_s=patience_s, agents=agents, threshold_s=threshold_s
    )


def test_measures_of_a_queue_at_its_limit():
    measures = measured(100, patience_s=120, agents=10)

    assert measures.p_wait == near(0.49685274763014223)
    assert measures.p_abandon == near(0.13746382627644985)
    assert measures.occupancy == near(0.86253617372355015)
    assert measures.asa_all_s == near(16.495659153173982)
    assert measures.asa_answered_s == near(14.554229655382319)


def test_the_four_service_levels_differ():
    measures = measured(100, patience_s=120, agents=10)

    assert [
        measures.sl_offered,
        measures.sl_excl_short_abandons,
        measures.sl_answered,
        measures.sl_incl_short_abandons,
    ] == near([0.63994130703598789, 0.68445924648084792, 0.74192981874994877, 0.70498234442973973])


@pytest.mark.parametrize(("max_abandon", "agents"), [(1, 12), (0.05, 13)])
def test_agents_required_with_patience_are_the_published_number(max_abandon, agents):
    aims = {"service_level": 0.8, "threshold_s": 20, "max_abandon": max_abandon}

    assert agents_required_with_patience(100, 1800, 180, patience_s=120, **aims) == agents


def test_no_patience_at_all_is_erlang_b():
    assert measured(100, patience_s=1e-6, agents=14).p_abandon == pytest.approx(
        erlang_b(10, 14), rel=1e-4
    )


def test_a_crowd_that_never_hangs_up_is_refused():
    with pytest.raises(ValueError, match="callers would wait at once"):
        measured(1_000_000, patience_s=1e6, agents=1)


def test_patience_must_be_above_zero():
    with pytest.raises(ValueError, match="The patience in seconds must be above 0, not 0"):
        measured(100, patience_s=0, agents=14)


@given(contacts=contacts, patience_s=patiences, agents=agents)
def test_abandoned_share_is_mean_wait_over_patience(contacts, patience_s, agents):
    """P(abandon) = θ·E[W], where E[W] is the mean queue over the arrival rate (Little)."""
    measures = measured(contacts, patience_s=patience_s, agents=agents)

    mean_wait_s = measures.mean_queue / (contacts / 1800)
    assert measures.p_abandon == pytest.approx(mean_wait_s / patience_s)
    assert 0 <= measures.p_abandon <= measures.p_wait <= 1


@given(contacts=contacts, patience_s=patiences, agents=agents, factor=st.floats(1.01, 10))
def test_more_patience_never_raises_abandonment(contacts, patience_s, agents, factor):
    hasty = measured(contacts, patience_s=patience_s, agents=agents)
    patient = measured(contacts, patience_s=patience_s * factor, agents=agents)

    assert patient.p_abandon <= hasty.p_abandon + 1e-12


@given(contacts=contacts, patience_s=patiences, extra=st.integers(1, 20))
def test_hanging_up_never_makes_the_others_wait_more(contacts, patience_s, extra):
    agents = int(contacts / 10) + extra

    endless = queue_measures(contacts, 1800, 180, agents=agents, threshold_s=20)

    measures = measured(contacts, patience_s=patience_s, agents=agents)
    assert measures.p_wait <= endless.p_wait + 1e-12


@given(contacts=contacts, patience_s=patiences, agents=agents)
def test_one_agent_more_never_answers_fewer(contacts, patience_s, agents):
    levels = [measured(contacts, patience_s=patience_s, agents=n) for n in (agents, agents + 1)]

    assert levels[0].sl_offered <= levels[1].sl_offered + 1e-12


def test_next_to_no_work_needs_one_agent():
    needed = agents_required_with_patience(
        5e-324, 1800, 1800, patience_s=10, service_level=0.8, threshold_s=20
    )

    assert needed == 1

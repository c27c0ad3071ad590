import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.pooling import pooling

AIMS = {"service_level": 0.8, "threshold_s": 20}


def test_two_small_queues_together_save_agents():
    found = pooling([(50, 180), (50, 180)], **AIMS)

    assert (found.apart, found.together, found.gain) == ((8, 8), 14, 2)
    assert (found.load, found.aht_s) == (10, 180)


def test_the_mean_handling_time_is_weighed_by_contacts():
    assert pooling([(90, 100), (10, 300)], **AIMS).aht_s == 120


@given(st.lists(st.floats(1, 300), min_size=1, max_size=5), st.floats(60, 600))
def test_pooling_like_work_never_costs_an_agent(contacts, aht_s):
    assert pooling([(each, aht_s) for each in contacts], **AIMS).gain >= 0


def test_no_contacts_need_nobody_and_no_queue_is_refused():
    assert pooling([(0, 180)], **AIMS).together == 0
    with pytest.raises(ValueError, match="nothing to pool"):
        pooling([], **AIMS)

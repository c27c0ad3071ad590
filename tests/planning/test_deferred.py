import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.deferred import agents_for_deadline

items = st.lists(st.integers(0, 200), min_size=1, max_size=24)
deadlines = st.integers(1, 12)


def needed(items, deadline, **changed):
    known = {"aht_s": 300, "utilisation": 0.9, "interval_s": 3600}
    return agents_for_deadline(items, deadline_intervals=deadline, **known | changed)


def meets(items, deadline, capacity):
    """Work first in, first out at a steady pace, and say whether all is finished in time."""
    waiting = []
    for now in range(len(items) + deadline + 1):
        left = capacity
        while waiting and left > 1e-9:
            done = min(left, waiting[0][1])
            left -= done
            waiting[0][1] -= done
            if waiting[0][1] <= 1e-9:
                waiting.pop(0)
        if waiting and waiting[0][0] <= now:
            return False
        if now < len(items) and items[now]:
            waiting.append([now + deadline, float(items[now])])
    return not waiting


def test_the_worst_stretch_sets_the_pace():
    found = needed([10, 30, 50, 40, 20, 10, 5, 5], 4)

    assert (found.items_per_interval, found.agents) == (20, 2)
    assert (found.first, found.last) == (1, 3)
    assert found.before_rounding == pytest.approx(1.85185185185185)


@given(items=items, deadline=deadlines)
def test_the_capacity_meets_the_deadline_and_less_does_not(items, deadline):
    capacity = needed(items, deadline).items_per_interval

    assert meets(items, deadline, capacity * (1 + 1e-9))
    assert capacity == 0 or not meets(items, deadline, capacity * 0.999)


@given(items=items, deadline=deadlines)
def test_a_later_deadline_never_needs_more(items, deadline):
    soon, later = needed(items, deadline), needed(items, deadline + 1)

    assert later.items_per_interval <= soon.items_per_interval


@given(items=items, deadline=deadlines, at=st.integers(0, 23), more=st.integers(1, 50))
def test_more_work_never_needs_fewer_agents(items, deadline, at, more):
    larger = list(items)
    larger[at % len(items)] += more

    assert needed(larger, deadline).agents >= needed(items, deadline).agents


def test_no_items_need_nobody():
    assert needed([0, 0], 2).agents == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1], 0), "deadline in intervals must be a whole number of 1 or more"),
        (([1, -1], 2), "items of interval 2 must be 0 or more"),
    ],
)
def test_impossible_input_is_named(arguments, says):
    with pytest.raises(ValueError, match=says):
        needed(*arguments)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.attrition import ramp, replacement, survival


def test_one_number_means_two_things():
    """45 % a year are 4.86 % a month as a chance, 3.68 % as a rate; 3.75 % is neither."""
    assert 1 - survival(0.45, 1, meaning="annual_probability") == pytest.approx(0.04859910100)
    assert 1 - survival(0.45, 1, meaning="annual_rate") == pytest.approx(0.03680558228)


@given(st.floats(0, 0.99), st.floats(0, 60), st.floats(0, 60))
def test_who_stays_so_long_and_then_so_long_stays_for_both(value, first, then):
    def stays(months):
        return survival(value, months, meaning="annual_rate")

    assert stays(first) * stays(then) == pytest.approx(stays(first + then))
    assert survival(value, 12, meaning="annual_probability") == pytest.approx(1 - value)


def test_a_steady_team_replaces_who_leaves():
    flow = replacement(40, 0.02, training_pass=0.9, acceptance=0.9)

    assert (flow.graduates, flow.starts, flow.offers) == pytest.approx((0.8, 0.8 / 0.9, 0.8 / 0.81))


CLASSES = {"class_size": 24, "pass_rate": 0.85, "training_weeks": 6}


def test_the_attrition_of_a_week_comes_before_its_graduates():
    found = ramp(60, 16, [1, 4, 7], weekly_attrition=0.008, **CLASSES)

    assert found.certified[5:8] == pytest.approx((0, 20.4, 20.4 * 0.992))
    assert max(found.certified) == pytest.approx(59.754482709)
    assert found.first_enough is None


def test_the_first_week_with_enough_is_counted_from_one():
    found = ramp(40, 16, [1, 4, 7], weekly_attrition=0.0, **CLASSES)

    assert found.certified[9] == pytest.approx(40.8)
    assert found.first_enough == 10


def test_a_new_agent_does_not_yet_do_a_full_agents_work():
    found = ramp(20, 10, [1], weekly_attrition=0.0, efficiency=[0.5, 0.75], already=2, **CLASSES)

    assert found.productive[5:9] == pytest.approx((2, 12.2, 17.3, 22.4))
    assert found.certified[6] == pytest.approx(22.4)
    assert found.first_enough == 9


@given(st.floats(0, 0.2), st.lists(st.integers(1, 20), max_size=4))
def test_more_attrition_never_leaves_more(attrition, starts):
    few, many = (
        ramp(10, 26, starts, weekly_attrition=each, already=5, **CLASSES).certified
        for each in (attrition, attrition / 2)
    )

    assert all(less <= more + 1e-9 for less, more in zip(few, many, strict=True))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: survival(1.0, 1, meaning="annual_probability"), "attrition must be 0 or more"),
        (lambda: survival(0.4, 1, meaning="monthly"), "neither annual_probability nor"),
        (lambda: replacement(40, 0.02, training_pass=0), "training pass rate must be above 0"),
        (lambda: ramp(1, 4, [0], weekly_attrition=0, **CLASSES), "week in which a class begins"),
    ],
)
def test_impossible_input_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()

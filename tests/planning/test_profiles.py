from datetime import time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.profiles import ProfileRefused, spread
from planning.week import open_half_hours

OFFICE = {day: [(time(8), time(12))] for day in range(5)}
starts = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
hours = st.dictionaries(
    st.integers(0, 6), st.lists(st.tuples(starts, starts), min_size=1, max_size=2), min_size=1
)
numbers = st.decimals(0, 1_000_000, places=4)


def exactly(profile):
    """Sum as a finance team would, from the decimals that are shown."""
    return sum(Decimal(str(each)) for each in profile.contacts.ravel())


@given(hours, numbers, st.data())
def test_a_weeks_number_is_spread_without_a_rest_and_only_while_open(given_hours, number, data):
    is_open = open_half_hours(given_hours)
    days = [day for day in range(7) if is_open[day].any()]
    weights = st.floats(0.001, 1000)
    by_day = data.draw(st.dictionaries(st.sampled_from(days), weights, min_size=1) | st.none())

    profile = spread(number, "week", given_hours, weekdays=by_day)

    assert exactly(profile) == number
    assert not profile.contacts[~is_open].any()
    if by_day is not None:
        assert not np.delete(profile.contacts, list(by_day), axis=0).any()


@given(numbers)
def test_a_days_profile_keeps_the_sum_too(number):
    day = {time(8): 2, time(9, 30): 5, time(11): 0.3}

    assert exactly(spread(number, "week", OFFICE, day=day)) == number


def test_weights_are_relative_and_an_hour_gives_each_half_of_it_the_same():
    day = {time(8): 1, time(9): 3}

    profile = spread(Decimal(800), "week", OFFICE, weekdays={0: 75, 2: 25}, day=day)

    assert profile.contacts[0, 16:20].tolist() == [75, 75, 225, 225]
    assert profile.contacts[2, 16:20].tolist() == [25, 25, 75, 75]
    assert profile.total == 800
    assert profile.rule == "800 a week by the profile given"


def test_a_time_on_the_half_hour_makes_all_of_them_half_hours():
    profile = spread(
        Decimal(40), "week", {0: [(time(8), time(10))]}, day={time(8): 1, time(8, 30): 3}
    )

    assert profile.contacts[0, 16:20].tolist() == [10, 30, 0, 0]


def test_an_hour_that_is_half_open_has_its_whole_weight_in_that_half():
    profile = spread(
        Decimal(10), "week", {0: [(time(8, 30), time(10))]}, day={time(8): 1, time(9): 1}
    )

    assert profile.contacts[0, 17:20].tolist() == [5, 2.5, 2.5]


@pytest.mark.parametrize(
    ("per", "total", "rule"),
    [
        ("half_hour", 1200 * 40, "1,200 in the mean half-hour, the same in each half-hour of"),
        ("day", 1200 * 5, "1,200 on the mean day of service, the same in"),
        ("week", 1200, "1,200 a week, the same in each half-hour of service"),
        ("month", 276.9231, "1,200 a month of 52 ÷ 12 weeks, the same in"),
    ],
)
def test_per_what_the_number_is(per, total, rule):
    profile = spread(Decimal(1200), per, OFFICE)

    assert exactly(profile) == Decimal(str(total))
    assert profile.rule.startswith(rule)


def test_without_weekdays_a_short_day_gets_what_it_holds_of_the_days_profile():
    hours = {0: [(time(8), time(10))], 5: [(time(8), time(9))]}

    profile = spread(Decimal(30), "week", hours, day={time(8): 10, time(9): 10})

    assert profile.contacts.sum(axis=1).tolist() == [20, 0, 0, 0, 0, 10, 0]


@pytest.mark.parametrize(
    ("how", "part", "says"),
    [
        ({"weekdays": {0: 1, 5: 1}}, "weekdays", "Sat has a weight, but no hours of service."),
        ({"weekdays": {0: 0}}, "weekdays", "The weights of the weekdays add up to nothing."),
        ({"weekdays": {7: 1}}, "weekdays", "7 is not a weekday"),
        ({"day": {time(6): 1}}, "day", "06:00 lies outside the hours of service."),
        ({"day": {time(12): 1}}, "day", "12:00 lies outside the hours of service."),
        ({"day": {time(9): 0}}, "day", "The weights of the day add up to nothing."),
    ],
)
def test_a_profile_that_contradicts_the_hours_is_refused(how, part, says):
    with pytest.raises(ProfileRefused, match=says) as refused:
        spread(Decimal(10), "week", OFFICE, **how)

    assert refused.value.part == part


def test_a_weekday_none_of_whose_hours_is_named_is_refused():
    hours = {0: [(time(8), time(12))], 5: [(time(14), time(16))]}

    with pytest.raises(ProfileRefused, match="On Sat none of these times lies within") as refused:
        spread(Decimal(10), "week", hours, weekdays={0: 1, 5: 1}, day={time(9): 1})

    assert refused.value.part == "day"


@pytest.mark.parametrize(
    ("number", "hours", "how", "says"),
    [
        (-1, OFFICE, {}, "The number of contacts must be 0 or more"),
        (1, OFFICE, {"weekdays": {0: -1}}, "The weight of Mon must be 0 or more"),
        (1, OFFICE, {"day": {time(9): float("nan")}}, "The weight of 09:00 must be a finite"),
        (1, {}, {}, "Without hours of service nothing can be spread"),
    ],
)
def test_impossible_numbers_are_refused(number, hours, how, says):
    with pytest.raises(ValueError, match=says):
        spread(Decimal(number), "week", hours, **how)

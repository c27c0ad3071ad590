from datetime import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.week import WeekProfile, in_words, open_half_hours

NIGHT = (time(22), time(6))
OFFICE = {day: [(time(9), time(17))] for day in range(5)}
starts = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
hours = st.dictionaries(st.integers(0, 6), st.lists(st.tuples(starts, starts), max_size=3))


def test_half_hours_count_once_however_many_windows_hold_them():
    grid = open_half_hours({0: [(time(9), time(17)), (time(12), time(18))], 6: []})

    assert grid.sum() == 18
    assert grid[0, 18:36].all()


def test_a_night_goes_over_to_the_next_day_and_sundays_to_monday():
    grid = open_half_hours({6: [NIGHT]})

    assert (grid[6, 44:].sum(), grid[0, :12].sum(), grid.sum()) == (4, 12, 16)


@given(hours)
def test_a_flat_volume_fills_the_service_hours_and_nothing_else(given_hours):
    profile = WeekProfile.flat(10, given_hours)

    assert profile.total == 10 * open_half_hours(given_hours).sum()
    assert profile.within(given_hours).total == profile.total
    assert profile.within({}).total == 0


def test_the_busiest_half_hour_is_the_first_with_the_most():
    profile = WeekProfile.of([(1, time(9), 80), (2, time(9, 30), 120), (4, time(14), 120)])

    busiest = profile.busiest()

    assert (busiest.day, busiest.start, busiest.contacts) == (2, time(9, 30), 120)
    assert busiest.when == "Wed 09:30"


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: WeekProfile(np.zeros((5, 48))), "7 days of 48 half-hours, not"),
        (lambda: WeekProfile.of([(0, time(9), -1.0)]), "contacts of Mon 09:00 must be 0 or more"),
        (lambda: WeekProfile.of([(0, time(9, 10), 1)]), "09:10 is not the start of a half-hour"),
        (lambda: WeekProfile.of([(0, time(9), 1)] * 2), "Mon 09:00 stands twice"),
        (lambda: WeekProfile.of([(7, time(9), 1)]), "7 is not a weekday"),
        (lambda: WeekProfile.flat(-1, OFFICE), "contacts per half-hour must be 0 or more"),
        (lambda: open_half_hours({7: []}), "7 is not a weekday"),
    ],
)
def test_what_is_not_a_week_is_refused(build, says):
    with pytest.raises(ValueError, match=says):
        build()


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({}, "never"),
        ({day: [(time(8), time(18))] for day in range(5)}, "Mon-Fri 08:00-18:00"),
        (
            {0: [(time(8), time(12)), (time(13), time(17))], 5: [(time(9), time())]},
            "Mon 08:00-12:00 and 13:00-17:00, Sat 09:00-24:00",
        ),
    ],
)
def test_half_hours_are_said_in_words(hours, said):
    assert in_words(open_half_hours(hours)) == said

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.ramp_starts import starts_of

LIVE = date(2027, 3, 1)
RAMP = [[0, 0.4], [4, 0.7], [8, 1.0]]


@st.composite
def ramps(draw):
    weeks = draw(st.lists(st.integers(0, 104), max_size=6, unique=True))
    percents = draw(
        st.lists(st.integers(1, 99), min_size=len(weeks), max_size=len(weeks), unique=True)
    )
    shares = [percent / 100 for percent in sorted(percents)]
    return [[week, share] for week, share in zip(sorted(weeks), [*shares[1:], 1.0], strict=False)]


def test_ten_seats_start_in_three_steps():
    fourth, eighth = LIVE + timedelta(weeks=4), LIVE + timedelta(weeks=8)

    assert starts_of(RAMP, LIVE, 10) == [*[LIVE] * 4, *[fourth] * 3, *[eighth] * 3]


def test_a_part_of_a_seat_is_a_seat():
    assert starts_of(RAMP, LIVE, 11).count(LIVE) == 5


def test_without_a_ramp_all_start_on_the_first_day():
    assert starts_of([], LIVE, 3) == [LIVE] * 3


def test_no_seats_start_never():
    assert starts_of(RAMP, LIVE, 0) == []


@given(ramp=ramps(), seats=st.integers(0, 400))
def test_everybody_starts_and_never_fewer_than_agreed(ramp, seats):
    days = starts_of(ramp, LIVE, seats)

    assert len(days) == seats
    assert days == sorted(days)
    for weeks, share in ramp:
        at_work = sum(day <= LIVE + timedelta(weeks=weeks) for day in days)
        assert share * seats - 1e-6 <= at_work < share * seats + 1


@given(ramp=ramps(), seats=st.integers(0, 400))
def test_one_more_seat_delays_nobody(ramp, seats):
    fewer, more = starts_of(ramp, LIVE, seats), starts_of(ramp, LIVE, seats + 1)

    assert all(later <= earlier for later, earlier in zip(more, fewer, strict=False))


@pytest.mark.parametrize(
    "ramp",
    [
        [[0, 0.4], [4, 0.7]],
        [[4, 0.4], [4, 1]],
        [[0, 0.4], [4, 0.4], [8, 1]],
        [[0, 0], [4, 1]],
        [[0, 1.2]],
    ],
)
def test_impossible_ramp_is_refused(ramp):
    with pytest.raises(ValueError, match="weeks and shares that rise, the last to 1"):
        starts_of(ramp, LIVE, 10)


@pytest.mark.parametrize("weeks", [0.5, -1])
def test_weeks_are_whole(weeks):
    with pytest.raises(ValueError, match="The weeks must be a whole number of 0 or more"):
        starts_of([[weeks, 1]], LIVE, 10)


def test_seats_below_none_are_refused():
    with pytest.raises(ValueError, match="The seats must be a whole number of 0 or more"):
        starts_of(RAMP, LIVE, -1)

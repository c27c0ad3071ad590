from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.backward import Stretch, last_safe_days

GO_LIVE = date(2027, 6, 1)  # a Tuesday
WAY = [Stretch("criteria", 14), Stretch("class", 21), Stretch("nesting", 14)]


class Weekends:
    def __contains__(self, day):
        return day.weekday() > 4


def test_each_stretch_ends_where_the_next_begins():
    assert last_safe_days(GO_LIVE, WAY) == {
        "criteria": date(2027, 4, 13),
        "class": date(2027, 4, 27),
        "nesting": date(2027, 5, 18),
    }


def test_a_day_off_moves_to_the_working_day_before_and_what_is_before_moves_with_it():
    found = last_safe_days(date(2027, 6, 6), WAY, off=Weekends())  # nesting would begin on a Sunday

    assert found["nesting"] == date(2027, 5, 21)
    assert found["class"] == date(2027, 4, 30)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6), st.integers(1, 30))
def test_a_longer_stretch_is_never_begun_later(days, more):
    way = [Stretch(str(n), each) for n, each in enumerate(days)]
    longer = [*way[:-1], Stretch(way[-1].key, days[-1] + more)]

    short, long = (last_safe_days(GO_LIVE, each, off=Weekends()) for each in (way, longer))

    assert all(long[key] <= short[key] for key in short)
    assert list(short.values()) == sorted(short.values())
    assert all(GO_LIVE - day >= timedelta() for day in short.values())


def test_where_nobody_ever_works_there_is_no_safe_day():
    class Always:
        def __contains__(self, day):
            return True

    with pytest.raises(ValueError, match="no working day"):
        last_safe_days(GO_LIVE, WAY, off=Always())
    with pytest.raises(ValueError, match="days of class must be a whole number"):
        Stretch("class", -1)

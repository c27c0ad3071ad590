"""Working time: what counts, over weekends, days off and both changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.worktime import Calendar, Turns

OFFICE = {day: [(time(9), time(17))] for day in range(5)}
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Asia/Beirut",
]
HOUR = timedelta(hours=1)

# Openings are entered by the minute. One of a microsecond a week makes sixty hours last for ages.
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
calendars = st.builds(
    Calendar,
    st.sampled_from([ZoneInfo(zone) for zone in ZONES]),
    st.dictionaries(
        st.integers(0, 6),
        st.lists(st.tuples(times, times), min_size=1, max_size=3),
        min_size=1,
    ),
    st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20),
)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(), timedelta(days=700)).map(lambda later: FIRST + later)


@given(calendars, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_time_is_additive_and_never_negative(calendar, three):
    a, b, c = three

    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert timedelta() <= calendar.between(a, b) <= b - a
    assert calendar.between(b, a) == timedelta()


@given(calendars, instants, st.timedeltas(timedelta(), timedelta(hours=60)))
def test_the_hours_to_a_due_time_are_the_hours_asked_for(calendar, start, hours):
    due = calendar.after(start, hours)

    assert due >= start
    assert calendar.between(start, due) == hours


@given(st.sampled_from(ZONES), st.dates(date(2026, 1, 2), date(2027, 12, 30)))
def test_a_day_off_counts_nothing(zone, day):
    zone = ZoneInfo(zone)
    always = {weekday: [(time(), time())] for weekday in range(7)}
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)

    assert Calendar(zone, always, {day}).between(begins, ends) == timedelta()
    assert Calendar(zone, always).between(begins, ends) == ends.astimezone(UTC) - begins.astimezone(
        UTC
    )


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 28), 7),
        ("Europe/Berlin", date(2026, 10, 24), 9),
        ("America/New_York", date(2026, 3, 7), 7),
        ("America/New_York", date(2026, 10, 31), 9),
    ],
)
def test_a_night_shift_over_a_change_of_the_clocks(zone, day, hours):
    """From 22 to 6 there are seven hours in spring and nine in autumn."""
    calendar = Calendar(ZoneInfo(zone), {day.weekday(): [(time(22), time(6))]})
    noon = datetime.combine(day, time(12), ZoneInfo(zone))

    assert calendar.between(noon, noon + timedelta(days=1)) == hours * HOUR
    assert calendar.after(noon, hours).astimezone(ZoneInfo(zone)).time() == time(6)


def test_opening_in_the_hour_that_is_left_out():
    berlin = ZoneInfo("Europe/Berlin")
    calendar = Calendar(berlin, {6: [(time(2, 30), time(3, 15))]})
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)

    assert calendar.between(change - HOUR, change + HOUR) == timedelta(minutes=15)
    assert calendar.is_open(change)
    assert not calendar.is_open(change - timedelta(minutes=1))


def test_a_weekend_and_a_holiday_are_passed_over():
    calendar = Calendar(ZoneInfo("Europe/Berlin"), OFFICE, {date(2026, 5, 25)})
    friday = datetime(2026, 5, 22, 16, tzinfo=calendar.zone)

    assert calendar.after(friday, 2) == datetime(2026, 5, 26, 10, tzinfo=calendar.zone)
    assert calendar.is_open(friday)
    assert not calendar.is_open(friday + HOUR)


def test_shifts_that_overlap_count_once():
    calendar = Calendar(ZoneInfo("UTC"), {0: [(time(9), time(13)), (time(12), time(17))]})
    monday = datetime(2026, 6, 1, tzinfo=UTC)

    assert calendar.between(monday, monday + timedelta(days=1)) == 8 * HOUR


@pytest.mark.parametrize("hours", [{}, {0: []}, {7: [(time(9), time(17))]}])
def test_a_calendar_without_working_hours_is_refused(hours):
    with pytest.raises(ValueError, match=r"no working hours|numbered"):
        Calendar(ZoneInfo("UTC"), hours)


class Always:
    def __contains__(self, _day):
        return True


def test_what_can_not_be_answered_is_said_in_words():
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)

    with pytest.raises(ValueError, match="ten years"):
        Calendar(ZoneInfo("UTC"), OFFICE, Always()).after(noon, 1)
    with pytest.raises(ValueError, match="counted back"):
        Calendar(ZoneInfo("UTC"), OFFICE).after(noon, -1)


@pytest.fixture
def calendars_of_two():
    return {
        "us": Calendar(ZoneInfo("Europe/Berlin"), OFFICE),
        "client": Calendar(ZoneInfo("America/New_York"), OFFICE),
    }


def test_each_turn_runs_on_the_clock_of_its_party(calendars_of_two):
    turns, us = Turns(calendars_of_two), calendars_of_two["us"]
    begun = datetime(2026, 6, 1, 9, tzinfo=us.zone)
    turns.pass_to("us", begun)
    turns.pass_to("client", begun + 3 * HOUR)  # six in the morning there
    turns.pass_to(None, begun + 8 * HOUR)

    assert turns.elapsed(begun + 20 * HOUR) == {"us": 3 * HOUR, "client": 2 * HOUR}
    assert turns.elapsed(begun + HOUR) == {"us": HOUR, "client": timedelta()}
    assert turns.whose is None
    assert turns.since == begun + 8 * HOUR
    with pytest.raises(ValueError, match="before the last"):
        turns.pass_to("us", begun)
    with pytest.raises(ValueError, match="no calendar"):
        turns.pass_to("vendor", begun + 21 * HOUR)


def test_a_turn_passed_to_who_has_it_goes_on(calendars_of_two):
    turns, begun = Turns(calendars_of_two), datetime(2026, 6, 1, 9, tzinfo=UTC)
    with pytest.raises(LookupError):
        assert turns.since
    for hour, party in enumerate(["us", "client", "us", "us"]):
        turns.pass_to(party, begun + hour * HOUR)

    assert turns.whose == "us"
    assert turns.since == begun + 2 * HOUR

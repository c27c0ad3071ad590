from datetime import UTC, date, datetime, time

import pytest

from planning.workload import (
    BusiestHalfHour,
    DayProfile,
    busiest_half_hour,
    service_half_hours,
    weekly_hours,
)

DAY = (time(0), time(0))
NIGHT = (time(22), time(6))


def every_day(*windows):
    return dict.fromkeys(range(7), windows)


def test_busiest_half_hour_is_the_first_with_the_most():
    profile = DayProfile.of_pairs([(time(9), 80), (time(9, 30), 120), (time(14), 120)])

    assert profile.busiest() == BusiestHalfHour(time(9, 30), 120, "A day's profile as given.")


def test_a_flat_number_is_its_own_busiest_half_hour():
    busiest = busiest_half_hour(contacts=200)

    assert busiest == BusiestHalfHour(None, 200, "The contacts per half-hour as given.")


def test_a_flat_profile_fills_the_service_hours_past_midnight():
    profile = DayProfile.flat(10, [NIGHT])

    assert profile.total == 160
    assert [profile.contacts[slot] for slot in (11, 12, 43, 44)] == [10, 0, 0, 10]


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: DayProfile((1.0,) * 47), "A day's profile has 48 half-hours, not 47"),
        (lambda: DayProfile((-1.0,) + (0.0,) * 47), "The contacts at 00:00 must be 0 or more"),
        (lambda: DayProfile.of_pairs([(time(9, 10), 1)]), "09:10 is not the start of a half-hour"),
        (lambda: DayProfile.of_pairs([(time(9), 1)] * 2), "The half-hour at 09:00 stands twice"),
        (busiest_half_hour, "Give either the contacts per half-hour or a day's profile"),
        (lambda: service_half_hours({}, "Berlin", date(2027, 3, 1)), "'Berlin' is not a time zone"),
    ],
)
def test_what_is_not_a_day_is_refused(build, says):
    with pytest.raises(ValueError, match=says):
        build()


def test_weekly_hours_count_each_half_hour_once():
    hours = {0: [(time(9), time(17)), (time(12), time(18))], 5: [NIGHT], 6: []}

    assert weekly_hours(hours) == (17, 2)


@pytest.mark.parametrize(
    ("zone", "day", "half_hours"),
    [
        ("Europe/Berlin", date(2027, 3, 28), 46),
        ("Europe/Berlin", date(2027, 10, 31), 50),
        ("Europe/Berlin", date(2027, 6, 1), 48),
        ("Australia/Lord_Howe", date(2027, 10, 3), 47),
        ("Australia/Lord_Howe", date(2027, 4, 4), 49),
    ],
)
def test_a_day_has_as_many_half_hours_as_the_clocks_give_it(zone, day, half_hours):
    assert len(service_half_hours({day.weekday(): [DAY]}, zone, day)) == half_hours


def test_a_night_shift_over_the_spring_change_is_an_hour_short():
    saturday = date(2027, 3, 27)

    opened = service_half_hours({5: [NIGHT]}, "Europe/Berlin", saturday)

    assert len(opened) == 14
    assert opened[0] == datetime(2027, 3, 27, 21, tzinfo=UTC)


def test_a_week_across_the_change_moves_in_utc():
    opened = service_half_hours(
        every_day((time(9), time(9, 30))), "America/New_York", date(2027, 3, 10)
    )

    assert [at.hour for at in opened] == [14, 14, 14, 14, 13, 13, 13]

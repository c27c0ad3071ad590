from datetime import UTC, date, datetime, time

import pytest

from planning.workload import local_day, service_half_hours, window_at_site

DAY = (time(0), time(0))
NIGHT = (time(22), time(6))


def every_day(*windows):
    return dict.fromkeys(range(7), windows)


def test_an_unknown_zone_is_named():
    with pytest.raises(ValueError, match="'Berlin' is not a time zone"):
        service_half_hours({}, "Berlin", date(2027, 3, 1))


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


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2027, 3, 28), 23),
        ("Europe/Berlin", date(2027, 10, 31), 25),
        ("Australia/Lord_Howe", date(2027, 10, 3), 23.5),
    ],
)
def test_a_local_day_is_as_long_as_its_clocks_make_it(zone, day, hours):
    found = local_day(zone, day)

    assert (found.hours, found.half_hours) == (hours, 2 * hours)


def test_a_site_in_manila_works_an_hour_earlier_once_new_york_has_changed():
    before, after = (
        window_at_site("America/New_York", "Asia/Manila", date(2027, 3, day), (time(9), time(17)))
        for day in (12, 15)
    )

    assert (before.site_starts.hour, after.site_starts.hour) == (22, 21)
    assert before.hours == after.hours == 8
    assert after.site_ends.isoformat() == "2027-03-16T05:00:00+08:00"


def test_a_night_over_the_spring_change_is_seven_hours():
    found = window_at_site("Europe/Berlin", "UTC", date(2027, 3, 27), NIGHT)

    assert found.hours == 7

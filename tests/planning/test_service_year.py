from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.service_year import service_year

OFFICE = {day: [(time(8), time(20))] for day in range(5)}
FIRST = date(2027, 6, 1)
CHRISTMAS = {date(2027, 12, 25): "Christmas Day", date(2027, 12, 27): "Bridge day"}
starts = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
hours = st.dictionaries(st.integers(0, 6), st.lists(st.tuples(starts, starts), max_size=2))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_an_office_year_is_its_weekdays_without_the_holidays_among_them():
    year = service_year(OFFICE, CHRISTMAS, FIRST)

    assert (year.first, year.last) == (FIRST, date(2028, 5, 31))
    assert year.days == (51, 53, 53, 52, 52, 0, 0)  # 366 days from a Tuesday, a Monday off
    assert (year.days_open, year.hours_open) == (261, 261 * 12)
    assert year.closed == {date(2027, 12, 27): "Bridge day"}  # the 25th is a Saturday
    assert year.closed_hours == 12


def test_round_the_clock_is_every_hour_of_the_year():
    always = {day: [(time(), time())] for day in range(7)}

    assert service_year(always, {}, date(2027, 1, 1)).hours_open == 8760
    assert service_year(always, {}, date(2028, 1, 1)).hours_open == 8784


def test_a_night_belongs_to_its_evening_and_overlaps_count_once():
    nights = {day: [(time(22), time(6)), (time(5), time(9))] for day in range(7)}

    year = service_year(nights, {date(2027, 6, 3): "Feast"}, FIRST)

    # Each day 11 hours; the first morning 05 to 06 is not in a night before, nor that of 4 June.
    assert year.hours_open == 11 * 365 + 2
    assert year.closed_hours == 11


def test_the_29th_of_february_has_its_year_as_well():
    year = service_year(OFFICE, {}, date(2028, 2, 29))

    assert year.last == date(2029, 2, 28)


@given(hours, days, st.sets(st.integers(0, 400), max_size=20))
def test_closing_days_never_opens_hours(given_hours, first, offsets):
    """Nor does it open any day; what is left out and what is open make up the open year."""
    closed = {first + timedelta(days=n): "Off" for n in offsets}

    full, less = (service_year(given_hours, off, first) for off in ({}, closed))

    assert less.days_open + len(less.closed) == full.days_open
    assert less.hours_open <= full.hours_open
    assert (full.last - full.first).days in {364, 365}


def test_the_figure_can_be_redone_by_hand():
    year = service_year({0: [(time(8), time(20))], 5: [(time(10), time(14))]}, CHRISTMAS, FIRST)

    figure = year.figure(subject="Phone", holidays="Germany", source="Bank's requirements")

    assert (figure.key, figure.value, figure.unit) == ("open_year", 51 * 12 + 51 * 4, "h")
    assert figure.formula == "612 + 204 = 816"
    assert [(each.label, each.value, each.working) for each in figure.steps[:2]] == [
        ("Hours on Mon", 612, "51 days"),
        ("Hours on Sat", 204, "51 days"),
    ]
    assert (figure.inputs[2].value, figure.inputs[2].source) == (2, "Public holidays, Germany")


def test_no_hours_are_no_hours():
    assert service_year({}, CHRISTMAS, FIRST).figure().formula == "0 = 0"


@pytest.mark.parametrize(
    ("hours", "first", "says"),
    [
        ({7: []}, FIRST, "7 is not a weekday"),
        ({0: [(time(8, 10), time(9))]}, FIRST, "08:10 is not the start of a half-hour"),
        (OFFICE, date(9999, 1, 1), "No year follows 9999-01-01"),
    ],
)
def test_impossible_input_is_refused(hours, first, says):
    with pytest.raises(ValueError, match=says):
        service_year(hours, {}, first)

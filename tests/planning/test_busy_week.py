"""Whole weeks, and a busy one among them that is never the busiest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.arrivals import busy_week, parse_arrivals, week_totals

FIRST = date(2027, 1, 4)  # a Monday


def arrivals_of(*weeks):
    """Weeks of two half-hours on Monday and one on Friday, each with so many contacts."""
    rows = ["start,calls"]
    for number, contacts in enumerate(weeks):
        monday = FIRST + timedelta(weeks=number)
        rows += [f"{monday} 09:00,{contacts}", f"{monday} 09:30,1"]
        rows += [f"{monday + timedelta(days=4)} 10:00,2"]
    return parse_arrivals("\n".join(rows))


@pytest.mark.parametrize(
    ("quantile", "contacts"), [(0.2, 10), (0.5, 30), (0.8, 40), (0.9, 40), (0.999, 40)]
)
def test_the_week_at_a_quantile_is_one_as_it_was_and_never_the_last(quantile, contacts):
    week = busy_week(arrivals_of(30, 900, 10, 40, 20), quantile)

    assert week.contacts[0, 18] == contacts
    assert week.total == contacts + 3


def test_the_rule_names_the_week_and_its_rank():
    assert busy_week(arrivals_of(30, 900, 10, 40, 20), 0.8).rule == (
        "The week of 2027-01-25, number 4 of 5 whole weeks by contacts."
    )


def test_a_week_that_lacks_a_usual_half_hour_is_not_whole():
    text_of = arrivals_of(1, 2, 3, 4, 5)
    rows = [row for row in text_of.rows if f"{row.at:%m-%d %H}" != "01-15 10"]
    cut = type(text_of)(tuple(rows), 30, ())

    assert [(each.monday.day, each.contacts, each.is_whole) for each in week_totals(cut)] == [
        (4, 4, True),
        (11, 3, False),
        (18, 6, True),
        (25, 7, True),
        (1, 8, True),
    ]
    assert "number 3 of 4 whole weeks" in busy_week(cut, 0.9).rule


def test_only_the_weekdays_asked_for_count():
    weeks = arrivals_of(10, 20, 30, 40)

    assert busy_week(weeks, 0.7, weekdays=[4]).total == 2
    assert [each.contacts for each in week_totals(weeks, [4])] == [2, 2, 2, 2]


def test_fewer_than_four_whole_weeks_are_too_few():
    with pytest.raises(ValueError, match="hold 3 whole weeks; a busy one is chosen among at least"):
        busy_week(arrivals_of(1, 2, 3), 0.8)


@pytest.mark.parametrize("quantile", [0, 1, -0.1, 1.5, float("nan")])
def test_a_quantile_lies_within(quantile):
    with pytest.raises(ValueError, match="The quantile must be"):
        busy_week(arrivals_of(1, 2, 3, 4), quantile)


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=12), st.floats(0.01, 0.99))
def test_more_caution_never_plans_on_less(weeks, quantile):
    arrivals = arrivals_of(*weeks)
    chosen = busy_week(arrivals, quantile).total

    assert chosen <= busy_week(arrivals, (quantile + 1) / 2).total
    assert chosen <= sorted(week + 3 for week in weeks)[-2]


def test_the_bank_has_busy_weeks_below_its_busiest(bank_calls):
    arrivals = parse_arrivals(bank_calls)
    totals = week_totals(arrivals)

    week = busy_week(arrivals, 0.9)

    assert (len(totals), sum(each.is_whole for each in totals)) == (34, 28)
    assert week.total == 169553 < max(each.contacts for each in totals if each.is_whole)
    assert week.rule == "The week of 2003-08-04, number 26 of 28 whole weeks by contacts."

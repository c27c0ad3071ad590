from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from planning.arrivals import parse_arrivals, usual_week, variation
from planning.derivations import MINUS
from planning.line_plan import plan_line
from planning.lines import LineOfBusiness


def csv_of(*rows, header="timestamp,contacts"):
    return "\n".join([header, *rows])


def problems_of(*rows, zone="UTC"):
    return [str(problem) for problem in parse_arrivals(csv_of(*rows), zone).problems]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("timestamp,contacts", "2027-03-01 09:30,12"),
        ("id;Start;Calls", "1;2027-03-01T09:30;12"),
        ("\ufeffrownames,DateTime,Calls", "1,2027-03-01T09:30:00Z,12"),
        ("time,volume", "2027-03-01 11:30+02:00,12"),
    ],
)
def test_headers_that_are_understood(header, row):
    arrivals = parse_arrivals(csv_of(row, header=header))

    assert [(each.row, each.at.isoformat(), each.contacts) for each in arrivals.rows] == [
        (2, "2027-03-01T09:30:00+00:00", 12)
    ]


def test_each_bad_row_is_reported_and_the_others_are_kept():
    rows = [
        "2027-03-01 09:00,10",
        "2027-03-01 09:30,-4",
        "2027-03-01 10:00,many",
        "yesterday,5",
        "",
        "2027-03-01 09:00,11",
        "2027-03-01 10:30",
        "2027-03-01 11:00,nan",
        "2027-03-01 11:30,20",
        "2027-03-01 12:00,22",
    ]

    arrivals = parse_arrivals(csv_of(*rows))

    assert [each.contacts for each in arrivals.rows] == [10, 20, 22]
    assert [str(problem) for problem in arrivals.problems] == [
        "Row 3: -4 is not a possible number of contacts.",
        "Row 4: 'many' is not a number of contacts.",
        "Row 5: 'yesterday' is not a time like 2027-03-01 09:30.",
        "Row 7: 2027-03-01 09:00 stands in row 2 already.",
        "Row 8: has 1 columns, the header 2.",
        "Row 9: nan is not a possible number of contacts.",
        "Row 10: 4 intervals are missing before 2027-03-01 11:30.",
    ]


def test_a_gap_over_night_is_no_problem():
    assert problems_of("2027-03-01 20:30,1", "2027-03-01 21:00,1", "2027-03-02 07:00,1") == []


def test_a_time_off_the_grid_is_reported():
    rows = ["2027-03-01 09:00,1", "2027-03-01 09:30,1", "2027-03-01 10:00,1", "2027-03-01 10:10,1"]

    assert problems_of(*rows) == ["Row 5: 10:10 does not stand on a step of 30 minutes."]


def test_an_hour_that_the_clocks_skip_is_reported():
    rows = ["2027-03-28 01:30,1", "2027-03-28 02:30,1", "2027-03-28 03:00,1"]

    assert problems_of(*rows, zone="Europe/Berlin") == [
        "Row 3: 2027-03-28 02:30 does not exist: the clocks skip it that day."
    ]


def test_an_hour_that_the_clocks_repeat_is_read_twice_but_not_thrice():
    rows = ["2027-10-31 02:00,1", "2027-10-31 02:30,2", "2027-10-31 02:00,3", "2027-10-31 02:30,4"]

    arrivals = parse_arrivals(csv_of(*rows, rows[0]), "Europe/Berlin")

    assert [row.contacts for row in arrivals.rows] == [1, 2, 3, 4]
    assert [str(problem) for problem in arrivals.problems] == [
        "Row 6: 2027-10-31 02:00 stands in row 4 already."
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file needs a header and at least one row"),
        ("timestamp,contacts\n", "The file needs a header and at least one row"),
        ("day,contacts\n1,2", "The header needs a column named timestamp or datetime"),
        ("timestamp,people\n1,2", "The header needs a column named contacts or calls"),
        (csv_of("2027-03-01 09:00,1", "2027-03-01 09:07,1"), "stand 7 minutes apart"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text, says):
    with pytest.raises(ValueError, match=says):
        parse_arrivals(text)


@pytest.mark.parametrize(
    ("step", "counts", "total"),
    [(5, [1, 2, 3, 4, 5, 6], 21), (15, [10, 11], 21), (30, [21], 21), (60, [42], 21)],
)
def test_every_step_becomes_half_hours(step, counts, total):
    """A second complete hour makes the step plain."""
    minutes = [index * step for index in range(120 // step)]
    rows = [
        f"2027-03-01 {9 + minute // 60:02}:{minute % 60:02},{counts[index % len(counts)]}"
        for index, minute in enumerate(minutes)
    ]

    found = parse_arrivals(csv_of(*rows)).half_hours

    assert list(found.values()) == [total] * 4


def test_an_incomplete_half_hour_does_not_count():
    rows = ["2027-03-01 09:00,10", "2027-03-01 09:15,10", "2027-03-01 09:30,10"]

    assert list(parse_arrivals(csv_of(*rows)).half_hours.values()) == [20]


@pytest.mark.parametrize(
    ("text", "how", "local"),
    [
        ("2027-07-01 09:30", {"zone": "Europe/Berlin", "into": "America/New_York"}, "03:30"),
        ("2027-07-01T09:30Z", {"zone": "Europe/Berlin", "into": "America/New_York"}, "05:30"),
        ("2027-07-01T09:30Z", {"zone": "America/New_York", "as_written": True}, "09:30"),
        ("2027-07-01T09:30+05:00", {"zone": "UTC", "as_written": True}, "09:30"),
    ],
)
def test_times_are_read_in_one_zone_and_told_in_another(text, how, local):
    (row,) = parse_arrivals(csv_of(f"{text},3"), **how).rows
    assert f"{row.at:%H:%M}" == local


def test_the_usual_week_divides_by_the_days_that_have_the_half_hour():
    rows = [
        "2027-03-01 09:00,10",
        "2027-03-01 09:30,30",
        "2027-03-08 09:00,20",
        "2027-03-09 09:30,50",
    ]
    arrivals = parse_arrivals(csv_of(*rows))

    week, tuesdays = usual_week(arrivals), usual_week(arrivals, weekdays=[1])

    assert (week.contacts[0, 18], week.contacts[0, 19], week.total) == (15, 30, 95)
    assert week.busiest().when == "Tue 09:30"
    assert week.rule == "Mean of each half-hour of the week over 3 days."
    assert tuesdays.total == 50


def test_a_quantile_of_the_days_can_be_asked_for():
    mondays = (date(2027, 3, 1) + timedelta(weeks=n) for n in range(11))
    rows = [f"{day} 09:00,{n}" for n, day in enumerate(mondays)]
    rows.insert(1, "2027-03-01 09:30,0")

    high = usual_week(parse_arrivals(csv_of(*rows)), quantile=0.9)

    assert high.busiest().contacts == 9
    assert high.rule == "Quantile 0.9 of each half-hour of the week over 11 days."


def test_no_complete_half_hour_on_the_days_asked_for_is_said():
    arrivals = parse_arrivals(csv_of("2027-03-01 09:00,10", "2027-03-01 09:30,30"))
    with pytest.raises(ValueError, match="no complete half-hour on the weekdays"):
        usual_week(arrivals, weekdays=[6])


def test_what_varies_by_chance_alone_varies_by_as_much_as_its_mean():
    rng = np.random.default_rng(3)
    steady, moody = (
        variation(parse_arrivals(csv_of(*_mondays(rng, spread)))) for spread in (0.0, 0.25)
    )

    assert steady.to_mean == pytest.approx(1, abs=0.15)
    assert steady.cv < 0.03
    assert moody.to_mean > 5
    assert moody.cv == pytest.approx(0.25, abs=0.05)
    assert moody.days == 200


def _mondays(rng, spread):
    """Write 200 Mondays of 16 half-hours, their rate varying by so much from day to day."""
    first = date(2020, 1, 6)
    for week in range(200):
        rate = 100 * max(0.1, rng.normal(1, spread))
        for slot in range(16):
            at = datetime.combine(first + timedelta(weeks=week), time(9 + slot // 2, slot % 2 * 30))
            yield f"{at:%Y-%m-%d %H:%M},{rng.poisson(rate)}"


def test_a_few_days_say_nothing_of_variation():
    assert variation(parse_arrivals(csv_of("2027-03-01 09:00,10", "2027-03-01 09:30,3"))) is None


def test_the_bank_week_is_the_worked_one(bank_calls, reference):
    arrivals = parse_arrivals(bank_calls)
    week = usual_week(arrivals)

    for row in reference("worked_week_bank_calls.csv"):
        at = time.fromisoformat(row["slot"])
        contacts = week.contacts[int(row["weekday"]), at.hour * 2 + at.minute // 30]
        assert contacts == pytest.approx(float(row["mean_calls"]), abs=1e-5)

    assert (len(arrivals.rows), arrivals.step_minutes, arrivals.problems) == (27716, 5, ())
    varies = variation(arrivals)
    assert varies.to_mean == pytest.approx(7.4, abs=0.2)
    assert 0.05 < varies.cv < 0.12


def test_the_bank_needs_352_and_a_half_people(bank_calls):
    planned = plan_line(
        LineOfBusiness(
            name="Bank, calls",
            channel="phone",
            language="en",
            week=usual_week(parse_arrivals(bank_calls)),
            hours={day: [(time(7), time(21))] for day in range(5)},
            aht_s=180,
            max_occupancy=0.88,
            weekly_paid_hours=37.5,
        )
    )

    fte = planned.figure("weekly_fte")
    assert round(fte.value, 1) == 352.5
    assert fte.formula.replace(MINUS, "-").startswith("9,254 h ÷ (1 - 0.3) ÷ 37.5 h = 352.5")
    assert fte.steps[0].label == "Hours on duty on Mon"
    assert sum(step.value for step in fte.steps[:5]) == fte.steps[5].value == 9254


def test_lines_may_end_as_old_spreadsheets_end_them():
    arrivals = parse_arrivals("start,calls\r2026-10-05 09:00,10\r2026-10-05 09:30,12\r")

    assert [row.contacts for row in arrivals.rows] == [10, 12]


def test_what_is_no_table_has_a_sentence():
    with pytest.raises(ValueError, match="The file is no table of short fields"):
        parse_arrivals("start,calls\n" + "9" * 200_000 + ",1\n")


@pytest.mark.parametrize("when", ["9999-12-31 23:30", "0001-01-01 00:00+05:00"])
def test_a_time_out_of_reach_is_a_problem_of_its_row(when):
    rows = f"start,calls\n2026-10-05 09:00,10\n2026-10-05 09:30,12\n{when},3\n"

    problems = parse_arrivals(rows, "America/New_York").problems

    assert any("lies outside the years 1970 to 2200" in str(each) for each in problems)

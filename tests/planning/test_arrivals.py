from datetime import time

import pytest

from planning.arrivals import half_hours, mean_day, parse_arrivals
from planning.erlang_c import agents_required


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

    found = half_hours(parse_arrivals(csv_of(*rows)))

    assert list(found.values()) == [total] * 4


def test_an_incomplete_half_hour_does_not_count():
    rows = ["2027-03-01 09:00,10", "2027-03-01 09:15,10", "2027-03-01 09:30,10"]

    assert list(half_hours(parse_arrivals(csv_of(*rows))).values()) == [20]


def test_mean_day_divides_by_the_days_that_have_the_half_hour():
    rows = [
        "2027-03-01 09:00,10",
        "2027-03-01 09:30,30",
        "2027-03-02 09:00,20",
        "2027-03-02 09:30,50",
        "2027-03-03 09:00,60",
    ]
    arrivals = parse_arrivals(csv_of(*rows))

    mean, tuesday = mean_day(arrivals), mean_day(arrivals, weekdays=[1])

    assert (mean.contacts[18], mean.contacts[19], mean.total) == (30, 40, 70)
    assert mean.busiest().start == time(9, 30)
    assert mean.rule == "Mean of each half-hour over 3 days."
    assert (tuesday.contacts[18], tuesday.total) == (20, 70)


def test_a_quantile_of_the_days_can_be_asked_for():
    rows = [f"2027-03-{day:02} 09:00,{day}" for day in range(1, 12)]
    rows.insert(1, "2027-03-01 09:30,0")

    high = mean_day(parse_arrivals(csv_of(*rows)), quantile=0.9)

    assert high.busiest().contacts == 10
    assert high.rule == "Quantile 0.9 of each half-hour over 11 days."


def test_the_bank_week_is_the_worked_one(bank_calls, reference):
    arrivals = parse_arrivals(bank_calls)
    days = {day: mean_day(arrivals, weekdays=[day]) for day in range(5)}

    hours = 0.0
    for row in reference("worked_week_bank_calls.csv"):
        at = time.fromisoformat(row["slot"])
        contacts = days[int(row["weekday"])].contacts[at.hour * 2 + at.minute // 30]
        aims = {"service_level": 0.8, "threshold_s": 20, "max_occupancy": 0.88}
        agents = agents_required(contacts, 1800, 180, **aims).agents
        assert contacts == pytest.approx(float(row["mean_calls"]), abs=1e-5)
        assert agents == int(row["agents_80_20_cap88"])
        hours += agents / 2

    assert (len(arrivals.rows), arrivals.step_minutes, arrivals.problems) == (27716, 5, ())
    assert round(hours / (1 - 0.3) / 37.5, 1) == 352.5

from collections import Counter
from datetime import time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.shifts import DEFAULT_SHIFTS, Shift, half_time_fits, outside_hours, share_over_shifts
from planning.staffing import plan
from planning.structure import Structure
from planning.week import open_half_hours
from tests.planning.made import MONDAY, line, open_for, site, window


def on_duty(opens, closes, people=10):
    return open_half_hours({day: [(opens, closes)] for day in range(7)}) * people


@pytest.mark.parametrize(
    ("opens", "closes", "hours", "seats"),
    [
        (time(9), time(17), [0, 560, 0, 0], [0, 24, 0, 0]),
        (time(), time(), [560, 0, 560, 560], [8, 0, 8, 8]),
        (time(8), time(20), [70, 560, 210, 0], [2, 16, 6, 0]),
        (time(6), time(22), [560, 0, 560, 0], [12, 0, 12, 0]),
    ],
)
def test_the_shift_that_covers_most_takes_its_hours_first(opens, closes, hours, seats):
    found = share_over_shifts(on_duty(opens, closes), 24)

    assert [share.shift.key for share in found] == ["early", "day", "late", "night"]
    assert [share.hours for share in found] == hours
    assert [share.seats for share in found] == seats


def test_each_seat_has_a_shift_and_the_figure_says_it_is_no_roster():
    planned = plan([line(hours=open_for(7, 24))], shifts=DEFAULT_SHIFTS)

    shifts = Counter(seat.shift for seat in planned.seats() if seat.role == "agent")
    assert shifts == {"early": 23, "late": 23, "night": 23}
    figure = planned.lines[0].figure("seats_by_shift")
    assert figure.formula == "23 + 23 + 23 = 69"
    assert figure.steps[2].working == "22:00-06:00, 2,688 agent-hours a week"
    assert figure.note.startswith("A share-out and not a roster")


def test_a_lead_works_when_most_of_the_team_does():
    planned = plan([line(hours=open_for(7, 24))], shifts=DEFAULT_SHIFTS)

    leads = Counter(seat.shift for seat in planned.seats() if seat.role == "team_lead")
    assert leads == {"early": 3, "late": 3, "night": 3}


def test_shifts_are_in_the_time_of_the_site():
    """9:00 to 17:00 in Berlin is 16:00 to midnight in Manila, in winter."""
    office = {day: [(time(9), time(17))] for day in range(5)}

    planned = plan(
        [line(hours=office)],
        sites=[site("Manila", "Asia/Manila")],
        shifts=DEFAULT_SHIFTS,
        on=MONDAY,
        customer_zone="Europe/Berlin",
    )

    shares = planned.lines[0].parts[0].shifts
    assert {share.shift.key: share.hours for share in shares} == {
        "early": 0,
        "day": 0,
        "late": 6 * 5 * 48,
        "night": 2 * 5 * 48,
    }


def test_hours_that_no_shift_covers_are_said_aloud():
    morning = Shift("morning", "Morning", time(), time(6))

    planned = plan([line()], shifts=[morning])

    assert planned.cautions[-1] == (
        "Phone German: 480 agent-hours a week lie outside all shifts, and nobody is hired for them."
    )
    assert outside_hours(planned.lines[0].week.agents, [morning]) == 480


def test_one_seat_may_be_half_time_where_half_a_person_is_to_spare():
    """Six seats hold the peak of one line, whose week takes five full-time people."""
    mail = line(channel="email", contacts_per_half_hour=12, aht_s=420, weekly_paid_hours=45)

    whole, part = (plan([mail], part_time=asked) for asked in (False, True))

    assert {seat.fte for seat in whole.seats()} == {Decimal(1)}
    agents = [seat.fte for seat in part.seats() if seat.role == "agent"]
    assert agents == [Decimal(1)] * 5 + [Decimal("0.5")]
    assert part.lines[0].figure("fte_employed").formula == "6 \N{MINUS SIGN} 1 · 0.5 = 5.5"


@pytest.mark.parametrize(
    ("seats", "fte", "fits"), [(6, 5.5, True), (6, 5.51, False), (0, 0, False)]
)
def test_half_a_person_must_be_to_spare(seats, fte, fits):
    assert half_time_fits(seats, fte) is fits


def test_the_half_time_seat_is_where_a_seat_has_the_fewest_hours():
    """Early 100 hours a week in 4 seats, late 60 in 2."""
    mail = line(channel="email", contacts_per_half_hour=12, aht_s=420, weekly_paid_hours=45)
    early = Shift("early", "Early", time(), time(5))
    late = Shift("late", "Late", time(5), time(8))

    planned = plan([mail], part_time=True, shifts=[early, late])

    agents = [(seat.shift, seat.fte) for seat in planned.seats() if seat.role == "agent"]
    assert Counter(agents) == {("early", 1): 3, ("early", Decimal("0.5")): 1, ("late", 1): 2}


@pytest.mark.parametrize(
    ("shifts", "says"),
    [
        ([DEFAULT_SHIFTS[0]] * 2, "Each shift needs a key of its own"),
        ([DEFAULT_SHIFTS[2]], "Phone German: no shift covers any of its hours"),
    ],
)
def test_shifts_that_cannot_be_are_refused(shifts, says):
    with pytest.raises(ValueError, match=says):
        plan([line()], shifts=shifts)


def test_shifts_at_sites_need_a_zone():
    with pytest.raises(ValueError, match="Shifts at sites need a week and the customers' time"):
        plan([line()], sites=[site()], shifts=DEFAULT_SHIFTS)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"key": ""}, "The shift 'Early' needs a key"),
        ({"ends": time(6)}, "The shift Early starts and ends at 06:00"),
        ({"starts": time(6, 20)}, "06:20 is not the start of a half-hour"),
    ],
)
def test_an_impossible_shift_is_refused(changed, says):
    given = {"key": "early", "name": "Early", "starts": time(6), "ends": time(14)}

    with pytest.raises(ValueError, match=says):
        Shift(**(given | changed))


@given(
    seats=st.integers(0, 300),
    people=st.integers(1, 40),
    hours=window,
    shifts=st.lists(window, min_size=1, max_size=5),
)
def test_shares_over_shifts_keep_their_sums(seats, people, hours, shifts):
    agents = on_duty(*hours, people=people)
    given = [Shift(str(key), f"Shift {key}", *each) for key, each in enumerate(shifts)]
    outside = outside_hours(agents, given)
    if outside == agents.sum() / 2:
        return  # refused, as another test shows

    found, more = (share_over_shifts(agents, number, given) for number in (seats, seats + 1))

    assert sum(share.seats for share in found) == seats
    assert sum(share.hours for share in found) + outside == agents.sum() / 2
    assert all(share.seats == 0 for share in found if share.hours == 0)
    assert all(one.seats <= two.seats for one, two in zip(found, more, strict=True))


@given(part_time=st.booleans(), structure=st.sampled_from(["flat", "geographic"]))
def test_shifts_change_no_number_of_seats(part_time, structure):
    built = Structure(kind=structure)
    sites = [site("Lisbon"), site("Pune", "Asia/Kolkata")]
    when = {"on": MONDAY, "customer_zone": "Europe/Berlin"}

    plain = plan([line()], built, sites=sites)
    shifted = plan([line()], built, sites=sites, shifts=DEFAULT_SHIFTS, part_time=part_time, **when)

    assert shifted.roles == plain.roles
    assert len(list(shifted.seats())) == plain.total_seats
    assert np.array_equal(shifted.agents_at("Pune"), plain.agents_at("Pune"))

from datetime import date, time

import numpy as np
import pytest

from planning.sites import Site, in_local_time, minutes_at, split_over, working_hours
from planning.staffing import plan
from planning.structure import Structure
from planning.week import in_words
from tests.planning.made import MONDAY, line, open_for, site

SUMMER_BEGINS = date(2026, 3, 23)  # on Sunday the 29th European clocks go forward


def around_the_world(**changed):
    return [
        site("Lisbon", "Europe/Lisbon", 2, opens=time(8), closes=time(16), **changed),
        site("Pune", "Asia/Kolkata", 1, opens=time(9), closes=time(18)),
    ]


def test_each_half_hour_is_shared_by_the_shares():
    planned = plan([line()], sites=around_the_world())

    lisbon, pune = planned.lines[0].parts
    assert (lisbon.agents[0, 0], pune.agents[0, 0]) == (32, 16)
    assert (lisbon.seats, pune.seats) == (46, 23)
    assert (planned.agents_at("Lisbon") == lisbon.agents).all()


def test_seats_by_site_say_the_price_of_splitting_and_when_each_serves():
    figure = plan([line()], sites=around_the_world()).lines[0].figure("seats")

    assert figure.formula == "46 + 23 = 69; at one site 69: none more"
    assert [(step.label, step.value) for step in figure.steps] == [
        ("Lisbon", 46),
        ("Pune", 23),
        ("At one site", 69),
        ("The price of several sites", 0),
    ]
    assert figure.steps[0].working == (
        "⌈32 ÷ (1 \N{MINUS SIGN} 0.3)⌉ = 46; on duty Mon-Fri 00:00-08:00"
    )


def test_without_sites_nothing_has_a_site():
    planned = plan([line()])

    assert {seat.site for seat in planned.seats()} == {""}
    assert planned.lines[0].parts[0].site == ""
    assert (planned.lines[0].parts[0].agents == planned.lines[0].week.agents).all()


def test_who_is_awake_serves_when_following_the_sun():
    """In March Pune is 4:30 ahead of Berlin: 9:00 to 18:00 there is 4:30 to 13:30."""
    planned = plan(
        [line(hours=open_for(7, 24))],
        sites=around_the_world(),
        follow_sun=True,
        on=MONDAY,
        customer_zone="Europe/Berlin",
    )

    lisbon, pune = planned.lines[0].parts
    assert in_words(pune.agents > lisbon.agents) == "Mon-Sun 04:30-09:00"
    assert in_words(lisbon.agents == 0) == "Mon-Sun 04:30-09:00"
    assert in_words(pune.agents == 0) == "Mon-Sun 13:30-17:00"
    at_night = slice(0, 9)  # nobody's hours: all share
    assert set(pune.agents[0, at_night]) == {16}


def test_local_time_follows_both_clocks():
    minutes = minutes_at("Asia/Kolkata", "Europe/Berlin", SUMMER_BEGINS)

    assert (minutes[0, 0], minutes[6, 0], minutes[6, 47]) == (
        4 * 60 + 30,
        6 * 1440 + 4 * 60 + 30,
        3 * 60,  # 23:30 on Sunday in summer is 3:00 on Monday
    )


def test_a_half_hour_counts_only_if_all_of_it_is_in_the_window():
    """Kathmandu is 4:45 ahead: 9:00 to 18:00 there begins at 4:15 and ends at 13:15."""
    kathmandu = site("Kathmandu", "Asia/Kathmandu", opens=time(9), closes=time(18))

    found = working_hours(kathmandu, "Europe/Berlin", MONDAY)

    assert in_words(found) == "Mon-Sun 04:30-13:00"


@pytest.mark.parametrize(
    ("opens", "closes", "when"),
    [
        (time(22), time(6), "Mon-Sun 00:00-06:00 and 22:00-24:00"),
        (time(), time(), "Mon-Sun 00:00-24:00"),
        (time(9), time(), "Mon-Sun 09:00-24:00"),
    ],
)
def test_a_window_may_pass_midnight(opens, closes, when):
    found = working_hours(site(opens=opens, closes=closes), "Europe/Lisbon", MONDAY)

    assert in_words(found) == when


def test_the_week_is_told_by_weekday_whatever_day_it_begins_on():
    friday = date(2026, 3, 27)

    minutes = minutes_at("Europe/Lisbon", "Europe/Lisbon", friday)

    assert minutes.ravel().tolist() == [
        *range(0, 6 * 1440 + 60, 30),
        6 * 1440 + 2 * 60,  # the clocks skip from 1:00 to 2:00
        6 * 1440 + 2 * 60 + 30,
        *range(6 * 1440 + 2 * 60, 7 * 1440, 30),
    ]


def test_agents_in_local_time_move_to_the_weekday_they_work_on():
    agents = np.zeros((7, 48), dtype=int)
    agents[0, 0] = 5

    found = in_local_time(agents, "America/Bogota", "Europe/Berlin", MONDAY)

    assert np.argwhere(found).tolist() == [[6, 36]]
    assert found[6, 36] == 5


def test_a_site_too_small_for_its_people_is_said_aloud():
    planned = plan([line()], sites=around_the_world(capacity=30))

    assert planned.cautions[-1] == (
        "Lisbon: 32 agents at once on Mon 00:00, and there is room for 30; 80 half-hours a week "
        "are too many."
    )
    assert plan([line()], sites=around_the_world(capacity=32)).cautions == ()


def test_a_geographic_plan_has_everybody_at_a_site_but_its_director():
    planned = plan([line()], Structure(kind="geographic"), sites=around_the_world())

    away = [seat.role for seat in planned.seats() if not seat.site]
    assert away == ["director"]
    managers = [seat.site for seat in planned.seats() if seat.role == "manager"]
    assert managers == ["Lisbon", "Pune"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": " "}, "A site needs a name"),
        ({"time_zone": "Mars/Base"}, "'Mars/Base' is not a time zone"),
        ({"share": -1}, "The share of Lisbon must be 0 or more"),
        ({"opens": time(9), "closes": time(9)}, "Lisbon opens and closes at 09:00"),
        ({"opens": time(9, 10)}, "09:10 is not the start of a half-hour"),
        ({"capacity": 0}, "The capacity of Lisbon must be a whole number of 1 or more"),
    ],
)
def test_an_impossible_site_is_refused(changed, says):
    given = {"name": "Lisbon", "time_zone": "Europe/Lisbon", "share": 1}

    with pytest.raises(ValueError, match=says):
        Site(**(given | changed))


@pytest.mark.parametrize(
    ("sites", "asked", "says"),
    [
        ([], {"follow_sun": True}, "Following the sun needs sites"),
        ([site(share=0)], {}, "No site has a share of the work: Lisbon all have 0"),
        ([site(), site()], {}, "Each site needs a name of its own"),
        ([site()], {"follow_sun": True}, "needs a week and the customers' time zone"),
        (
            [site()],
            {"follow_sun": True, "on": MONDAY, "customer_zone": "Nowhere"},
            "'Nowhere' is not a time zone",
        ),
    ],
)
def test_sites_that_cannot_be_are_refused(sites, asked, says):
    with pytest.raises(ValueError, match=says):
        split_over(sites, **asked)

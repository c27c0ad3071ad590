import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.erlang_c import agents_required
from planning.pooled import plan_pool, queues
from planning.staffing import plan
from planning.structure import Structure
from tests.planning.made import line, open_for, site

POOLED = Structure(channels="pooled")


def two_lines(**changed):
    video = {"name": "Video German", "channel": "video", "aht_s": 600}
    return [line(), line(**({**video, "contacts_per_half_hour": 50} | changed))]


def test_one_queue_takes_all_contacts_at_their_mean_handling_time():
    pool = plan_pool(two_lines())

    aht_s = (200 * 360 + 50 * 600) / 250
    alone = agents_required(250, 1800, aht_s, service_level=0.8, threshold_s=20, max_occupancy=0.85)
    assert pool.together.agents == alone.agents == 67
    assert pool.together.line.aht_s == aht_s
    assert pool.together.seats == 96


def test_each_seat_of_the_queue_has_a_home_line_by_work():
    pool = plan_pool(two_lines())

    assert [plan.seats for plan in pool.lines] == [68, 28]
    assert [plan.agents for plan in pool.lines] == [47, 20]
    assert pool.lines[0].figure("seats").formula == (
        "1,600 of 2,266.6667 hours of work in a week, of 96 seats: 68"
    )


def test_the_gain_against_lines_apart_is_told():
    (gain,) = (each for each in plan(two_lines(), POOLED).totals if each.key == "pool.1.gain")

    assert gain.formula == "69 + 32 = 101 apart; together 96: 101 \N{MINUS SIGN} 96 = 5"


def test_the_strictest_target_the_lowest_cap_and_the_highest_shrinkage_hold():
    video = {"service_level": 0.95, "threshold_s": 10, "max_occupancy": 0.8, "shrinkage": 0.4}

    together = plan_pool(two_lines(**video)).together.line

    assert (together.service_level, together.threshold_s) == (0.95, 10)
    assert (together.max_occupancy, together.shrinkage) == (0.8, 0.4)
    sources = {each.name: each.source for each in together.inputs("service_level", "shrinkage")}
    assert sources == {
        "Service level": "The strictest: Video German",
        "Shrinkage": "The highest of the lines",
    }


def test_chat_mail_and_other_languages_stay_apart():
    others = [
        line(name="Chat", channel="chat"),
        line(name="Mail", channel="email"),
        line(name="French", language="fr"),
        line(name="Tier 2", tier=2),
        line(name="Wireless", speciality="wireless"),
    ]

    found = queues([*two_lines(), *others])

    assert [[each.name for each in group] for group in found] == [["Phone German", "Video German"]]


def test_split_lines_are_compared_and_pooled_ones_are_not():
    keys = [
        [figure.key for figure in plan(two_lines(), structure).totals]
        for structure in (Structure(), POOLED)
    ]

    assert "pooled.de" in keys[0]
    assert "pooled.de" not in keys[1]


def test_seats_asked_for_come_on_top_of_the_home_seats():
    asked = plan(two_lines(seats_asked=40), POOLED, sites=[site(), site("Porto")])

    video = asked.lines[1]
    assert video.seats == 40 == sum(part.seats for part in video.parts)
    assert video.cautions == (
        (
            "Video German: the client asks for 40 seats, and the volume needs only 28: "
            "who is there beyond that waits."
        ),
    )


@pytest.mark.parametrize("patience_s", [None, 180])
def test_patience_counts_only_where_each_line_knows_it(patience_s):
    lines = [line(patience_s=180), two_lines(patience_s=patience_s)[1]]

    patient = plan_pool(lines).together.week.with_patience

    assert (patient is None) == (patience_s is None)


volumes = st.lists(
    st.tuples(st.floats(0, 200), st.floats(60, 900), st.integers(1, 7)), min_size=2, max_size=4
)


@given(volumes=volumes, number_of_sites=st.integers(0, 3), more=st.floats(1, 2))
def test_the_lines_of_a_queue_always_add_up_to_it(volumes, number_of_sites, more):
    def planned(factor):
        lines = [
            line(
                name=f"Line {number}",
                contacts_per_half_hour=contacts * factor,
                aht_s=aht_s,
                hours=open_for(days, 6),
            )
            for number, (contacts, aht_s, days) in enumerate(volumes)
        ]
        sites = [site(f"Site {number}", share=number + 1) for number in range(number_of_sites)]
        return plan(lines, POOLED, sites=sites)

    found = planned(1)

    (pool,) = found.pools
    assert sum(each.seats for each in pool.lines) == pool.together.seats
    total = np.sum([each.week.agents for each in pool.lines], axis=0)
    assert (total == pool.together.week.agents).all()
    assert int(total.max()) == pool.together.agents
    assert found.agent_seats <= planned(more).agent_seats


def test_a_queue_open_longer_than_people_work_is_said_aloud():
    lines = [line(hours=open_for(7, 15)), two_lines()[1]]

    assert plan(lines, POOLED).cautions == (
        (
            "Phone German and Video German together: 96 seats hold the busiest half-hour; keeping "
            "that up for all 105 hours open in a week takes 208 full-time people."
        ),
    )

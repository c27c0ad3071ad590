import json
from collections import Counter
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.derivations import MINUS
from planning.line_plan import plan_line
from planning.lines import CHANNELS, LineOfBusiness
from planning.provenance import Figure
from planning.staffing import plan
from planning.structure import Structure
from planning.workload import DayProfile


def line(**changed):
    """Return 200 contacts of 360 s in the busiest half-hour, all else by default."""
    plain = {
        "name": "Phone German",
        "channel": "phone",
        "language": "de",
        "contacts_per_half_hour": 200,
        "aht_s": 360,
        "hours_per_week": 40,
    }
    if "profile" in changed:
        del plain["contacts_per_half_hour"]
    return LineOfBusiness(**(plain | changed))


def test_why_69():
    planned = plan_line(line())

    formulas = {figure.key: figure.formula.replace(MINUS, "-") for figure in planned.figures}
    assert formulas == {
        "load": "200 · 360 s ÷ 1,800 s = 40",
        "agents_by_service_level": (
            "fewest n with 1 - C(n, A) · exp(-(n - A) · T ÷ AHT) ≥ 80%, A = 40, T = 20 s, "
            "AHT = 360 s: 46"
        ),
        "agents_by_occupancy": "⌈40 ÷ 0.85⌉ = 48",
        "agents": "max(46, 48) = 48",
        "expected_service_level": "1 - 0.156 · exp(-(48 - 40) · 20 ÷ 360) = 0.9",
        "seats": "⌈48 ÷ (1 - 0.3)⌉ = 69",
        "weekly_fte": "1,920 h ÷ (1 - 0.3) ÷ 40 h = 68.5714",
    }
    assert [figure.value for figure in planned.figures] == pytest.approx(
        [40, 46, 48, 48, 0.9000007274937, 69, 68.5714285714]
    )
    assert (planned.agents, planned.seats) == (48, 69)


def test_each_input_says_who_gave_it():
    planned = plan_line(
        line(sources={"contacts": "Client, intake of 12 January"}, max_occupancy=0.8)
    )

    assert {each.name: each.source for each in planned.figure("agents").inputs} == {
        "Contacts in the busiest half-hour": "Client, intake of 12 January",
        "Average handling time": "Source not stated",
        "Service level": "Default: 80 % in 20 s, the target most contracts name",
        "Answered within": "Default: 80 % in 20 s, the target most contracts name",
        "Occupancy cap": "Source not stated",
    }


def test_patience_shows_what_erlang_a_would_need_and_changes_no_seat():
    planned = plan_line(line(patience_s=180))

    assert planned.figure("agents_with_patience").value == 43
    assert planned.seats == 69


def test_a_profile_is_staffed_at_its_busiest_half_hour():
    profile = DayProfile.of_pairs([(time(9), 100), (time(10), 200), (time(11), 50)])

    planned = plan_line(line(profile=profile, days_per_week=5, hours_per_week=7.5))

    assert (planned.busiest.start, planned.agents, planned.seats) == (time(10), 48, 69)
    assert planned.figure("weekly_fte").steps[0].value == (25 + 48 + 14) / 2 * 5


def test_a_week_open_longer_than_people_work_is_said_aloud():
    peak, week = (plan_line(line(hours_per_week=105), seats_by=rule) for rule in ("peak", "week"))

    assert (peak.seats, week.seats) == (69, 180)
    assert " ".join(peak.cautions) == (
        "Phone German: 69 seats hold the busiest half-hour; keeping that up for all 105 hours "
        "open in a week takes 180 full-time people."
    )
    assert week.cautions == ()


def test_chat_counts_slots_and_seats_count_people():
    chat = line(channel="chat", contacts_per_half_hour=60, aht_s=500, concurrency=2, threshold_s=30)

    planned = plan_line(chat)

    assert planned.figure("load").value == pytest.approx(20)
    assert planned.figure("agents").formula == "max(25, 24) = 25 slots; ⌈25 ÷ 2⌉ = 13"
    assert (planned.agents, planned.seats) == (13, 19)


def test_deferred_work_is_spread_over_the_hours_open():
    mail = line(channel="email", contacts_per_half_hour=12, aht_s=420, days_per_week=5)

    planned = plan_line(mail)

    assert planned.figure("work").value == pytest.approx(112)
    assert planned.figure("agents").formula == "⌈112 ÷ (0.85 · 40)⌉ = 4"
    assert planned.figure("agents").note == (
        "Right only if the answer may wait until the day's peak has passed."
    )
    assert planned.seats == 6


def test_no_contacts_need_nobody():
    planned = plan([line(contacts_per_half_hour=0)])

    assert (planned.total_seats, planned.teams, list(planned.seats())) == (0, (), [])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"channel": "fax"}, "'fax' is not a channel; use phone, video"),
        ({"aht_s": 0}, "The handling time of Phone German must be above 0"),
        ({"contacts_per_half_hour": None}, "either the contacts per half-hour or a day's profile"),
        ({"shrinkage": 1}, "The shrinkage of Phone German must be 0 or more and below 1"),
        ({"hours_per_week": 169}, "The hours a week of Phone German must be .* at most 168"),
        ({"concurrency": 0}, "The concurrency of Phone German must be a whole number of 1"),
    ],
)
def test_an_impossible_line_is_refused_by_name(changed, says):
    with pytest.raises(ValueError, match=says):
        line(**changed)


def three_lines():
    chat = line(name="Chat German", channel="chat", contacts_per_half_hour=60, aht_s=600)
    mail = line(name="Mail French", channel="email", language="fr", contacts_per_half_hour=12)
    return [line(), chat, mail]


def test_a_plan_counts_the_same_people_everywhere():
    planned = plan(three_lines())

    seats = list(planned.seats())
    agents = Counter(seat.line for seat in seats if seat.role == "agent")
    assert agents == {each.line.name: each.seats for each in planned.lines}
    assert len(seats) == planned.total_seats
    assert Counter(seat.role for seat in seats) == {
        role.role: role.count for role in planned.roles if role.count
    }
    assert planned.figures[0].value == planned.agent_seats == sum(agents.values())


def test_languages_do_not_share_a_team_unless_asked():
    apart = plan(three_lines())
    together = plan(three_lines(), Structure(teams_by="all"))

    mixed = [{name[-6:] for name, _ in team.members} for team in apart.teams]
    assert all(len(languages) == 1 for languages in mixed)
    assert {team.pool for team in apart.teams} == {"de, tier 1", "fr, tier 1"}
    assert {team.pool for team in together.teams} == {""}


def test_lines_need_names_of_their_own():
    with pytest.raises(ValueError, match="Each line of business needs a name of its own"):
        plan([line(), line()])
    with pytest.raises(ValueError, match="at least one line of business"):
        plan([])


lines = st.builds(
    line,
    channel=st.sampled_from(list(CHANNELS)),
    contacts_per_half_hour=st.floats(0, 300),
    aht_s=st.floats(30, 1200),
    patience_s=st.none() | st.floats(30, 600),
    concurrency=st.integers(1, 3),
    shrinkage=st.floats(0, 0.6),
    hours_per_week=st.floats(1, 168),
)


@given(business=lines, structure=st.sampled_from(["flat", "hierarchical"]))
def test_every_figure_of_every_plan_can_be_stored(business, structure):
    planned = plan([business], Structure(kind=structure))

    stored = json.dumps([figure.to_json() for figure in planned.figures])
    assert tuple(Figure.from_json(each) for each in json.loads(stored)) == planned.figures
    assert len(list(planned.seats())) == planned.total_seats


@given(business=lines, more=st.floats(1, 2))
def test_more_work_never_needs_fewer_seats(business, more):
    busier = line(**(vars(business) | {
        "contacts_per_half_hour": business.contacts_per_half_hour * more, "profile": None,
    }))  # fmt: skip

    assert plan_line(business).seats <= plan_line(busier).seats

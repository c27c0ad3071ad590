import dataclasses
import json
from collections import Counter
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.derivations import MINUS
from planning.impatience import LEVELS
from planning.line_plan import plan_line
from planning.provenance import Figure
from planning.staffing import plan
from planning.structure import Structure
from planning.week import WeekProfile
from tests.planning.made import line, lines, open_for


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


def test_a_week_is_staffed_at_its_busiest_half_hour_and_paid_by_all_of_them():
    week = WeekProfile.of([(0, time(9), 100), (1, time(10), 200), (1, time(11), 50)])

    planned = plan_line(line(week=week, hours=open_for(5, 12)))

    assert (planned.busiest.when, planned.agents, planned.seats) == ("Tue 10:00", 48, 69)
    steps = {step.label: step.value for step in planned.figure("weekly_fte").steps}
    assert steps["Hours on duty on Mon"] == 25 / 2
    assert steps["Hours on duty on Tue"] == (48 + 14) / 2
    assert steps["Hours on duty in a week"] == (25 + 48 + 14) / 2
    assert planned.week.agents[1, 20] == 48
    assert planned.week.by_cap[1, 20]


def test_who_hangs_up_makes_room_in_each_half_hour():
    planned = plan_line(line(patience_s=180))

    assert (planned.week.with_patience <= planned.week.agents).all()
    labels = [step.label for step in planned.figure("weekly_fte").steps]
    assert labels[-2] == "The same if callers hang up (Erlang A), hours"


def test_contacts_outside_the_service_hours_are_said_aloud():
    week = WeekProfile.of([(0, time(9), 100), (6, time(10), 20)])

    planned = plan_line(line(week=week, hours=open_for(5, 12)))

    assert planned.cautions[-1] == (
        "Phone German: 20 of 120 contacts a week come outside the service hours, and nobody is "
        "planned for them."
    )


def test_where_the_volume_varies_a_plan_keeps_less_than_it_promises():
    """At 100 Erlang, of 82 % promised two thirds are kept where the rate varies by 6 %."""
    planned = plan_line(
        line(contacts_per_half_hour=1000, aht_s=180, max_occupancy=1, volume_cv=0.06)
    )

    assert planned.measures.service_level == pytest.approx(0.82, abs=0.01)
    assert planned.figure("service_level_if_volume_varies").value == pytest.approx(0.67, abs=0.02)


def test_the_service_level_that_the_contract_names_decides_under_erlang_a():
    agents = {
        level: plan_line(line(patience_s=60, level=level)).figure("agents_with_patience").value
        for level in LEVELS
    }

    assert agents["incl_short_abandons"] < agents["offered"]
    assert agents["offered"] >= agents["excl_short_abandons"]


def test_a_week_open_longer_than_people_work_is_said_aloud():
    peak, week = (
        plan_line(line(hours=open_for(7, 15)), seats_by=rule) for rule in ("peak", "week")
    )

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
    mail = line(channel="email", contacts_per_half_hour=12, aht_s=420)

    planned = plan_line(mail)

    assert planned.figure("work").value == pytest.approx(112)
    assert planned.figure("agents").formula == "⌈112 ÷ (0.85 · 40)⌉ = 4"
    assert planned.figure("agents").note == (
        "Right only if the answer may wait until the day's peak has passed."
    )
    assert planned.seats == 6


def test_a_near_deadline_needs_more_than_the_week_does():
    monday = WeekProfile.of([(0, time(9), 60), (3, time(9), 4)])
    mail = {"channel": "email", "week": monday, "aht_s": 600, "hours": open_for(5, 12)}

    patient, urgent = (plan_line(line(**mail, deadline_h=hours)) for hours in (40, 2))

    assert patient.agents == 1
    assert urgent.figure("agents_by_deadline").formula == "⌈15 · 600 s ÷ (0.85 · 1,800 s)⌉ = 6"
    assert (urgent.agents, urgent.figure("agents").formula) == (
        6,
        "⌈10.6667 ÷ (0.85 · 60)⌉ = 1; max(1, 6) = 6",
    )


def test_mail_that_comes_on_sunday_waits_for_monday():
    sunday = WeekProfile.of([(6, time(9), 60)])
    mail = line(channel="email", week=sunday, aht_s=600, hours=open_for(5, 12), deadline_h=2)

    assert plan_line(mail).agents == 6


def test_chats_held_are_told_where_the_patience_is_known():
    chat = line(channel="chat", contacts_per_half_hour=60, concurrency=2, patience_s=120)

    planned = plan_line(chat)

    assert planned.figure("agents_by_chats_held").value <= planned.agents


def test_no_contacts_need_nobody():
    planned = plan([line(contacts_per_half_hour=0)])

    assert (planned.total_seats, planned.teams, list(planned.seats())) == (0, (), [])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"channel": "fax"}, "'fax' is not a channel; use phone, video"),
        ({"aht_s": 0}, "The handling time of Phone German must be above 0"),
        (
            {"contacts_per_half_hour": None},
            "either the contacts per half-hour of Phone German or a week",
        ),
        ({"shrinkage": 1}, "The shrinkage of Phone German must be 0 or more and below 1"),
        ({"hours": {}}, "The hours a week of Phone German must be above 0"),
        ({"deadline_h": 0}, "The deadline of Phone German in hours must be 0.5 or more"),
        ({"volume_cv": -1}, "The variation of Phone German must be 0 or more"),
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


def test_lines_in_one_language_are_compared_with_one_team_of_all():
    tier_two = line(name="Phone German, tier 2", tier=2, contacts_per_half_hour=50, aht_s=600)

    (pooled,) = (each for each in plan([line(), tier_two]).totals if each.key == "pooled.de")

    apart = [step.value for step in pooled.steps[:2]]
    assert apart == [48, 22]
    assert pooled.value == 67
    assert pooled.formula == "48 + 22 = 70 apart on Mon 00:00; together 67: 3 fewer"
    assert pooled.steps[2].value == pytest.approx(40 + 50 / 3)


def test_a_language_of_one_line_has_nothing_to_pool():
    assert not [each for each in plan(three_lines()).totals if each.key.startswith("pooled")]


def test_lines_need_names_of_their_own():
    with pytest.raises(ValueError, match="Each line of business needs a name of its own"):
        plan([line(), line()])
    with pytest.raises(ValueError, match="at least one line of business"):
        plan([])


@given(business=lines, structure=st.sampled_from(["flat", "hierarchical"]))
def test_every_figure_of_every_plan_can_be_stored(business, structure):
    planned = plan([business], Structure(kind=structure))

    stored = json.dumps([figure.to_json() for figure in planned.figures])
    assert tuple(Figure.from_json(each) for each in json.loads(stored)) == planned.figures
    assert len(list(planned.seats())) == planned.total_seats


@given(business=lines, more=st.floats(1, 2))
def test_more_work_never_needs_fewer_seats(business, more):
    contacts = business.contacts_per_half_hour * more
    busier = dataclasses.replace(business, contacts_per_half_hour=contacts)

    assert plan_line(business).seats <= plan_line(busier).seats

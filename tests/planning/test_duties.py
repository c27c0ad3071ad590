import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.charters import DEFAULT_CHARTERS, Charter
from planning.duties import (
    Held,
    HeldTwice,
    OwnedDuty,
    Planned,
    RareSkill,
    held_twice,
    owned_duties,
    rare_skills,
)

ROLES = [charter.role for charter in DEFAULT_CHARTERS]
SMALL = [
    Planned("manager", 1),
    Planned("team_lead", 1, "manager"),
    Planned("agent", 6, "team_lead"),
]


def charter(role, reports_to="", duty="Do it"):
    return Charter(role, "Is there.", (duty,), (), reports_to)


def owners(charters, planned, held=()):
    return {each.role: each.owner for each in owned_duties(charters, planned, held)}


def test_each_charter_reports_to_one_and_all_end_at_the_director():
    by_role = {each.role: each for each in DEFAULT_CHARTERS}

    above = {role: charter.reports_to for role, charter in by_role.items()}
    for _ in by_role:
        above = {role: by_role[up].reports_to if up else "" for role, up in above.items()}
    assert set(above.values()) == {""}
    assert [role for role, each in by_role.items() if not each.reports_to] == ["director"]


def test_no_duty_stands_in_two_charters():
    duties = [duty for each in DEFAULT_CHARTERS for duty in each.duties]

    assert len(duties) == len(set(duties))
    assert min(len(each.duties) for each in DEFAULT_CHARTERS) >= 3


def test_a_role_that_is_not_employed_is_done_by_the_one_above():
    found = owners(DEFAULT_CHARTERS, [*SMALL, Planned("trainer", 0, "team_lead")])

    assert found["quality_analyst"] == "manager"
    assert found["trainer"] == "team_lead"  # the plan says so, and not the charter
    assert found["supervisor"] == "manager"
    assert found["agent"] == "agent"


def test_what_stands_above_the_top_is_done_by_the_top():
    assert owners(DEFAULT_CHARTERS, SMALL)["director"] == "manager"


def test_a_duty_whose_role_leads_nowhere_has_no_owner():
    (duty,) = owned_duties([charter("coach")], SMALL)

    why = "Nobody in the team is above it, and it is not employed."
    assert duty == OwnedDuty("coach", "Do it", "", why)


def test_a_circle_of_charters_has_no_owner_and_an_end():
    circle = [charter("coach", "trainer", "Coach"), charter("trainer", "coach", "Train")]

    assert owners(circle, SMALL) == {"coach": "", "trainer": ""}


def test_a_planned_role_that_no_seat_holds_leaves_its_duties_to_nobody():
    seats = [Held("1", "manager"), Held("2", "agent")]

    (duty,) = owned_duties([charter("team_lead", "manager")], SMALL, seats)

    assert (duty.owner, duty.why) == ("", "A team lead is planned, and no seat holds the role.")


def test_whoever_shares_a_role_owns_its_duties():
    seats = [Held("1", "manager", duties=(("manager", 0.5), ("trainer", 0.5)))]

    assert owners([charter("trainer", "manager")], SMALL, seats) == {"trainer": "trainer"}


def test_two_charters_of_one_role_are_refused():
    with pytest.raises(ValueError, match="Each role has one charter"):
        owned_duties([charter("coach"), charter("coach")], [])


@given(counts=st.dictionaries(st.sampled_from(ROLES), st.integers(0, 3)))
def test_every_duty_is_told_once_and_only_by_who_is_there(counts):
    planned = [Planned(role, count) for role, count in counts.items()]

    found = owned_duties(DEFAULT_CHARTERS, planned)

    told = [(each.role, each.duty) for each in found]
    assert told == [(each.role, duty) for each in DEFAULT_CHARTERS for duty in each.duties]
    assert all(counts.get(each.owner) for each in found if each.owner)
    assert all(bool(each.owner) != bool(each.why) for each in found)


def test_people_of_several_lines_with_one_skill_add_up():
    lines = [("Phone", 2, ["Billing", "SAP"]), ("Chat", 1, ["billing "]), ("Mail", 1, ["Law"])]

    assert rare_skills(lines) == (RareSkill("Law", 1, ("Mail",)), RareSkill("SAP", 2, ("Phone",)))


def test_a_skill_that_a_line_names_twice_is_counted_once():
    assert rare_skills([("Phone", 2, ["SAP", "sap"])]) == (RareSkill("SAP", 2, ("Phone",)),)


@given(
    lines=st.lists(
        st.tuples(st.text("ab", max_size=2), st.integers(0, 4), st.sets(st.sampled_from("xyz")))
    )
)
def test_more_people_never_make_a_skill_rare(lines):
    fewer = {each.skill for each in rare_skills(lines)}
    more = {each.skill for each in rare_skills([(name, n + 1, has) for name, n, has in lines])}

    assert more <= fewer


def test_a_role_meant_for_one_that_two_hold_is_told():
    seats = [Held("7", "manager"), Held("8", "manager"), Held("9", "team_lead")]

    assert held_twice(SMALL, seats) == (
        HeldTwice("manager", ("7", "8"), "The plan has one manager here."),
    )


def test_one_at_each_site_is_not_twice():
    planned = [Planned("manager", 1, "", "Gdansk"), Planned("manager", 1, "", "Porto")]
    seats = [Held("1", "manager", "Gdansk"), Held("2", "manager", "Porto")]

    assert held_twice(planned, seats) == ()
    assert [
        each.seats for each in held_twice(planned, [*seats, Held("3", "manager", "Porto")])
    ] == [("2", "3")]


@pytest.mark.parametrize(
    ("duties", "reasons"),
    [
        ((("trainer", 0.1), ("coach", 0.2), ("manager", 0.7)), []),
        ((("trainer", 0.5), ("trainer", 0.5)), ["It stands twice among the duties of one person."]),
        (
            (("trainer", 0.5), ("coach", 0.75)),
            ["The shares of this person sum to 1.25, and one person is 1."],
        ),
    ],
)
def test_a_person_has_one_whole_job_and_each_role_once(duties, reasons):
    found = held_twice([], [Held("1", "manager", duties=duties)])

    assert [each.why for each in found] == reasons


def test_an_impossible_share_is_refused():
    with pytest.raises(ValueError, match="The share of trainer on seat 1 must be above 0"):
        held_twice([], [Held("1", "manager", duties=(("trainer", 0),))])

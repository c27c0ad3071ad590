from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.command import support_roles
from planning.role_sharing import share_of, share_out_roles, shared_support
from planning.staffing import plan
from planning.structure import DEFAULT_RATIOS, Structure, SupportRatio
from tests.planning.made import line


def decimals(**shares):
    return {role: Decimal(share) for role, share in shares.items()}


def test_a_small_team_has_one_person_for_all_of_its_support():
    roles, people = shared_support(9, DEFAULT_RATIOS)

    assert [(person.role, person.duties) for person in people] == [
        (
            "trainer",
            (
                ("trainer", Decimal("0.36")),
                ("quality_analyst", Decimal("0.30")),
                ("workforce_planner", Decimal("0.18")),
            ),
        )
    ]
    assert {role.role: (role.count, role.reason) for role in roles} == {
        "quality_analyst": (0, "9 ÷ 30 = 0.30 of a person: 0.30 done by the trainer."),
        "trainer": (
            1,
            (
                "9 ÷ 25 = 0.36 of a person: 0.36 in one person, who is also "
                "quality analyst 0.30 and workforce planner 0.18."
            ),
        ),
        "workforce_planner": (0, "9 ÷ 50 = 0.18 of a person: 0.18 done by the trainer."),
    }


def test_whole_people_do_their_role_alone():
    people = share_out_roles(decimals(trainer="2.76", coach="0.24"))

    assert [(person.role, person.duties) for person in people] == [
        ("trainer", ()),
        ("trainer", ()),
        ("trainer", (("trainer", Decimal("0.76")), ("coach", Decimal("0.24")))),
    ]


def test_a_share_is_never_cut_to_fill_a_person():
    people = share_out_roles(decimals(trainer="0.6", coach="0.6", sales_manager="0.4"))

    assert [person.busy for person in people] == [Decimal("1.0"), Decimal("0.6")]


@pytest.mark.parametrize(("agents", "share"), [(0, "0"), (1, "0.01"), (69, "0.35"), (250, "1.25")])
def test_a_share_is_counted_in_hundredths(agents, share):
    ratio = SupportRatio("coach", 200, 10, "manager", "given")

    assert share_of(agents, ratio) == Decimal(share)


roles = st.sampled_from(["trainer", "coach", "quality_analyst", "sales_manager", "returns_manager"])
hundredths = st.integers(0, 350).map(lambda each: Decimal(each) / 100)


@given(shares=st.dictionaries(roles, hundredths))
def test_every_share_is_placed_and_nobody_holds_more_than_one(shares):
    people = share_out_roles(shares)

    placed = Counter()
    for person in people:
        assert 0 < person.busy <= 1
        assert (
            person.role == max(person.duties, key=lambda each: each[1], default=(person.role,))[0]
        )
        for role, share in person.duties or ((person.role, Decimal(1)),):
            placed[role] += share
    assert placed == Counter({role: share for role, share in shares.items() if share})
    for role, share in shares.items():
        held = [person for person in people if role in dict(person.duties)]
        assert len(held) == (share % 1 > 0)
    assert people == share_out_roles(shares)


@given(agents=st.integers(20, 500))
def test_who_shares_roles_needs_no_more_people(agents):
    apart = sum(role.count for role in support_roles(agents))

    assert len(shared_support(agents, DEFAULT_RATIOS)[1]) <= apart


def test_a_plan_names_the_duties_of_each_seat():
    planned = plan([line(contacts_per_half_hour=20)], Structure(share_roles=True))

    (support,) = (seat for seat in planned.seats() if seat.duties)
    assert support.role == "trainer"
    assert [role for role, _ in support.duties] == [
        "trainer",
        "quality_analyst",
        "workforce_planner",
    ]
    assert len(list(planned.seats())) == planned.total_seats


def test_for_less_than_half_a_person_nobody_is_employed_and_it_is_said_who_does_it():
    roles, people = shared_support(3, DEFAULT_RATIOS)

    assert people == ()
    assert [role.count for role in roles] == [0, 0, 0]
    assert roles[0].reason == (
        "3 ÷ 30 = 0.10 of a person; all support together is less than 0.5: a manager does this "
        "as well."
    )

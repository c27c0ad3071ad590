import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.structure import (
    Structure,
    apportion,
    chain_of_command,
    shrinkage_of,
    support_roles,
    teams_for,
    with_shrinkage,
)


@pytest.mark.parametrize(
    ("agents", "sizes"),
    [
        (0, ()),
        (1, (1,)),
        (8, (8,)),
        (9, (9,)),
        (10, (5, 5)),
        (15, (8, 7)),
        (19, (7, 6, 6)),
        (33, (7, 7, 7, 6, 6)),
        (50, (8, 7, 7, 7, 7, 7, 7)),
        (69, (8, 8, 8, 8, 8, 8, 7, 7, 7)),
    ],
)
def test_eight_make_a_team_and_ten_make_two(agents, sizes):
    assert teams_for(agents) == sizes


@pytest.mark.parametrize(("agents", "span", "sizes"), [(45, 15, (15, 15, 15)), (10, 12, (5, 5))])
def test_a_wider_span_makes_larger_teams_but_ten_are_still_two(agents, span, sizes):
    assert teams_for(agents, target_span=span) == sizes


@given(agents=st.integers(1, 2000), span=st.integers(1, 30), single=st.integers(1, 30))
def test_teams_are_balanced_and_hold_everybody(agents, span, single):
    sizes = teams_for(agents, target_span=span, single_team_max=single)

    assert sum(sizes) == agents
    assert max(sizes) - min(sizes) <= 1
    assert list(sizes) == sorted(sizes, reverse=True)
    assert max(sizes) <= max(span, single)


def test_shrinkages_follow_one_another():
    assert shrinkage_of([0.1, 0.1]) == pytest.approx(0.19)
    assert shrinkage_of([]) == 0


def test_shrinkage_divides():
    assert with_shrinkage(48, 0.3) == pytest.approx(68.5714285714)


@pytest.mark.parametrize("shrinkage", [1, 1.2, -0.1])
def test_nobody_is_at_work_with_all_time_lost(shrinkage):
    with pytest.raises(ValueError, match="The shrinkage must be 0 or more and below 1"):
        with_shrinkage(48, shrinkage)


def test_support_roles_follow_the_ratios():
    counts = {each.role: each.count for each in support_roles(69)}

    assert counts == {"quality_analyst": 3, "trainer": 3, "workforce_planner": 2}


def test_a_small_team_has_no_support_of_its_own_and_says_who_does_the_work():
    roles = support_roles(9)

    assert [role.count for role in roles] == [0, 0, 0]
    assert roles[0].reason == "Below 10 agents a manager does this as well."


@pytest.mark.parametrize(
    ("kind", "leads", "chain"),
    [
        ("flat", 20, [("manager", 1, ""), ("team_lead", 20, "manager")]),
        ("hierarchical", 8, [("manager", 1, ""), ("team_lead", 8, "manager")]),
        (
            "hierarchical",
            9,
            [("manager", 1, ""), ("supervisor", 2, "manager"), ("team_lead", 9, "supervisor")],
        ),
        (
            "hierarchical",
            65,
            [
                ("director", 1, ""),
                ("manager", 2, "director"),
                ("supervisor", 9, "manager"),
                ("team_lead", 65, "supervisor"),
            ],
        ),
    ],
)
def test_chain_of_command_ends_in_one_person(kind, leads, chain):
    roles = chain_of_command(leads, Structure(kind=kind))

    assert [(role.role, role.count, role.parent) for role in roles] == chain


@pytest.mark.parametrize(
    ("workload", "agents", "minimum", "shares"),
    [
        ({"phone": 50, "chat": 50, "email": 50}, 10, 0, {"phone": 3, "chat": 4, "email": 3}),
        ({"phone": 1000, "chat": 10}, 12, 1, {"phone": 11, "chat": 1}),
        ({"email": 400, "phone": 100, "chat": 0}, 9, 1, {"email": 7, "phone": 2, "chat": 0}),
    ],
)
def test_agents_are_shared_by_work(workload, agents, minimum, shares):
    assert apportion(workload, agents, minimum=minimum) == shares


def test_too_few_agents_for_every_channel_is_refused():
    with pytest.raises(ValueError, match="2 agents cannot give 3 channels at least 1 each"):
        apportion({"a": 1, "b": 1, "c": 1}, 2, minimum=1)

import pytest

from planning.command import chain_of_command, organisation, support_roles
from planning.structure import Structure, SupportRatio


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
        ("geographic", 3, [("manager", 1, ""), ("team_lead", 3, "manager")]),
    ],
)
def test_chain_of_command_ends_in_one_person(kind, leads, chain):
    roles = chain_of_command(leads, Structure(kind=kind))

    assert [(role.role, role.count, role.parent) for role in roles] == chain


def counted(organised):
    return [(role.role, role.site, role.count, role.parent) for role in organised.roles]


def test_each_site_has_a_full_role_set_under_one_root():
    agents, leads = {"Lisbon": 30, "Manila": 12}, {"Lisbon": 4, "Manila": 2}
    ratio = SupportRatio("trainer", 25, 10, "manager", "given")

    found = organisation(agents, leads, Structure(kind="geographic"), [ratio])

    assert counted(found) == [
        ("director", "", 1, ""),
        ("manager", "Lisbon", 1, "director"),
        ("team_lead", "Lisbon", 4, "manager"),
        ("manager", "Manila", 1, "director"),
        ("team_lead", "Manila", 2, "manager"),
        ("trainer", "Lisbon", 2, "manager"),
        ("trainer", "Manila", 1, "manager"),
        ("agent", "Lisbon", 30, "team_lead"),
        ("agent", "Manila", 12, "team_lead"),
    ]


def test_one_site_is_led_as_if_it_were_hierarchical():
    one, plain = (
        organisation({site: 30}, {site: 4}, Structure(kind=kind))
        for site, kind in [("Lisbon", "geographic"), ("", "hierarchical")]
    )

    assert [each[0::2] for each in counted(one)] == [each[0::2] for each in counted(plain)]


def test_a_role_asked_for_by_name_is_employed_once_unless_a_ratio_does():
    wanted = Structure(extra_roles=("account_manager", "trainer"))
    ratio = SupportRatio("trainer", 10, 1, "manager", "given")

    found = organisation({"": 25}, {"": 3}, wanted, [ratio])

    assert counted(found)[2:4] == [
        ("trainer", "", 3, "manager"),
        ("account_manager", "", 1, "manager"),
    ]


def test_nobody_is_asked_for_where_there_are_no_agents():
    assert organisation({"": 0}, {}, Structure(extra_roles=("coach",))).roles[-1].count == 0


def test_who_would_report_to_nobody_reports_to_the_manager():
    coach = SupportRatio("coach", 8, 1, "trainer", "given")

    found = organisation({"": 16}, {"": 2}, Structure(), [coach])

    assert ("coach", "", 2, "manager") in counted(found)


@pytest.mark.parametrize(
    ("parents", "says"),
    [
        (("coach", "trainer"), "in a circle: trainer reports to coach reports to trainer"),
        (("trainer", "trainer"), "in a circle: trainer reports to trainer"),
    ],
)
def test_a_circle_of_command_is_refused(parents, says):
    ratios = [
        SupportRatio(role, 8, 1, parent, "given")
        for role, parent in zip(("trainer", "coach"), parents, strict=True)
    ]

    with pytest.raises(ValueError, match=says):
        organisation({"": 16}, {"": 2}, Structure(), ratios)


def test_two_ratios_for_one_role_are_refused():
    ratio = SupportRatio("coach", 8, 1, "manager", "given")

    with pytest.raises(ValueError, match="Two ratios count one role"):
        organisation({"": 16}, {"": 2}, Structure(), [ratio, ratio])


@pytest.mark.parametrize("share_roles", [False, True])
def test_who_is_asked_for_is_there_once_and_whole_in_a_small_team(share_roles):
    wanted = Structure(extra_roles=("trainer",), share_roles=share_roles)
    ratio = SupportRatio("trainer", 25, 10, "manager", "given")

    found = organisation({"": 5}, {"": 1}, wanted, [ratio])

    (trainer,) = (role for role in found.roles if role.role == "trainer")
    assert (trainer.count, trainer.reason) == (1, "Asked for by name: one.")
    assert all(person.duties == () for person in found.people)

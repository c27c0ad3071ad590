import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.structure import Structure
from planning.teams import Place, group_of, teams_for, teams_of
from tests.planning.made import line


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


@pytest.mark.parametrize(
    ("teams_by", "group"),
    [
        ("line", "Phone German"),
        ("language_and_tier", "de, tier 2"),
        ("speciality", "de, tier 2, wireless"),
        ("tier", "tier 2"),
        ("all", ""),
    ],
)
def test_who_may_share_a_team(teams_by, group):
    business = line(tier=2, speciality="wireless")

    assert group_of(business, Structure(teams_by=teams_by)) == group


def test_sites_never_share_a_team():
    places = [Place(line(), site) for site in ("Lisbon", "Manila") for _ in range(3)]

    found = teams_of(places, Structure(teams_by="all"))

    assert [(team.number, team.site, team.size) for team, _ in found] == [
        (1, "Lisbon", 3),
        (2, "Manila", 3),
    ]

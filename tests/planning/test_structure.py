import pytest

from planning.structure import Structure, SupportRatio, shrinkage_of, with_shrinkage


def test_shrinkages_follow_one_another():
    assert shrinkage_of([0.1, 0.1]) == pytest.approx(0.19)
    assert shrinkage_of([]) == 0


def test_shrinkage_divides():
    assert with_shrinkage(48, 0.3) == pytest.approx(68.5714285714)


@pytest.mark.parametrize("shrinkage", [1, 1.2, -0.1])
def test_nobody_is_at_work_with_all_time_lost(shrinkage):
    with pytest.raises(ValueError, match="The shrinkage must be 0 or more and below 1"):
        with_shrinkage(48, shrinkage)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": "matrix"}, "The structure can't be 'matrix'; use flat, hierarchical, geographic"),
        ({"teams_by": "mood"}, "What teams are built by can't be 'mood'; use line, language"),
        ({"channels": "mixed"}, "How channels are staffed can't be 'mixed'; use split, pooled"),
        ({"extra_roles": ("wizard",)}, "A role asked for by name can't be 'wizard'; use quality"),
        ({"extra_roles": ("team_lead",)}, "can't be 'team_lead'"),
        ({"extra_roles": ("coach", "coach")}, "stands twice"),
        ({"supervisors_per_manager": 1}, "The supervisors for a manager must be a whole number"),
    ],
)
def test_an_impossible_structure_is_refused(changed, says):
    with pytest.raises(ValueError, match=says):
        Structure(**changed)


def test_leads_follow_from_teams_and_not_from_a_ratio():
    with pytest.raises(ValueError, match="A team lead follows from the teams, not from a ratio"):
        SupportRatio("team_lead", 8, 1, "manager", "given")

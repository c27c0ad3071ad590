import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from planning.go_live import certified_by
from planning.hiring import outcome

groups = st.lists(st.tuples(st.integers(0, 20), st.floats(0, 1)), max_size=4)


def test_the_published_chance():
    found = certified_by([(4, 0.9), (6, 0.45), (10, 0.12)])

    assert found.at_least(8) == pytest.approx(0.490563485906955, rel=1e-12)
    assert (found.mean, found.variance) == pytest.approx((7.5, 2.901))


def test_those_still_to_be_sourced_are_added():
    found = certified_by([(4, 0.9), (6, 0.45)], expected_sourced=20, chance_of_sourced=0.1)

    assert found.at_least(8) == pytest.approx(0.647139608894473, rel=1e-12)


@given(people=st.integers(0, 60), chance=st.floats(0.001, 0.999))
def test_like_chances_are_binomial(people, chance):
    of_each = certified_by([(people, chance)]).of_each

    assert of_each == pytest.approx(binom.pmf(np.arange(people + 1), people, chance), abs=1e-12)


@given(mean=st.floats(0.01, 300))
def test_only_sourced_are_poisson(mean):
    found = certified_by([], expected_sourced=mean, chance_of_sourced=1)

    assert found.mean == pytest.approx(mean)
    assert found.at_least(int(mean)) == pytest.approx(poisson.sf(int(mean) - 1, mean), abs=1e-12)


@given(groups=groups, needed=st.integers(0, 80), expected=st.floats(0, 30))
def test_more_people_never_lower_the_chance(groups, needed, expected):
    with_them = certified_by([*groups, (1, 0.5)], expected_sourced=expected, chance_of_sourced=0.2)
    without = certified_by(groups, expected_sourced=expected, chance_of_sourced=0.2)

    assert with_them.at_least(needed) >= without.at_least(needed) - 1e-12
    assert without.of_each.sum() == pytest.approx(1)
    assert without.at_least(without.quantile(0.1)) >= 0.9 - 1e-9


def test_an_uncertain_chain_has_its_quantiles():
    found = outcome(300, [(5, 45), (8, 8), (9, 3)])

    assert found.mean == pytest.approx(11.25)
    assert [found.quantile(share) for share in (0.1, 0.5, 0.9)] == [4, 10, 20]


def test_an_uncertain_chain_agrees_with_draws():
    rng, tries = np.random.default_rng(5), 100_000
    people = np.full(tries, 60)
    for a, b in [(5, 15), (8, 4)]:
        people = rng.binomial(people, rng.beta(a, b, tries))

    found = outcome(60, [(5, 15), (8, 4)])

    for needed in (5, 10, 15):
        share = (people >= needed).mean()
        error = np.sqrt(share * (1 - share) / tries)
        assert abs(found.at_least(needed) - share) <= 4 * error


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(([(3, 1.2)],), "A chance must be from 0 to 1"), (([(-1, 0.5)],), "people must be a whole")],
)
def test_impossible_input_is_named(arguments, says):
    with pytest.raises(ValueError, match=says):
        certified_by(*arguments)

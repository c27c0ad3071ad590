"""What an NPS is not: the worked example, and what a target may be on each scale."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.measures import (
    BY_KEY,
    LIBRARY,
    SCALES,
    SEVENS_AND_EIGHTS,
    TEN_ANSWERS,
    asks_what_is_meant,
    check_target,
    mean_likelihood,
    nps,
    readings_of_nps_7,
    share_at_least,
)

ANSWERS = st.lists(st.integers(0, 10), min_size=1, max_size=50)


def test_ten_answers_have_a_mean_of_7_9_and_an_nps_of_20():
    assert (mean_likelihood(TEN_ANSWERS), nps(TEN_ANSWERS)) == (7.9, 20)
    assert share_at_least(TEN_ANSWERS, 7) == 0.8


def test_sevens_and_eights_have_a_mean_of_7_5_and_an_nps_of_0():
    assert (mean_likelihood(SEVENS_AND_EIGHTS), nps(SEVENS_AND_EIGHTS)) == (7.5, 0)


def test_seventy_promoters_and_ten_detractors_of_a_hundred_are_60():
    assert nps([9] * 70 + [7] * 20 + [3] * 10) == 60


@given(ANSWERS)
def test_an_nps_is_within_its_scale_and_no_less_for_a_better_answer(answers):
    assert -100 <= nps(answers) <= 100
    assert nps([*answers[:-1], 10]) >= nps(answers)


@pytest.mark.parametrize("answers", [[], [11], [-1], [7.5]])
def test_answers_are_whole_numbers_from_0_to_10(answers):
    for count in (nps, mean_likelihood, lambda some: share_at_least(some, 7)):
        with pytest.raises(ValueError, match="answers"):
            count(answers)


def test_seven_on_an_nps_has_three_readings_which_the_examples_tell_apart():
    found = [
        (each.meaning, each.unit, each.target, each.ten_answers, each.sevens_and_eights)
        for each in readings_of_nps_7(Decimal(7))
    ]

    assert found == [
        ("mean", "points", 7, 7.9, 7.5),
        ("share", "percent", 70, 80, 100),
        ("nps", "nps", 7, 20, 0),
    ]


@pytest.mark.parametrize("target", ["-0.1", "10.1"])
def test_only_a_target_on_the_scale_of_answers_has_readings(target):
    assert not asks_what_is_meant("nps", Decimal(target))
    with pytest.raises(ValueError, match="from 0 to 10"):
        readings_of_nps_7(Decimal(target))


@given(st.decimals(0, 10, places=2))
def test_each_reading_is_possible_on_its_own_scale(target):
    assert [check_target(each.unit, each.target) for each in readings_of_nps_7(target)] == [[]] * 3


@pytest.mark.parametrize(
    ("unit", "target", "problems"),
    [
        ("percent", 100, []),
        ("percent", "100.01", ["A percentage is from 0 to 100."]),
        ("points", 10.5, ["This scale is from 0 to 10."]),
        ("stars", 0, ["This scale is from 1 to 5 stars."]),
        ("nps", -100, []),
        ("nps", 101, ["An NPS is from -100 to 100."]),
        ("seconds", -1, ["It can't be less than 0."]),
        ("count", 10**9, []),
    ],
)
def test_a_target_outside_the_scale_has_a_sentence(unit, target, problems):
    assert check_target(unit, target) == problems


@pytest.mark.parametrize(("unit", "target"), [("smiles", 1), ("nps", "NaN"), ("hours", "Infinity")])
def test_what_is_no_unit_or_no_number_is_refused(unit, target):
    with pytest.raises(ValueError, match=r"unit|finite"):
        check_target(unit, Decimal(target))


def test_each_measure_of_the_library_is_possible_and_says_what_misleads():
    assert len(BY_KEY) == len(LIBRARY) == 16
    for each in LIBRARY:
        assert each.unit in SCALES
        assert each.pitfall.endswith(".")
        assert (each.target is None) == (each.target_source == "")
        assert each.target is None or check_target(each.unit, each.target) == []
        assert not asks_what_is_meant(each.unit, each.target or 0) or each.target is None

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.hiring import chain, outcome, pace, to_source, to_source_uncertain

rates = st.floats(0.01, 1)


@pytest.mark.parametrize(("confidence", "candidates"), [(0.9, 515), (0.5, 394)])
def test_twenty_at_five_per_cent(confidence, candidates):
    sourcing = to_source(20, 0.05, confidence)

    assert (sourcing.candidates, sourcing.naive) == (candidates, 400)
    assert sourcing.chance >= confidence


def test_a_sure_thing_needs_no_spare():
    assert to_source(20, 1.0, 0.99).candidates == 20
    assert to_source(0, 0.05, 0.99).candidates == 0


def test_uncertain_rates_need_far_more():
    """2 of 10 passed before: 20 by division, 32 for chance alone, 69 for not knowing the rate."""
    assert to_source(4, 0.2, 0.9).candidates == 32
    assert to_source_uncertain(4, [(2, 8)], 0.9).candidates == 69


def test_a_chain_of_uncertain_rates():
    sourcing = to_source_uncertain(10, [(30, 70), (45, 15), (27, 9)], 0.9)

    assert sourcing.candidates == 91
    assert outcome(300, [(5, 45), (8, 8), (9, 3)]).at_least(10) == pytest.approx(
        0.534041774794, abs=1e-9
    )


def test_chain_multiplies():
    assert chain([0.5, 0.4, 0.5]) == pytest.approx(0.1)


def test_pace_rounds_up_to_a_day():
    assert pace(20, 4, start=date(2027, 1, 4)) == date(2027, 2, 8)
    assert pace(1, 5, start=date(2027, 1, 4)) == date(2027, 1, 6)
    assert pace(0, 5, start=date(2027, 1, 4)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((20, 0, 0.9), "The pass rate must be above 0 and at most 1, not 0"),
        ((20, 0.05, 1), "The confidence must be above 0 and below 1, not 1"),
        ((-1, 0.05, 0.9), "The number needed must be a whole number of 0 or more, not -1"),
        ((20, 1e-12, 0.9), "no market holds that many"),
    ],
)
def test_impossible_input_is_named(arguments, says):
    with pytest.raises(ValueError, match=says):
        to_source(*arguments)


def test_rates_that_are_hardly_known_are_refused_in_words():
    with pytest.raises(ValueError, match="too low or known from too few cases"):
        to_source_uncertain(1000, [(1, 50)], 0.9)


@given(needed=st.integers(1, 200), rate=rates, confidence=st.floats(0.01, 0.99))
def test_sourced_are_enough_and_one_fewer_is_not(needed, rate, confidence):
    sourcing = to_source(needed, rate, confidence)

    assert needed <= sourcing.candidates
    assert sourcing.chance >= confidence
    assert to_source(needed, rate, confidence * 0.9).candidates <= sourcing.candidates
    assert to_source(needed + 1, rate, confidence).candidates > sourcing.candidates

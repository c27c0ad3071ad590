from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.sourcing import DEFAULT_RATES, Rate, candidates


def test_the_worked_chain():
    """69 agents: 87 start training, 97 have accepted, 115 are offered a seat."""
    figure = candidates(69)

    assert [step.value for step in figure.steps[:5]] == [69, 87, 97, 115, 767]
    assert [step.working for step in figure.steps[1:4]] == [
        "⌈69 ÷ 0.8⌉",
        "⌈87 ÷ 0.9⌉",
        "⌈97 ÷ 0.85⌉",
    ]
    assert figure.value > 767
    assert figure.steps[-1].value >= 0.9


@given(st.integers(1, 500), st.floats(0.05, 1), st.floats(0.5, 0.99))
def test_more_confidence_never_needs_fewer(needed, share, confidence):
    rates = [Rate("all", "Everybody", "Candidates", share, "given")]

    few, many = (candidates(needed, rates, confidence=c).value for c in (0.5, confidence))

    assert needed <= few <= many


def test_a_rate_that_is_none_is_named():
    with pytest.raises(ValueError, match="Offers accepted must be above 0"):
        Rate("accepted", "Offers accepted", "Offers", 0, "given")


def test_every_default_cites_its_source():
    assert all(rate.source.startswith("Default: ") for rate in DEFAULT_RATES)


def counted(passed, entered):
    return [replace(DEFAULT_RATES[0], passed=passed, entered=entered), *DEFAULT_RATES[1:]]


def test_own_counts_make_the_rates_uncertain():
    figure = candidates(20, counted(30, 210))

    steps = {step.label: step.value for step in figure.steps}
    assert steps["By the average rates alone"] == 224
    assert steps["Enough every other time (P50)"] == 223
    assert steps["Enough at 90% (P90)"] == figure.value == 339
    assert figure.inputs[0].value == "30 of 210"
    assert "weighs as much as 20 cases" in figure.note


def test_what_is_known_from_few_cases_takes_more_candidates():
    few, many = (candidates(20, counted(*counts)).value for counts in [(3, 20), (300, 2000)])

    assert few > many > candidates(20).value


def test_beyond_what_the_chain_can_follow_the_rates_are_taken_as_known():
    figure = candidates(900, counted(30, 210))

    assert figure.note.startswith("More than 4096 candidates would be needed for 900 at 90%")
    assert figure.note.endswith("So the rates are taken as known here, which asks for too few.")
    assert figure.value > 900 / 0.09


def test_a_funnel_nobody_entered_says_nothing():
    assert candidates(20, counted(0, 0)) == replace(
        candidates(20), inputs=candidates(20, counted(0, 0)).inputs
    )


@pytest.mark.parametrize(
    ("passed", "entered", "says"),
    [
        (5, None, "give both how many passed and how many entered"),
        (5, 4, "5 of 4 can't have passed"),
        (-1, 4, "passed must be a whole number of 0 or more"),
    ],
)
def test_counts_that_cannot_be_are_refused(passed, entered, says):
    with pytest.raises(ValueError, match=says):
        counted(passed, entered)


@given(
    needed=st.integers(1, 30),
    passed=st.integers(0, 40),
    failed=st.integers(0, 40),
    certain=st.booleans(),
)
def test_more_needed_or_fewer_passed_never_takes_fewer_candidates(needed, passed, failed, certain):
    last = Rate("last", "Last stage", "Starts", 1 if certain else 0.8, "given")

    def asked(needed, passed):
        first = Rate("first", "First", "All", 0.5, "given", passed, passed + failed + 1)
        return candidates(needed, [first, last]).value

    assert needed <= asked(needed, passed + 1) <= asked(needed, passed) <= asked(needed + 1, passed)


def test_beyond_what_the_chain_follows_it_never_falls_back_to_fewer():
    first = Rate("first", "First", "All", 0.5, "given", 0, 41)
    figure = candidates(15, [first, Rate("last", "Last stage", "Starts", 0.8, "given")])

    assert figure.value == 4096
    assert figure.formula.endswith(", and more than 4,096")
    assert "asks for too few" in figure.note
    assert "Chance that these are enough" not in {step.label for step in figure.steps}

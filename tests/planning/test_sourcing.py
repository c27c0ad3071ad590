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

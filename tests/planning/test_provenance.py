import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.provenance import Figure, Input, Step, spell

values = st.one_of(
    st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
inputs = st.builds(Input, st.text(), values, st.text(), st.text())
steps = st.builds(Step, st.text(), values, st.text())
figures = st.builds(
    Figure,
    key=st.text(),
    label=st.text(),
    value=values,
    unit=st.text(),
    formula=st.text(),
    inputs=st.lists(inputs, max_size=4).map(tuple),
    steps=st.lists(steps, max_size=4).map(tuple),
    source=st.text(),
    subject=st.text(),
    note=st.text(),
    version=st.text(),
)

OLD = {
    "key": "seats",
    "label": "Seats",
    "value": 69,
    "unit": "seats",
    "formula": "⌈48 ÷ 0.7⌉ = 69",
    "inputs": [{"name": "Shrinkage", "value": 0.3, "unit": "share", "source": "client"}],
    "steps": [{"label": "Agents on duty", "value": 48, "working": ""}],
    "source": "Shrinkage",
    "version": "0",
}


@given(figure=figures)
def test_a_figure_comes_back_from_json_as_it_went(figure):
    assert Figure.from_json(json.loads(json.dumps(figure.to_json()))) == figure


def test_an_old_figure_still_explains_itself():
    figure = Figure.from_json(OLD | {"dropped_since": 1})

    assert (figure.version, figure.formula, figure.subject) == ("0", "⌈48 ÷ 0.7⌉ = 69", "")
    assert figure.inputs == (Input("Shrinkage", 0.3, "share", "client"),)
    assert figure.steps == (Step("Agents on duty", 48),)


def test_a_stored_figure_that_lacks_something_is_refused():
    with pytest.raises(ValueError, match="The stored figure lacks 'formula'"):
        Figure.from_json({key: value for key, value in OLD.items() if key != "formula"})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, True, [1]])
def test_what_json_cannot_hold_exactly_is_refused(value):
    with pytest.raises(ValueError, match="must be a finite number or a text"):
        Step("Agents", value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (69, "69"),
        (48.0, "48"),
        (5040.0, "5,040"),
        (0.30, "0.3"),
        (0.123456, "0.1235"),
        (179.99999999999997, "180"),
        (0.00001234, "1.2e-05"),
        (-2.5, "-2.5"),
        ("occupancy", "occupancy"),
    ],
)
def test_numbers_are_written_as_a_person_would(value, words):
    assert spell(value) == words

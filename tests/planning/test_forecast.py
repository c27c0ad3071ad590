"""A volume that varies, as loads of equal chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.forecast import possible_loads


@given(load=st.floats(0.01, 10_000), cv=st.floats(0, 2))
def test_loads_vary_around_the_load_itself(load, cv):
    loads = possible_loads(load, cv)

    assert loads.mean() == pytest.approx(load)
    assert (loads >= 0).all()
    assert (np.diff(loads) >= 0).all()


def test_they_vary_as_much_as_was_said():
    loads = possible_loads(40, 0.25)

    assert loads.std() / loads.mean() == pytest.approx(0.25, rel=0.02)


def test_next_to_no_load_is_no_error():
    assert (possible_loads(5e-324, 0.5) < 1e-300).all()

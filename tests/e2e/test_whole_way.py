"""One client's team, from a vendor's papers and the client's wishes to certified people at work.

Everything is done by people on pages, as docs/pages.md and the README say they can.
"""

import pytest

from tests.e2e.story import people

pytestmark = pytest.mark.browser


def test_whole_way_from_requirements_to_a_certified_team(cast):
    people.administrator_comes_in(cast)
    people.administrator_invites_staff(cast)
    people.administrator_looks_after_things(cast)

    assert cast.inspection.faults == []

"""Somebody of ours finds a candidate without touching the mouse."""

import pytest

from tests.factories.recruiting import CandidateFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]


def test_a_candidate_is_found_by_keys_alone(cast):
    her = CandidateFactory(name="Łucja Dąbrowska")
    CandidateFactory(name="Lucas Dahl")
    staff = cast.sign_in("staff", "Renata Sowa", "recruiter@cadre.example", "Recruiter")
    staff.visit("/search/")

    staff.page.keyboard.press("Control+k")
    staff.page.keyboard.type("lucja d")
    staff.page.locator(".everywhere .found a").first.wait_for()
    staff.page.keyboard.press("ArrowDown")
    staff.page.keyboard.press("Enter")

    staff.page.wait_for_url(f"**{her.get_absolute_url()}")
    assert cast.inspection.faults == []

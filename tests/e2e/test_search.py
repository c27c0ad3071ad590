"""Somebody of ours finds a candidate without touching the mouse."""

import pytest
from django.contrib.auth.models import Group

from tests.e2e.visitor import PASSWORD
from tests.factories.core import UserFactory
from tests.factories.recruiting import CandidateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_candidate_is_found_by_keys_alone(cast):
    user = UserFactory(name="Renata Sowa", email="recruiter@cadre.example")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="Recruiter"))
    her = CandidateFactory(name="Łucja Dąbrowska")
    CandidateFactory(name="Lucas Dahl")
    staff = cast.enter("staff", "Renata Sowa", "recruiter@cadre.example")
    staff.sign_in().visit("/search/")

    staff.page.keyboard.press("Control+k")
    staff.page.keyboard.type("lucja d")
    staff.page.locator(".everywhere .found a").first.wait_for()
    staff.page.keyboard.press("ArrowDown")
    staff.page.keyboard.press("Enter")

    staff.page.wait_for_url(f"**{her.get_absolute_url()}")
    assert cast.inspection.faults == []

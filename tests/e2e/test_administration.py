"""An administrator closes the account of somebody who leaves: the work first."""

import pytest

from core.models import User
from tests.e2e.story import people
from tests.factories.recruiting import RequisitionFactory

pytestmark = pytest.mark.browser


def test_who_leaves_hands_over_and_is_out_at_once(cast):
    people.administrator_comes_in(cast)
    people.administrator_invites_staff(cast)
    admin, recruiter = cast.admin, cast.recruiter
    row = RequisitionFactory(recruiter=User.objects.get(email=recruiter.email), state="open")

    admin.menu("People").follow(recruiter.name).reads("Requisitions: 1", "signed in")
    admin.follow("Close the account").reads(f"Who takes over from {recruiter.name}?", str(row))
    admin.press("Close the account").reads("required")
    admin.write({"Requisitions (1)": "Helena Roth"}).press("Close the account")
    admin.reads("The account is closed, and its work handed over.")

    recruiter.visit("/").reads("Sign in")
    admin.press("Open it again").reads("The account is open again")
    row.refresh_from_db(fields=["recruiter"])
    assert row.recruiter.name == "Helena Roth"
    assert cast.inspection.faults == []

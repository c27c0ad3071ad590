"""Our people and a client talk about an engagement, each in the right place."""

import re

import pytest

from tests.factories.core import UserFactory
from tests.factories.engagements import ClientPersonFactory, EngagementFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]


def test_what_is_internal_stays_so_and_what_is_shared_is_answered(cast):
    owner = UserFactory(name="Beatriz Duarte", email="bizdev@cadre.example")
    seat = ClientPersonFactory(user__name="Claudia Petersen", user__email="client@nordwind.example")
    engagement = EngagementFactory(client=seat.client, owner=owner)
    overview = f"/engagements/{engagement.pk}/overview/"
    staff = cast.sign_in("staff", "Beatriz Duarte", "bizdev@cadre.example", "BizDev")
    client = cast.sign_in(
        "client", "Claudia Petersen", "client@nordwind.example", "Client approver"
    )

    staff.visit(overview)
    writes(staff, "Internal comment", "Their budget ends in May.", "Keep, for our staff only")
    staff.reads("internal: only our staff", "Their budget ends in May.")
    writes(
        staff,
        "Comment for the client too",
        "When is your go-live? @Claudia Petersen",
        "Send, for the client too",
    )

    client.menu("Notifications").reads("1 is new to you.")
    client.press(re.compile(r"^Beatriz Duarte names you in a comment on .*\(shared\)$"))
    client.reads("When is your go-live?", "shared: you and we read it", "1 new since")
    assert "budget" not in client.text()
    writes(client, "Reply", "On 1 September.", "Send")

    staff.visit(overview).reads("On 1 September.", "1 new since you last looked")
    staff.page.locator(".thread.shared").get_by_role("button", name="Resolve").click()
    staff.waits_for("1 resolved")
    client.visit(f"/comments/engagements.engagement/{engagement.pk}/").reads("1 resolved")

    assert cast.inspection.faults == []


def writes(visitor, begin, text, send):
    """Open the form in its place, write, and send it."""
    visitor.page.get_by_role("link", name=begin).first.click()
    visitor.page.get_by_label("Comment", exact=True).fill(text)
    visitor.press(send)

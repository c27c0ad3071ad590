"""The charters of roles: read and printed by all staff, edited by an administrator."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from engagements.models import RoleCharter

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def fields(**changed):
    return {
        "purpose": "Teaches.",
        "duties": "Teach\r\n\r\nAssess ",
        "skills": "Patience",
        "reports_to": "manager",
        "source": "Ours",
        **changed,
    }


@pytest.fixture
def edit():
    return reverse("engagements:charter_edit", args=["trainer"])


@pytest.mark.parametrize("count", [1, 3])
def test_charters_query_count(count, client_as, django_assert_num_queries):
    browser = client_as("QA")
    kept = RoleCharter.objects.values_list("pk", flat=True)[:count]
    RoleCharter.objects.exclude(pk__in=list(kept)).delete()

    with django_assert_num_queries(4):  # session, user, permissions, charters
        page = text(browser.get(reverse("engagements:charters")))

    assert f"{count} role" in page
    assert "Is the first whom a customer meets" in page


def test_a_charter_says_duties_skills_and_place(client_as):
    page = text(client_as("QA").get(reverse("engagements:charter", args=["supervisor"])))

    assert "Own each escalated complaint: apologise, decide, close it" in page
    assert "Complaint handling" in page
    assert '<dt>Reports to</dt><dd><a href="/charters/manager/">Manager</a></dd>' in page
    assert '<dt>Answers for</dt><dd><a href="/charters/team_lead/">Team lead</a>' in page
    assert "Edit…" not in page


def test_a_role_that_is_none_is_not_found(client_as):
    assert client_as("QA").get("/charters/king/").status_code == 404


def test_a_charter_is_edited_line_by_line_and_noted_as_it_was(edit, client_as):
    answer = client_as("Administrator").post(edit, fields())

    row = RoleCharter.objects.get(role="trainer")
    noted = AuditEntry.objects.get(did="role_charter_changed")
    assert answer.url == row.get_absolute_url()
    assert (row.duties, row.skills) == (["Teach", "Assess"], ["Patience"])
    assert "Assess by test, role play and first contacts" in str(noted.details["before"])
    assert noted.details["after"]["duties"] == ["Teach", "Assess"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"duties": ""}, "This field is required."),
        ({"duties": "Teach\nteach"}, "“teach” stands here twice."),
        (
            {"duties": "Forecast volumes and handling times, and say how sure that is"},
            "is a duty of the Workforce planner already.",
        ),
        ({"reports_to": "trainer"}, "The trainer reports to the trainer, at once or further up"),
        ({"reports_to": "king"}, "king is not one of the available choices"),
    ],
)
def test_what_a_charter_may_not_say_is_told_and_what_was_typed_stays(given, words, edit, client_as):
    before = RoleCharter.objects.get(role="trainer").duties

    answer = client_as("Administrator").post(edit, fields(skills="Calm voice", **given))

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Calm voice" in text(answer)
    assert RoleCharter.objects.get(role="trainer").duties == before


def test_a_circle_of_several_is_refused(client_as):
    path = reverse("engagements:charter_edit", args=["director"])

    answer = client_as("Administrator").post(path, fields(duties="Lead", reports_to="agent"))

    assert "The agent reports to the director, at once or further up" in text(answer)

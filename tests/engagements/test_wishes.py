"""A client asks for more seats: it arrives as a draft version with the difference in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Notification
from engagements.models import Requirements
from tests.factories.engagements import LineOfBusinessFactory, RequirementsFactory, SeatFactory

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=60)
WISH = {"line": "Phone", "another": "", "seats": "5", "from_on": f"{SOON}", "why": "It is\nspring."}


@pytest.fixture
def accepted():
    """Two agents and a lead are on the one line of what was accepted; a third has left."""
    line = LineOfBusinessFactory(name="Phone", requirements__state="accepted")
    engagement = line.requirements.engagement
    for state, role in [
        ("live", "agent"),
        ("planned", "agent"),
        ("live", "team_lead"),
        ("vacated", "agent"),
    ]:
        SeatFactory(engagement=engagement, line=line, state=state, role=role)
    return line.requirements


@pytest.fixture
def page(accepted):
    return reverse("engagements:ask_for_seats", args=[accepted.engagement_id])


@pytest.fixture
def approver(accepted, client_as, person_of):
    return client_as(person_of(accepted.engagement.client, user__name="Clara Lund"))


def draft():
    return Requirements.objects.get(state="draft")


def test_wish_becomes_a_draft_of_ours(approver, accepted, page):
    answer = approver.post(page, WISH)

    row = draft()
    assert answer.url == reverse("portal:progress")
    assert (row.version, row.with_client, row.go_live_on) == (2, False, accepted.go_live_on)
    assert (row.asked, row.asked_by) == (f"Phone: +5, {SOON}. It is spring.", approver.user.actor)
    assert row.lines.get().seats_asked == 2 + 5
    told = Notification.objects.get()
    assert told.user == accepted.engagement.owner
    assert told.text.startswith("Clara Lund asks for more seats, Phone, German: Phone: +5")


def test_second_wish_is_added_to_the_first(approver, page):
    approver.post(page, WISH)
    assert "A wish waits with us already" in approver.get(page).content.decode()

    approver.post(page, {**WISH, "seats": "1", "line": " ", "another": "Chat, French"})
    approver.post(page, {**WISH, "seats": "2"})

    row = draft()
    assert [line.split(",")[0] for line in row.asked.splitlines()] == [
        "Phone: +5",
        "Chat",
        "Phone: +2",
    ]
    assert row.lines.get().seats_asked == 2 + 5 + 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"line": "Fax"}, "Fax is not one of the available choices."),
        ({"line": " "}, "Say which line it is."),
        ({"seats": "0"}, "Ask for at least one."),
        ({"seats": "1001"}, "Ask for 1000 at most"),
        ({"from_on": "spring"}, "Write a date as 2027-06-01."),
        ({"from_on": "2020-01-01"}, "This day is past."),
        ({"why": ""}, "This field is required."),
    ],
)
def test_bad_wish_is_told_in_a_sentence(change, sentence, approver, page):
    answer = approver.post(page, {**WISH, **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Requirements.objects.filter(state="draft").exists()


def test_without_accepted_requirements_there_is_nothing_to_add_to(client_as, person_of):
    row = RequirementsFactory(state="submitted")
    browser = client_as(person_of(row.engagement.client))

    answer = browser.post(reverse("engagements:ask_for_seats", args=[row.engagement_id]), WISH)

    assert answer.status_code == 409
    assert "no accepted requirements yet" in answer.content.decode()


@pytest.mark.parametrize("role", ["Client viewer", "Client approver"])
def test_only_who_decides_at_the_client_is_offered_to_ask(
    role, accepted, page, client_as, person_of
):
    browser = client_as(person_of(accepted.engagement.client, role))

    shown = browser.get(reverse("portal:progress")).content.decode()

    assert accepted.get_absolute_url() in shown
    assert (page in shown) == (role == "Client approver")


def test_bizdev_finds_the_difference_in_words_and_in_the_todos(approver, accepted, page, client_as):
    approver.post(page, WISH)
    bizdev = client_as("BizDev")

    shown = bizdev.get(reverse("engagements:engagement", args=[accepted.engagement_id]))
    home = bizdev.get(reverse("portal:home"), {"of": "sales"}).content.decode()
    words = " ".join(shown.content.decode().split())

    assert "Clara Lund asks for more seats" in words
    assert "Agents asked for, at least" in words
    assert "asks for more seats: requirements v2" in home


def test_wish_not_taken_up_is_told_with_the_reason(approver, page, client_as):
    approver.post(page, WISH)
    row = draft()
    discard = reverse("engagements:requirements_discard", args=[row.pk])
    bizdev = client_as("BizDev")

    empty = bizdev.post(discard, {"reason": ""})
    bizdev.post(discard, {"reason": "Not before summer."})

    assert empty.status_code == 422
    assert not Requirements.objects.filter(state="draft").exists()
    told = Notification.objects.get(kind="engagements.requirements_answered")
    assert told.text.endswith("is not taken up: Not before summer.")


def test_a_wish_comes_on_top_of_what_was_accepted_before_and_is_not_planned_yet(
    approver, accepted, page
):
    accepted.lines.update(seats_asked=40)

    approver.post(page, WISH)

    assert Requirements.objects.get(state="draft").lines.get().seats_asked == 45


def test_a_wish_goes_on_from_the_version_that_waits_to_be_accepted(approver, accepted, page):
    waiting = RequirementsFactory(engagement=accepted.engagement, version=2, state="submitted")
    LineOfBusinessFactory(requirements=waiting, name="Phone", aht_s=777)

    approver.post(page, WISH)

    drafted = Requirements.objects.get(state="draft")
    assert (drafted.version, drafted.lines.get().aht_s) == (3, 777)

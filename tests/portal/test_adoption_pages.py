"""A team that was there before, on the pages of each role."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import User
from engagements.models import Engagement, Seat
from recruiting.models import Application, Candidate, Requisition
from tests.adoption import SAMPLE, second

pytestmark = pytest.mark.django_db


def test_plan_says_that_its_seats_were_counted(adopt, client_as):
    adopt()
    plan = Engagement.objects.get().plans.get()

    page = client_as("BizDev").get(plan.get_absolute_url()).content.decode()

    assert plan.figure("total_seats")["formula"] == "14 + 1 = 15"
    for words in ["15 seats: 14 agents, 1 team lead.", "Team Skog", "Counted in the file"]:
        assert words in page


def pages():
    """Return the pages of what was taken over: who opens them, and what must stand there."""
    engagement = Engagement.objects.get()
    requisition = engagement.requisitions.get(number="SF-R3")
    open_one = Application.objects.get(candidate__email="peder.nygaard@post.example")
    rejected = Application.objects.get(candidate__email="lars.kvamme@post.example")
    at_work = Candidate.objects.get(email="kacper.wojtowicz@post.example")
    nesting = engagement.classes.get(name="Wave 2")
    return [
        ("HR director", reverse("engagements:engagements"), "Claims and questions, Norwegian"),
        ("HR director", engagement.get_absolute_url(), "8 of 14 seats are live."),
        ("HR director", reverse("portal:engagement", args=[engagement.pk]), "SF-R3"),
        ("HR director", reverse("engagements:seats", args=[engagement.pk]), "SF-1-015"),
        ("HR director", Seat.objects.get(number="SF-1-002").get_absolute_url(), "Team Fjord"),
        ("HR director", at_work.get_absolute_url(), "Kacper Wójtowicz"),
        ("HR director", at_work.applications.get().offers.get().get_absolute_url(), "1,600"),
        ("Recruiter", reverse("recruiting:board", args=[requisition.pk]), "Peder Nygaard"),
        ("Recruiter", requisition.get_absolute_url(), "2"),
        ("Recruiter", open_one.get_absolute_url(), "no answer yet"),
        ("Recruiter", rejected.get_absolute_url(), "more calm on the phone"),
        ("Recruiter", reverse("recruiting:candidates"), "Zofia Malinowska"),
        ("BizDev", engagement.client.get_absolute_url(), "Trygve Aasen"),
        ("BizDev", engagement.requirements.get().get_absolute_url(), "First notice of claims"),
        ("Delivery manager", reverse("portal:home"), "Wave 2"),
        ("Trainer", nesting.get_absolute_url(), "Tuva Brekke"),
        ("Trainer", reverse("training:certificates"), "OLD-2026-17"),
        ("Recruiter", engagement.criteria_sets.first().get_absolute_url(), "Norwegian, C1"),
        ("ingrid@solheim.example", reverse("portal:decisions"), "1"),
        ("ingrid@solheim.example", reverse("portal:candidates"), "K-"),
        ("ingrid@solheim.example", reverse("portal:progress"), "8"),
    ]


def test_every_page_shows_what_was_taken_over(adopt, client_as):
    adopt()

    for who, url, words in pages():
        user = User.objects.get(email=who) if "@" in who else who
        response = client_as(user).get(url)
        assert response.status_code == 200, (who, url)
        assert words in response.content.decode(), (who, url, words)


@pytest.mark.parametrize("role", ["HR director", "Recruiter"])
def test_team_that_is_not_yet_live_stands_on_the_homes(role, adopt, client_as):
    adopt(("state: live\n  history", "state: training\n  history"), ("go_live,", "train,"))

    page = client_as(role).get(reverse("portal:home")).content.decode()

    assert "Claims and questions, Norwegian" in page


@pytest.mark.parametrize("route", ["portal:home", "engagements:engagements", "recruiting:board"])
def test_pages_ask_no_more_for_two_teams_than_for_one(route, adopt, client_as):
    """A board has one requisition: the other team's people must not be asked for on it."""
    adopt()
    args = [Requisition.objects.get(number="SF-R3").pk] if route == "recruiting:board" else []
    browser = client_as("HR director")
    counts = []

    for text in [None, second(SAMPLE.read_text())]:
        if text:
            adopt(text=text)
        browser.get(reverse(route, args=args))  # what a process asks once
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(reverse(route, args=args)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert Engagement.objects.count() == 2

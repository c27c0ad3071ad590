"""Somebody is named, chooses to be told in the daily mail instead, and is told there, once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core import comments, notifications
from core.models import Message
from tests.factories.engagements import EngagementFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.django_db(transaction=True),
]
NAMES_YOU = "Somebody names you in a comment"


def test_one_is_told_as_one_chose_and_never_twice(cast, user_as):
    rosa = cast.sign_in("rosa", "Rosa Kaminska", "recruiter@cadre.example", "Recruiter")
    colleague = user_as("BizDev", name="Beatriz Duarte")
    engagement = EngagementFactory(owner=colleague)

    names(rosa, colleague, engagement)
    told_at_once(rosa)
    chooses_the_daily_mail(rosa)
    names(rosa, colleague, engagement)
    told_the_next_morning(rosa)

    assert cast.inspection.faults == []


def names(rosa, colleague, engagement):
    text = f"Can you look, @{rosa.name}?"
    by = colleague.actor
    comments.begin(engagement, text=text, audience="internal", by=by, tell=[rosa.user])


def told_at_once(rosa):
    rosa.read_mail("Beatriz Duarte names you").reads("You are told of this by mail")
    rosa.menu("Notifications").reads("1 is new to you.")
    rosa.page.get_by_role("button", name=re.compile("^Mark as read")).click()
    rosa.waits_for("Nothing is new.")


def chooses_the_daily_mail(rosa):
    rosa.follow("How you are told")
    rosa.page.get_by_label(f"{NAMES_YOU}: in the daily mail").check()
    rosa.write({"Quiet from": "22:00"}).press("Save").reads("Quiet hours need a beginning")
    rosa.write({"Quiet until": "07:00"}).press("Save").reads("You are told as you chose.")
    assert rosa.page.get_by_label(f"{NAMES_YOU}: in the daily mail").is_checked()


def told_the_next_morning(rosa):
    mails = Message.objects.filter(to=rosa.email)
    before = mails.count()
    # By day: whatever hour it is now, her quiet hours would hold the mail back.
    noon = (timezone.now() + timedelta(days=1)).replace(hour=12)
    assert [notifications.send_digests(now=noon) for _ in range(2)] == [1, 0]
    assert mails.count() == before + 1
    rosa.visit(f"/mail/?to={rosa.email}")
    rosa.go_by(rosa.page.locator("main tbody a").first).reads("Beatriz Duarte names you")
    rosa.go_by(rosa.page.locator("main pre a").first).reads("Can you look")

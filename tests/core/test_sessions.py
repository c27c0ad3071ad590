"""Sessions are known by whose they are, listed, ended one by one, and end by the policies."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from core import policies, sessions, tasks
from core.models import Actor, AuditEntry, Session
from core.sessions import IDLE, LONGEST, device

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
PASSWORD = "a long pass phrase"


def signed_in(user, agent=FIREFOX):
    """Sign in by the page, as a browser does."""
    user.set_password(PASSWORD)
    user.save()
    browser = Browser(headers={"user-agent": agent})
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get(reverse("core:you")).status_code == 200


def seen(browser, ago):
    """Let a session have been used last so long ago."""
    session = browser.session
    own = session[sessions.OWN]
    session[sessions.OWN] = {**own, "seen": own["seen"] - int(ago.total_seconds())}
    session.save()


def began(browser, ago):
    session = browser.session
    own = session[sessions.OWN]
    session[sessions.OWN] = {**own, "began": own["began"] - int(ago.total_seconds())}
    session.save()


def test_session_says_whose_it_is_and_where_it_began(user_as):
    user = user_as("Recruiter")
    signed_in(user)

    row = Session.objects.open(now=timezone.now()).get()

    assert (row.user, row.device, row.network) == (user, "Firefox · Windows", "127.0.0.0/24")


@pytest.mark.parametrize(
    ("agent", "said"),
    [(FIREFOX, "Firefox · Windows"), (PHONE, "Chrome · Android"), ("curl/8", ""), ("", "")],
)
def test_device_in_words(agent, said):
    assert device(agent) == said


def test_person_ends_another_browser_of_theirs_and_stays_in_with_this_one(user_as):
    user = user_as("Recruiter")
    desk, phone = signed_in(user), Browser(headers={"user-agent": PHONE})
    phone.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    page = desk.get(reverse("core:own_sessions")).text
    assert "Chrome · Android" in page
    other = Session.objects.get(device="Chrome · Android")

    desk.post(reverse("core:own_session_end", args=[other.number]))

    assert (is_in(desk), is_in(phone)) == (True, False)
    assert AuditEntry.objects.on(user).filter(did="sessions_ended").count() == 1


def test_all_others_end_at_once(user_as):
    user = user_as("Recruiter")
    browsers = [signed_in(user)]
    for _ in range(2):
        browsers.append(Browser())
        browsers[-1].post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    browsers[0].post(reverse("core:own_sessions_end"))

    assert [is_in(browser) for browser in browsers] == [True, False, False]


def test_nobody_ends_or_sees_anothers(user_as, client_as):
    signed_in(user_as("Recruiter"))
    row = Session.objects.get(device="Firefox · Windows")

    stranger = client_as("QA")

    assert stranger.post(reverse("core:own_session_end", args=[row.number])).status_code == 404
    assert "Firefox" not in stranger.get(reverse("core:own_sessions")).text
    assert Session.objects.filter(pk=row.pk).exists()


def test_administrator_lists_and_ends_somebodys_sessions_without_learning_their_keys(
    user_as, client_as
):
    user = user_as("Recruiter")
    theirs, admin = signed_in(user), client_as("Administrator")
    row = Session.objects.get(user=user)

    page = admin.get(user.get_absolute_url()).text
    assert "Firefox · Windows" in page
    assert row.session_key not in page
    admin.post(reverse("core:person_session_end", args=[user.pk, row.number]))

    assert (is_in(theirs), is_in(admin)) == (False, True)


@pytest.mark.parametrize(
    ("change", "ago", "stays"),
    [
        (seen, timedelta(hours=5), True),
        (seen, timedelta(hours=7), False),
        (began, timedelta(days=4), False),
    ],
)
def test_session_that_is_idle_or_old_by_the_policies_is_over(change, ago, stays, user_as):
    by = Actor.objects.system()
    browser = signed_in(user_as("Recruiter"))
    policies.change(IDLE, 6, by=by)
    policies.change(LONGEST, 3, by=by)

    seen(browser, timedelta(minutes=11))
    change(browser, ago)

    assert is_in(browser) is stays


def test_last_use_is_kept_every_ten_minutes_without_a_query_in_between(
    user_as, django_assert_num_queries
):
    browser = signed_in(user_as("Recruiter"))
    is_in(browser)
    with django_assert_num_queries(3):  # session, user, permissions
        is_in(browser)
    before = Session.objects.get().seen_at

    seen(browser, timedelta(minutes=11))
    earlier = Session.objects.get().seen_at
    is_in(browser)

    assert earlier < before <= Session.objects.get().seen_at


def test_new_password_signs_every_other_browser_out(user_as):
    user = user_as("Recruiter")
    desk = signed_in(user)
    phone = Browser()
    phone.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    new = "another long phrase of words"

    desk.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert (is_in(desk), is_in(phone)) == (True, False)
    assert Session.objects.filter(user=user).count() == 1


def test_expired_sessions_are_forgotten_once(user_as):
    signed_in(user_as("Recruiter"))
    signed_in(user_as("QA"))
    Session.objects.filter(user__groups__name="QA").update(expire_date=timezone.now())

    tasks.forget_sessions()
    tasks.forget_sessions()

    assert [row.user.groups.get().name for row in Session.objects.all()] == ["Recruiter"]

"""People are told once, as they chose, and not at night."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from core import messages, notifications, tasks
from core.models import (
    Channel,
    Effect,
    Message,
    Notification,
    NotificationChoice,
    NotificationSettings,
    UserKind,
)
from tests.factories.core import UserFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db

KIND = notifications.kind(
    "tests.happened", label="Something happened", default="mail", audience={UserKind.STAFF}
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def tell(user, key="1", **more):
    return notifications.notify(
        KIND, user, about=user, text="It happened", url="/people/", key=key, **more
    )


def choose(user, channel):
    NotificationChoice.objects.create(user=user, kind=KIND.name, channel=channel)


def test_an_event_is_told_once():
    user = UserFactory()

    assert tell(user) is not None
    assert tell(user) is None

    assert [m.to for m in Message.objects.all()] == [user.email]
    assert "/you/notifications/" in Message.objects.get().body


@pytest.mark.parametrize(
    ("channel", "rows", "mails"), [("mail", 1, 1), ("page", 1, 0), ("digest", 1, 0), ("off", 0, 0)]
)
def test_each_channel(channel, rows, mails):
    user = UserFactory()
    choose(user, channel)

    tell(user)

    assert (Notification.objects.count(), Message.objects.count()) == (rows, mails)


def test_nobody_is_told_whose_account_is_closed_or_whom_it_is_not_for():
    tell(UserFactory(is_active=False))
    tell(UserFactory(kind="client"))

    assert not Notification.objects.exists()


def test_a_mail_in_quiet_hours_waits_until_they_end_where_the_person_is():
    user = UserFactory()
    NotificationSettings.objects.create(
        user=user, time_zone="Europe/Warsaw", quiet_from=time(22), quiet_until=time(7)
    )
    night = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Warsaw

    tell(user, now=night)

    wait = Effect.objects.get().due_at - datetime.now(UTC)
    assert timedelta(hours=7, minutes=29) < wait <= timedelta(hours=7, minutes=30)


@pytest.mark.parametrize(
    ("at", "hours"), [("2026-03-02T21:59", 0), ("2026-03-02T22:00", 9), ("2026-03-03T06:00", 1)]
)
def test_quiet_hours_over_midnight(at, hours):
    row = NotificationSettings(quiet_from=time(22), quiet_until=time(7))

    assert row.quiet_for(datetime.fromisoformat(f"{at}+00:00")) == timedelta(hours=hours)


def test_a_mail_that_waited_does_not_reach_a_closed_account():
    user = UserFactory()
    tell(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    messages.deliver(Message.objects.get().pk)

    assert Message.objects.get().outcome == Message.Outcome.FAILED


def test_the_daily_mail_comes_once_at_its_hour_in_the_persons_zone(mailoutbox):
    user = UserFactory(time_zone="America/Bogota")  # 08:00 there is 13:00 UTC
    choose(user, Channel.DIGEST)
    tell(user, "1", now=NOON)
    tell(user, "2", now=NOON)

    early = notifications.send_digests(now=NOON + timedelta(minutes=59))
    due = notifications.send_digests(now=NOON + timedelta(hours=1))
    again = notifications.send_digests(now=NOON + timedelta(hours=1))

    assert (early, due, again) == (0, 1, 0)
    assert Message.objects.get().body.count("It happened") == 2


def test_what_was_read_on_the_page_is_not_in_the_daily_mail():
    user = UserFactory()
    choose(user, Channel.DIGEST)
    tell(user, now=NOON)
    notifications.mark_read(user.actor)

    assert notifications.send_digests(now=NOON + timedelta(days=1)) == 0


def test_no_daily_mail_to_a_closed_account():
    user = UserFactory()
    choose(user, Channel.DIGEST)
    tell(user, now=NOON)
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    tasks.send_digests()

    assert not Message.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once():
    user = UserFactory()

    at_once(*[lambda: tell(user)] * 4)

    assert (Notification.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_beats_send_one_daily_mail():
    user = UserFactory()
    choose(user, Channel.DIGEST)
    tell(user, now=NOON)

    at_once(*[lambda: notifications.send_digests(now=NOON + timedelta(days=1))] * 4)

    assert Message.objects.count() == 1


def test_the_page_shows_ones_own_and_counts_what_is_new(client_as):
    client = client_as("QA")
    for key in "123":
        tell(client.user, key)
    tell(UserFactory(), "other")

    page = client.get(reverse("core:notifications")).content.decode()

    assert "3 are new to you." in page
    client.post(reverse("core:notifications_read"))
    assert "Nothing is new." in client.get(reverse("core:notifications")).content.decode()
    assert Notification.objects.unread().count() == 1


def test_opening_one_marks_it_and_leads_there(client_as):
    client = client_as("Administrator")
    row = tell(client.user)

    answer = client.post(reverse("core:notification_open", args=[row.pk]))

    assert answer.url == "/people/"
    assert not Notification.objects.unread().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_few_queries(client_as, django_assert_max_num_queries, count):
    client = client_as("QA")
    for key in range(count):
        tell(client.user, str(key))

    with django_assert_max_num_queries(6):
        client.get(reverse("core:notifications"))


def test_each_chooses_their_own(client_as):
    client = client_as("QA")
    url = reverse("core:notification_settings")
    channels = {f"kind:{k.name}": "page" for k in notifications.kinds_for(client.user)}
    hours = {"time_zone": "Europe/Madrid", "digest_hour": "17"}

    refused = client.post(url, {**channels, **hours, "quiet_from": "22:00"})
    kept = client.post(url, {**channels, **hours, "quiet_from": "22:00", "quiet_until": "06:00"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Quiet hours need a beginning and an end." in refused.content.decode()
    assert notifications.settings_of(client.user).digest_hour == 17
    assert set(notifications.channels_of(client.user).values()) == {Channel.PAGE}

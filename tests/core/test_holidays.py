"""Days off that were entered: on the page, on the calendar they belong to, and on no other."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from core import calendars
from core.calendars import calendar_of
from core.models import Actor, AuditEntry, DayOff
from tests.factories.engagements import ClientFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)


def off(party=None, first=date(2026, 11, 2), last=None, name="Moving house"):
    by = Actor.objects.system()
    return calendars.add_days_off(party, first=first, last=last or first, name=name, by=by)


def test_own_day_off_is_no_working_day_of_ours_and_is_one_of_others():
    client = ClientFactory(country="XX", time_zone="UTC")
    off()

    assert not calendar_of(None).is_open(MONDAY)
    assert calendar_of(client).is_open(MONDAY)


def test_clients_day_off_is_theirs_alone():
    client, other = ClientFactory.create_batch(2, country="XX", time_zone="UTC")
    off(client)

    assert not calendar_of(client).is_open(MONDAY)
    assert calendar_of(other).is_open(MONDAY)
    assert calendar_of(None).is_open(MONDAY)


def test_days_are_added_once_however_often_they_are_said():
    assert off(last=date(2026, 11, 4)) == 3
    assert off(first=date(2026, 11, 3), last=date(2026, 11, 5)) == 1
    assert DayOff.objects.count() == 4


def test_administrator_adds_days_and_takes_one_back(client_as):
    browser, client = client_as("Administrator"), ClientFactory(name="Nordwind", country="DE")
    page = f"{reverse('core:holidays')}?of=engagements.client:{client.pk}&year=2026"
    assert "Christmas Day" in browser.get(page).text

    browser.post(page, {"first": "2026-12-30", "last": "2026-12-31", "name": "Stocktaking"})

    text = browser.get(page).text
    assert text.count("Stocktaking") == 4  # each with its button
    assert "Nordwind is off on" in text
    row = DayOff.objects.of(client).get(on="2026-12-31")
    browser.post(reverse("core:day_off_remove", args=[row.pk]))
    assert [f"{each.on}" for each in DayOff.objects.of(client)] == ["2026-12-30"]
    said = AuditEntry.objects.filter(kind="administration").order_by("pk")
    assert [entry.did for entry in said] == ["days_off_added", "day_off_removed"]


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"first": "", "name": "x"}, "This field is required"),
        ({"first": "2026-12-30", "last": "2026-12-29", "name": "x"}, "before the first day"),
        ({"first": "2026-01-01", "last": "2026-12-31", "name": "x"}, "At most 60 days"),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_their_field(given, complaint, client_as):
    answer = client_as("Administrator").post(reverse("core:holidays"), given)

    assert answer.status_code == 422
    assert complaint in answer.text
    assert not DayOff.objects.exists()


def test_nobody_unknown_has_a_page_of_days_off(client_as):
    browser = client_as("Administrator")

    for of in ("engagements.client:0", "core.user:1", "x"):
        assert browser.get(reverse("core:holidays"), {"of": of}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_few_queries(number, client_as, django_assert_max_num_queries):
    browser = client_as("Administrator")
    for day in range(1, number + 1):
        off(first=date(2026, 12, day))

    with django_assert_max_num_queries(7):
        text = browser.get(reverse("core:holidays"), {"year": 2026}).text

    assert text.count("Moving house") == 2 * number

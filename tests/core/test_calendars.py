"""On whose clock working time is counted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import calendars, policies
from core.calendars import calendar_of
from core.models import Actor
from tests.factories.engagements import ClientFactory
from tests.factories.vendors import VendorFactory

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 10, 30, 16, tzinfo=UTC)


def choose(**values):
    for name, value in values.items():
        policies.change(policies.find(f"hours.{name}"), value, by=Actor.objects.system())


def test_ours_is_monday_to_friday_until_somebody_says_otherwise():
    assert calendar_of(None).after(FRIDAY, 2) == datetime(2026, 11, 2, 10, tzinfo=UTC)


def test_ours_keeps_the_zone_hours_and_holidays_of_the_policies():
    choose(zone="Europe/Warsaw", holidays="PL", weekdays=["2", "3"], opens=8, closes=12)
    tuesday = datetime(2026, 11, 10, tzinfo=UTC)  # Wednesday the 11th is a holiday

    due = calendar_of(None).after(tuesday, 1)

    assert due == datetime(2026, 11, 12, 9, tzinfo=ZoneInfo("Europe/Warsaw"))


def test_a_region_has_holidays_that_its_country_has_not():
    epiphany = datetime(2026, 1, 6, 12, tzinfo=UTC)
    choose(holidays="DE")
    assert calendar_of(None).is_open(epiphany)

    choose(holidays="DE-BY")
    assert not calendar_of(None).is_open(epiphany)


def test_without_any_working_day_the_usual_ones_hold():
    choose(weekdays=[])

    assert calendar_of(None).is_open(FRIDAY)


def test_a_client_works_in_its_zone_and_rests_on_its_holidays():
    client = ClientFactory(country="US", time_zone="America/New_York")
    thanksgiving = datetime(2026, 11, 26, 15, tzinfo=UTC)

    assert not calendar_of(client).is_open(thanksgiving)
    assert calendar_of(client).is_open(thanksgiving - timedelta(days=1))
    assert not calendar_of(client).is_open(datetime(2026, 11, 25, 10, tzinfo=UTC))


def test_a_vendor_rests_on_its_holidays_and_keeps_our_zone():
    choose(zone="Europe/Warsaw")

    calendar = calendar_of(VendorFactory(country="PL"))

    assert calendar.zone == ZoneInfo("Europe/Warsaw")
    assert not calendar.is_open(datetime(2026, 11, 11, 12, tzinfo=UTC))


def test_a_country_without_known_holidays_has_none():
    assert calendar_of(ClientFactory(country="XX", time_zone="UTC")).is_open(FRIDAY)


def test_a_place_is_said_once():
    with pytest.raises(RuntimeError, match="twice"):
        calendars.place("vendors.vendor", lambda vendor: (vendor.country, ""))


def test_a_client_rests_on_the_holidays_of_its_region():
    client = ClientFactory(country="DE", time_zone="Europe/Berlin")
    epiphany = datetime(2026, 1, 6, 12, tzinfo=UTC)
    assert calendar_of(client).is_open(epiphany)

    client.holiday_region = "DE-BY"

    assert not calendar_of(client).is_open(epiphany)

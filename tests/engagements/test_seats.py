"""A seat's page with its steps, and the list of seats."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Actor
from core.workflow import take_step
from engagements.models import Seat
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import OfferFactory
from tests.factories.vendors import SiteFactory

pytestmark = pytest.mark.django_db


def test_seat_is_cancelled_by_its_button(client_as):
    seat = SeatFactory(state="approved")
    browser = client_as("Delivery manager")

    page = browser.get(seat.get_absolute_url()).content.decode()
    browser.post(reverse("core:step", args=["engagements.seat", seat.pk, "cancel"]))

    assert f"/steps/engagements.seat/{seat.pk}/cancel/" in page
    assert Seat.objects.get().state == "cancelled"


def test_seat_is_vacated_with_its_last_day_and_reopened_from_a_day(client_as):
    today = timezone.localdate()
    seat = SeatFactory(state="live", starts_on=today - timedelta(days=30))
    browser = client_as("Delivery manager")
    vacate, reopen = (
        reverse(f"engagements:{step}", args=[seat.pk]) for step in ("vacate", "reopen")
    )

    assert f'href="{vacate}"' in browser.get(seat.get_absolute_url()).content.decode()
    late = browser.post(vacate, {"on": today + timedelta(days=1), "note": "Moves away"})
    early = browser.post(vacate, {"on": today - timedelta(days=31)})
    assert (late.status_code, early.status_code) == (422, 422)
    assert "The last day is today or earlier" in late.content.decode()
    assert "Moves away" in late.content.decode()
    assert "the last day is not before that" in early.content.decode()

    browser.post(vacate, {"on": today - timedelta(days=2), "note": "Moves away"})
    seat = Seat.objects.get()
    assert (seat.state, seat.ends_on) == ("vacated", today - timedelta(days=2))
    assert seat.log.get().note == "Moves away"
    page = browser.get(seat.get_absolute_url()).content.decode()
    assert "2 days ago" in page
    assert browser.post(reopen, {"starts_on": today - timedelta(days=1)}).status_code == 422
    browser.post(reopen, {"starts_on": today + timedelta(days=9)})
    seat = Seat.objects.get()
    assert (seat.state, seat.starts_on, seat.ends_on) == (
        "approved", today + timedelta(days=9), None,
    )  # fmt: skip
    assert browser.post(reopen, {"starts_on": today}).status_code == 409


def test_seat_says_when_how_much_and_what_somebody_works(client_as):
    seat = SeatFactory(
        state="live",
        role="agent",
        shift="night",
        fte=Decimal("0.5"),
        tier=2,
        duties=[["trainer", 0.3], ["agent", 0.7]],
    )

    text = client_as("QA").get(seat.get_absolute_url()).content.decode()

    for says in ("night, 22:00 to 06:00", "part time, 50 %", "30 % trainer, 70 % agent"):
        assert says in text.replace("\N{NO-BREAK SPACE}", " ").replace("30%", "30 %").replace(
            "70%", "70 %"
        ).replace("50%", "50 %")


def test_who_holds_a_seat_is_named_to_those_who_may_see_candidates(client_as):
    offer = OfferFactory(state="accepted", seat__state="live")
    name = offer.application.candidate.name

    seen = {
        role: name in client_as(role).get(offer.seat.get_absolute_url()).content.decode()
        for role in ("Recruiter", "QA", "Trainer")
    }

    assert seen["Recruiter"]
    assert not seen["QA"]


def test_who_left_a_seat_does_not_hold_it(client_as):
    offer = OfferFactory(state="accepted", seat__state="live")
    take_step(offer.seat, "vacate", by=Actor.objects.system(), on=timezone.localdate())

    text = client_as("Recruiter").get(offer.seat.get_absolute_url()).content.decode()

    assert offer.application.candidate.name not in text


def test_seats_are_found_by_what_they_are(client_as):
    today = timezone.localdate()
    kept = {"engagement": SeatFactory(number="0", state="cancelled").engagement}
    SeatFactory(number="1", site=SiteFactory(name="Cebu"), shift="night", tier=2, **kept)
    SeatFactory(number="2", language="es", fte=Decimal("0.5"), **kept)
    SeatFactory(number="3", state="approved", starts_on=today - timedelta(days=9), **kept)
    SeatFactory(number="4", state="live", ends_on=today + timedelta(days=999), **kept)
    gone = SeatFactory(number="5", state="live", starts_on=today - timedelta(days=99), **kept)
    take_step(gone, "vacate", by=Actor.objects.system(), on=today - timedelta(days=30))
    browser = client_as("QA")
    page = reverse("engagements:seats", args=[kept["engagement"].pk])

    def found(**query):
        rows = [row for row, _ in browser.get(page, query).context["list"].lines]
        return "".join(sorted(row.number for row in rows))

    assert found() == "1234"
    assert found(state="all") == "012345"
    assert found(state="vacant") == "35"
    assert found(site="Cebu") == found(shift="night") == found(tier="2") == "1"
    assert found(language="es") == found(time="part") == "2"
    assert found(time="full") == "134"
    assert found(ends_from=today.isoformat()) == "4"
    week = (today - timedelta(days=7)).isoformat()
    month = (today - timedelta(days=30)).isoformat()
    assert found(state="all", vacant_to=week) == "35"
    assert found(state="all", vacant_to=month) == "5"

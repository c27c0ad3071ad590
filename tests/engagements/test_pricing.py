from datetime import date
from decimal import Decimal

import pytest

from engagements.pricing import PriceLine, price_table
from tests.factories.engagements import EngagementFactory, SeatFactory
from tests.factories.vendors import RateCardFactory, RateFactory, VendorFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_wanted_seats_are_priced_by_role_and_language():
    card = RateCardFactory()
    RateFactory(card=card, language="de", monthly=Decimal("3100.50"))
    RateFactory(card=card, role="team_lead", monthly=4000)
    engagement = EngagementFactory()
    for role, state in [("team_lead", "live"), *[("agent", "planned")] * 2, ("agent", "cancelled")]:
        SeatFactory(engagement=engagement, role=role, state=state)

    table = price_table(engagement, on=DAY)

    assert table.lines == (
        PriceLine("agent", "agent", "de", 2, Decimal("3100.50")),
        PriceLine("team_lead", "team lead", "de", 1, Decimal("4000.00")),
    )
    assert (table.total, table.seats, table.currency, table.card, table.missing) == (
        Decimal("10201.00"),
        3,
        "EUR",
        card,
        (),
    )


def test_role_without_a_rate_is_listed_as_missing():
    RateFactory(monthly=3000)
    engagement = SeatFactory().engagement
    SeatFactory(engagement=engagement, role="trainer", language="")

    table = price_table(engagement, on=DAY)

    assert table.missing == ("trainer",)
    assert table.total == 3000


def test_newest_valid_card_of_our_own_in_the_currency_is_taken():
    newest = RateCardFactory(valid_from=date(2026, 1, 1))
    RateCardFactory(valid_from=date(2025, 6, 1))
    RateCardFactory(valid_from=date(2027, 1, 1))
    RateCardFactory(valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    RateCardFactory(valid_from=date(2026, 2, 1), currency="USD")
    RateCardFactory(valid_from=date(2026, 2, 1), vendor=VendorFactory())

    assert price_table(EngagementFactory(), on=DAY).card == newest


def test_without_a_card_every_seat_lacks_its_rate():
    table = price_table(SeatFactory().engagement, on=DAY)

    assert (table.card, table.total, table.missing) == (None, 0, ("agent de",))

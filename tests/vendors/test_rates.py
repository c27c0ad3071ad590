from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from tests.factories.vendors import (
    ExchangeRateFactory,
    RateCardFactory,
    RateFactory,
    SiteFactory,
    VendorFactory,
)
from vendors.models import ExchangeRate, RateCard, Unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "amounts",
    [
        {"monthly": 0},
        {"hourly": -1},
        {"per_contact": Decimal(0)},
        {"monthly": 3000, "hourly": 20},
        {"monthly": None},
    ],
)
def test_rate_has_one_amount_above_nothing(amounts):
    with pytest.raises(IntegrityError, match="rate_says_one_amount"):
        RateFactory(**amounts)


def test_card_has_one_row_for_what_is_left_empty_alike():
    card = RateFactory().card

    with pytest.raises(IntegrityError, match="one_rate"):
        RateFactory(card=card, monthly=2900)


def test_vendors_card_holds_no_prices_of_ours():
    with pytest.raises(IntegrityError, match="vendor_card_is_a_cost"):
        RateCardFactory(vendor=VendorFactory(), kind="price")


def test_rate_says_what_its_amount_is_for():
    card = RateCardFactory()
    rates = [
        RateFactory(card=card, role=role, **amount)
        for role, amount in [("agent", {"per_contact": 2}), ("coach", {"hourly": 30})]
    ] + [RateFactory(card=card, role="trainer")]

    assert [rate.unit for rate in rates] == [Unit.CONTACT, Unit.HOUR, Unit.MONTH]
    assert [rate.amount for rate in rates] == [2, 30, 3000]


SITE, LANGUAGE, TIER = "site", "language", "tier"
ORDER = [  # each goes before all that follow
    {SITE, LANGUAGE, TIER},
    {SITE, LANGUAGE},
    {SITE, TIER},
    {SITE},
    {LANGUAGE, TIER},
    {LANGUAGE},
    {TIER},
    set(),
]


@pytest.mark.parametrize("place", range(len(ORDER)))
def test_row_that_names_site_then_language_then_tier_goes_first(place):
    card, site = RateCardFactory(), SiteFactory()
    seat = {"language": "de", "tier": 2, "site": site}
    rows = [
        RateFactory(card=card, **{name: seat[name] for name in names})
        for names in reversed(ORDER[place:])
    ]

    assert card.rate_for("agent", **seat) == rows[-1]


@pytest.mark.parametrize(
    ("names", "other"),
    [({"language": "de"}, {"language": "es"}), ({"tier": 1}, {"tier": 2}), ({"tier": 1}, {})],
)
def test_row_of_something_else_is_not_taken(names, other):
    card = RateFactory(**names).card

    assert card.rate_for("agent", **other) is None
    assert card.rate_for("trainer", **names) is None


def test_row_of_another_site_is_not_taken():
    site, elsewhere = SiteFactory(), SiteFactory()
    card = RateFactory(site=site).card

    assert card.rate_for("agent", site=elsewhere) is None
    assert card.rate_for("agent") is None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_valid"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), False),
        (DAY + timedelta(days=1), None, False),
    ],
)
def test_rate_card_is_valid_from_its_first_to_its_last_day(valid_from, valid_to, is_valid):
    RateCardFactory(valid_from=valid_from, valid_to=valid_to)

    assert RateCard.objects.valid(DAY).exists() == is_valid


def test_our_costs_are_seen_by_who_keeps_rate_cards_only(actor_as):
    price, cost = RateCardFactory(), RateCardFactory(kind="cost")
    asked = RateCardFactory(vendor=VendorFactory())

    assert set(RateCard.objects.visible_to(actor_as("BizDev"))) == {price, cost, asked}
    assert set(RateCard.objects.visible_to(actor_as("Trainer"))) == {price, asked}


def test_exchange_rate_holds_until_the_next_is_stated():
    older = ExchangeRateFactory(on=DAY - timedelta(days=9))
    newer = ExchangeRateFactory(on=DAY)
    ExchangeRateFactory(on=DAY + timedelta(days=1))
    ExchangeRateFactory(base="EUR", quote="USD", on=DAY)

    assert ExchangeRate.objects.newest("USD", "EUR", on=DAY) == newer
    assert ExchangeRate.objects.newest("USD", "EUR", on=DAY - timedelta(days=1)) == older
    assert ExchangeRate.objects.newest("USD", "EUR", on=DAY - timedelta(days=10)) is None

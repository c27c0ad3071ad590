from datetime import date, timedelta
from decimal import Decimal

import pytest

from engagements.pricing import price_figures, price_table
from tests.factories.engagements import LineOfBusinessFactory, SeatFactory
from tests.factories.vendors import (
    ExchangeRateFactory,
    RateCardFactory,
    RateFactory,
    SiteFactory,
    VendorFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def table_of(seat):
    return price_table(seat.engagement, on=DAY, costs=True)


def by_key(table):
    return {figure.key: figure for figure in price_figures(table)}


def cost(amount, **fields):
    return RateFactory(card=RateCardFactory(name="Payroll", kind="cost"), monthly=amount, **fields)


def test_card_in_another_currency_is_converted_by_the_newest_rate():
    RateFactory(card=RateCardFactory(currency="USD"), monthly=Decimal("3333.33"))
    ExchangeRateFactory(rate=Decimal("0.9"), on=DAY - timedelta(days=9))
    stated = ExchangeRateFactory(rate=Decimal("0.921234"), on=DAY)
    ExchangeRateFactory(rate=Decimal("0.8"), on=DAY + timedelta(days=1))

    table = table_of(SeatFactory())

    assert table.total == Decimal("3070.78")  # 3,333.33 · 0.921234 = 3,070.7769…
    assert [each.stated for each in table.conversions] == [stated]
    words = "1 USD = 0.921234 EUR (European Central Bank, stated for 2 Mar 2026)"
    assert [str(each) for each in table.conversions] == [words]
    used = by_key(table)["price.month"].inputs[-1]
    assert (used.name, used.value, used.source) == (
        "1 USD in EUR",
        0.921234,
        "European Central Bank, stated for 2 Mar 2026",
    )


def test_only_the_inverse_is_stated_and_serves():
    RateFactory(card=RateCardFactory(currency="USD"), monthly=3000)
    ExchangeRateFactory(base="EUR", quote="USD", rate=Decimal("1.087"))

    table = table_of(SeatFactory())

    assert table.total == Decimal("2759.89")  # 3,000 ÷ 1.087 = 2,759.8896
    assert str(table.conversions[0]).startswith("1 USD = 1 ÷ 1.087 EUR (")


def test_card_in_the_currency_goes_before_a_newer_one_in_another():
    RateFactory(card=RateCardFactory(currency="USD", valid_from=date(2026, 2, 1)), monthly=1)
    RateFactory(monthly=3000)
    ExchangeRateFactory()

    table = table_of(SeatFactory())

    assert (table.total, table.conversions) == (3000, ())


def test_missing_exchange_rate_is_named_with_where_to_add_it():
    RateFactory(card=RateCardFactory(name="Dollars", currency="USD"))
    ExchangeRateFactory(on=DAY + timedelta(days=1))

    table = table_of(SeatFactory())

    assert table.missing == ("agent de",)
    (sentence,) = table.problems
    assert sentence == (
        "No exchange rate between USD and EUR is stated for 2 Mar 2026 or before: “Dollars” needs "
        "one. Add it under Vendors, Exchange rates."
    )


def test_margin_is_of_the_price():
    RateFactory(monthly=3000)
    cost(2250)

    table = table_of(SeatFactory())

    assert (table.total, table.cost, table.margin) == (3000, 2250, Decimal("0.2500"))


def test_seat_at_a_vendors_site_costs_what_the_vendor_asks():
    vendor = VendorFactory()
    RateFactory(monthly=3000)
    cost(2000)
    RateFactory(card=RateCardFactory(vendor=vendor), monthly=2400)
    seat = SeatFactory(site=SiteFactory(vendor=vendor))
    SeatFactory(engagement=seat.engagement, site=SiteFactory())

    table = table_of(seat)

    assert sorted(line.total for line in table.costs) == [2000, 2400]
    assert table.margin == Decimal("0.2667")  # 1,600 ÷ 6,000


def test_margin_is_unknown_where_a_cost_is_missing_and_says_which():
    vendor = VendorFactory(name="Tejo")
    RateFactory(monthly=3000)
    RateFactory(card=RateCardFactory(name="Payroll", kind="cost"), role="trainer")
    seat = SeatFactory()
    SeatFactory(engagement=seat.engagement, site=SiteFactory(vendor=vendor))

    table = table_of(seat)

    assert (table.cost, table.margin, table.is_below(Decimal("0.99"))) == (None, None, False)
    assert table.cost_problems == (
        "“Payroll” has no rate for agent de.",
        "No rate card of Tejo is valid on 2 Mar 2026: add one on its page.",
    )
    assert "margin" not in by_key(table)


def test_margin_is_unknown_where_a_price_is_missing():
    cost(2000)

    assert table_of(SeatFactory()).margin is None


def test_margin_is_held_against_the_floor_before_it_is_rounded():
    RateFactory(monthly=Decimal("100000"))
    row = cost(Decimal("80001"))
    seat = SeatFactory()

    below = table_of(seat)
    row.monthly = 80000
    row.save()

    assert (below.margin, below.is_below(Decimal("0.2"))) == (Decimal("0.2000"), True)
    assert not table_of(seat).is_below(Decimal("0.2"))


def test_figures_say_how_each_price_arises():
    card = RateCardFactory(name="Standard", valid_to=date(2026, 12, 31))
    RateFactory(card=card, hourly=Decimal("21.5"))
    line = LineOfBusinessFactory(contacts_per_half_hour=Decimal("2.5"), name="Phone")
    seat = SeatFactory(engagement=line.requirements.engagement, line=line)
    cost(2000)

    figures = by_key(table_of(seat))

    assert {key: figure.value for key, figure in figures.items()} == {
        "price.month": 2608.67,
        "price.seat_month": 2608.67,
        "price.productive_hour": 21.5,
        "price.contact": 3.01,
        "cost.month": 2000.0,
        "margin": 0.2333,
    }
    month = figures["price.month"]
    assert [(each.name, each.value, each.source) for each in month.inputs[:2]] == [
        (
            "Rate of agent de, tier 1",
            21.5,
            "Standard (EUR), valid from 1 Jan 2025 to 31 Dec 2026",
        ),
        ("Paid hours a week, Phone", 40.0, "Default: a 40-hour contract"),
    ]
    assert month.steps[0].working == "121.33 h (1 · 40 h · (1 - 0.3) · 52 ÷ 12) · 21.5 EUR"
    assert "rounded to 0.01, halves up, after multiplying" in month.source
    contact = figures["price.contact"]
    assert contact.formula == "2,608.67 EUR ÷ 866.67 contacts = 3.0100 EUR"
    assert [(each.label, each.working) for each in contact.steps] == [
        ("Contacts a month, Phone", "200 · 52 ÷ 12")
    ]


def test_figures_of_a_price_that_lacks_a_rate_stop_at_the_month():
    RateFactory(monthly=3000)
    seat = SeatFactory()
    SeatFactory(engagement=seat.engagement, role="trainer", language="")

    figures = by_key(table_of(seat))

    assert list(figures) == ["price.month"]
    assert figures["price.month"].note == "Without trainer: no rate is known"


def test_figures_hold_costs_only_where_these_were_asked_for():
    RateFactory(monthly=3000)
    cost(2000)

    table = price_table(SeatFactory().engagement, on=DAY)

    assert set(by_key(table)) == {"price.month", "price.seat_month", "price.productive_hour"}


@pytest.mark.parametrize("count", [1, 3])
def test_pricing_query_count(count, django_assert_num_queries):
    for language in ["de", "es", "fr"][:count]:
        RateFactory(card=RateCardFactory(currency="USD"), language=language)
        cost(2000, language=language)
    ExchangeRateFactory()
    seat = SeatFactory(site=SiteFactory())
    for language in ["es", "fr"][: count - 1]:
        SeatFactory(engagement=seat.engagement, language=language, site=SiteFactory())

    # lines and seats, cards and rates twice, the exchange rate both ways
    with django_assert_num_queries(8):
        table_of(seat)

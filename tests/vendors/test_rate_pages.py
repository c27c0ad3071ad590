from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.vendors import (
    ExchangeRateFactory,
    RateCardFactory,
    RateFactory,
    SiteFactory,
    VendorFactory,
)
from vendors.models import ExchangeRate, RateCard

pytestmark = pytest.mark.django_db
STATED = {"base": "USD", "quote": "EUR", "rate": "0.92", "on": "2026-03-02", "source": "ECB"}
TWICE = "Row 1 holds for the same role, language, tier and site."
ONE = "A row has one amount: of a month, a productive hour or a contact."


def card_data(*rows, initial=0, **card):
    data = {"name": "2026", "kind": "price", "currency": "EUR", "valid_from": "2026-01-01"}
    data |= {"rates-TOTAL_FORMS": str(len(rows)), "rates-INITIAL_FORMS": str(initial), **card}
    for at, row in enumerate(rows):
        data |= {f"rates-{at}-{name}": str(value) for name, value in row.items()}
    return data


def agent(**amounts):
    return {"role": "agent", **amounts}


def test_card_of_ours_is_added_with_rows_of_each_kind(client_as):
    site = SiteFactory()
    rows = [
        agent(language="de", tier=2, site=site.pk, monthly="3100"),
        agent(hourly="21.50"),
        agent(language="es", per_contact="2.1250"),
        {},
    ]

    client_as("BizDev").post(reverse("vendors:our_rate_card_add"), card_data(*rows, kind="cost"))

    card = RateCard.objects.get()
    assert (card.vendor, card.kind) == (None, "cost")
    fields = ["language", "tier", "site", "monthly", "hourly", "per_contact"]
    assert list(card.rates.values_list(*fields)) == [
        ("", None, None, None, Decimal("21.50"), None),
        ("de", 2, site.pk, Decimal("3100.00"), None, None),
        ("es", None, None, None, None, Decimal("2.1250")),
    ]


def test_vendors_card_is_a_cost_whatever_is_sent(client_as):
    vendor = VendorFactory()
    browser, data = client_as("BizDev"), card_data(agent(monthly="2100"), kind="price")

    page = browser.get(reverse("vendors:rate_card_add", args=[vendor.pk])).content.decode()
    browser.post(reverse("vendors:rate_card_add", args=[vendor.pk]), data)

    assert 'name="kind"' not in page
    assert RateCard.objects.values_list("vendor", "kind").get() == (vendor.pk, "cost")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([agent(monthly="-3")], "A rate is more than 0."),
        ([agent(hourly="0")], "A rate is more than 0."),
        ([agent(per_contact="much")], "Enter a number."),
        ([agent()], "Give one amount: of a month, a productive hour or a contact."),
        ([agent(monthly="3000", hourly="20")], ONE),
        ([agent(hourly="20", per_contact="2")], ONE),
        (
            [{"role": "trainer", "per_contact": "2"}],
            "Only agents take contacts: give a month or an hour.",
        ),
        ([agent(language="xx", monthly="9")], "“xx” is not a language; write two letters"),
        ([agent(tier="0", monthly="9")], "Ensure this value is greater than or equal to 1."),
        ([agent(site="99999", monthly="9")], "This is no site of those that are offered."),
        ([agent(monthly="9"), agent(monthly="8")], TWICE),
        ([agent(language="de", monthly="9"), agent(language="de", hourly="8")], TWICE),
    ],
)
def test_wrong_row_gets_a_sentence_and_no_card_is_stored(rows, sentence, client_as):
    rows = [row if "role" in row else agent(**row) for row in rows]

    answer = client_as("BizDev").post(reverse("vendors:our_rate_card_add"), card_data(*rows))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="2026"' in page
    assert not RateCard.objects.exists()


def test_the_sentence_of_a_row_that_stands_twice_is_beside_the_second(client_as):
    rows = [agent(language="de", monthly="9"), agent(monthly="7"), agent(language="de", hourly="8")]

    answer = client_as("BizDev").post(reverse("vendors:our_rate_card_add"), card_data(*rows))

    assert answer.context["rates"].errors == [{}, {}, {"role": [TWICE]}]


def test_a_site_of_another_vendor_or_a_vendors_in_our_costs_is_refused(client_as):
    vendor, theirs = VendorFactory(), SiteFactory(vendor=VendorFactory(), name="Porto")
    browser, row = client_as("BizDev"), agent(site=theirs.pk, monthly="9")

    to_vendor = browser.post(
        reverse("vendors:rate_card_add", args=[vendor.pk]), card_data(row)
    ).content.decode()
    as_cost = browser.post(
        reverse("vendors:our_rate_card_add"), card_data(row, kind="cost")
    ).content.decode()

    assert "This is no site of those that are offered." in to_vendor
    assert "What Porto, Kraków costs us stands on its vendor&#x27;s card." in as_cost
    assert not RateCard.objects.exists()


def test_a_row_is_changed_and_another_taken_away(client_as):
    card = RateCardFactory()
    gone, kept = RateFactory(card=card), RateFactory(card=card, language="de")
    rows = [
        agent(id=gone.pk, monthly="3000", DELETE="on"),
        agent(id=kept.pk, language="", monthly="3200"),
    ]

    client_as("BizDev").post(
        reverse("vendors:rate_card_edit", args=[card.pk]), card_data(*rows, initial=2)
    )

    assert list(card.rates.values_list("pk", "language", "monthly")) == [
        (kept.pk, "", Decimal("3200.00"))
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_form_of_a_card_query_count(count, client_as, django_assert_max_num_queries):
    card = RateCardFactory()
    for language in ["de", "es", "fr"][:count]:
        RateFactory(card=card, language=language, site=SiteFactory())
    browser = client_as("BizDev")

    with django_assert_max_num_queries(9):
        browser.get(reverse("vendors:rate_card_edit", args=[card.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_our_page_query_count(count, client_as, django_assert_max_num_queries):
    for _ in range(count):
        RateFactory(card=RateCardFactory(kind="cost"), site=SiteFactory())
    browser = client_as("BizDev")

    with django_assert_max_num_queries(9):
        browser.get(reverse("vendors:ours"))


def test_our_page_shows_prices_and_costs_with_all_they_hold_for(client_as):
    price, cost = RateCardFactory(name="Standard"), RateCardFactory(name="Payroll", kind="cost")
    RateFactory(card=price, per_contact=Decimal("2.1250"), tier=2)
    RateFactory(card=cost, hourly=15, site=SiteFactory(name="Mogilska"))

    page = client_as("BizDev").get(reverse("vendors:ours")).content.decode()

    for words in ["Standard", "€2.125", "a contact", "Payroll", "€15", "a productive hour"]:
        assert words in page
    assert "Payroll" not in client_as("QA").get(reverse("vendors:ours")).content.decode()


def test_exchange_rate_is_stated_and_changed(client_as):
    browser = client_as("BizDev")

    browser.post(reverse("vendors:exchange_rate_add"), STATED)
    row = ExchangeRate.objects.get()
    browser.post(row.get_absolute_url(), {**STATED, "rate": "0.93"})

    stated = ExchangeRate.objects.values_list("base", "quote", "rate", "on", "source").get()
    assert stated == ("USD", "EUR", Decimal("0.930000"), date(2026, 3, 2), "ECB")
    page = browser.get(reverse("vendors:exchange_rates")).content.decode()
    assert "0.93" in page
    assert "ECB" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rate": "0"}, "A rate is more than 0."),
        ({"rate": "-1"}, "A rate is more than 0."),
        ({"rate": "much"}, "Enter a number."),
        ({"quote": "USD"}, "Choose two different currencies."),
        ({"base": "XXQ"}, "“XXQ” is not a currency; write three letters, as in EUR."),
        ({"on": "soon"}, "Enter a valid date."),
        ({"source": ""}, "This field is required."),
        ({"on": "2026-01-01"}, "The rate from USD to EUR is stated for that day already."),
    ],
)
def test_wrong_exchange_rate_gets_a_sentence_and_is_not_stored(change, sentence, client_as):
    ExchangeRateFactory()

    answer = client_as("BizDev").post(reverse("vendors:exchange_rate_add"), {**STATED, **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ExchangeRate.objects.count() == 1

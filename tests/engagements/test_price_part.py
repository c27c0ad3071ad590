"""The price on a plan's page: what everybody of our staff sees, and what only planners do."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.engagements import LineOfBusinessFactory, SeatFactory, StaffingPlanFactory
from tests.factories.vendors import (
    ExchangeRateFactory,
    RateCardFactory,
    RateFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = StaffingPlanFactory(total_seats=1)
    line = LineOfBusinessFactory(requirements=plan.requirements, name="Phone")
    SeatFactory(engagement=plan.engagement, plan=plan, line=line)
    return plan


def price(**fields):
    return RateFactory(card=RateCardFactory(name="Standard", **fields), monthly=3000)


def cost(amount):
    return RateFactory(card=RateCardFactory(name="Payroll", kind="cost"), monthly=amount)


def read(browser, plan):
    return browser.get(plan.get_absolute_url()).content.decode()


def test_price_is_shown_with_its_unit_prices_and_why(plan, client_as):
    price()

    page = read(client_as("QA"), plan)

    for words in ["€3,000", "A productive hour", "€24.73", "A contact", "Why €3,000?"]:
        assert words in page
    assert "Standard (EUR), valid from 1 Jan 2025" in page


def test_cost_margin_and_floor_are_for_who_plans_only(plan, client_as):
    price()
    cost(Decimal("2456"))

    planner, other = read(client_as("BizDev"), plan), read(client_as("Trainer"), plan)

    for words in ["€2,456", "18.1\N{NO-BREAK SPACE}%", "The margin is below our floor"]:
        assert words.replace("\N{NO-BREAK SPACE}", "") in planner.replace("\N{NO-BREAK SPACE}", "")
    for words in ["€2,456", "Our cost", "Margin", "margin", "floor"]:
        assert words not in other


def test_unknown_cost_is_named_and_no_margin_shown(plan, client_as):
    price()

    page = read(client_as("BizDev"), plan)

    assert "The margin is unknown until each cost is: No card of our costs is valid on" in page
    assert "Why 0" not in page


def test_conversion_is_stated(plan, client_as):
    price(currency="USD")
    ExchangeRateFactory()

    page = read(client_as("QA"), plan)

    assert "Prices converted at 1 USD = 0.92 EUR (European Central Bank, stated for" in page
    assert "€2,760" in page


def test_missing_price_says_what_to_add(plan, client_as):
    page = read(client_as("QA"), plan)

    assert "add one under Our sites and rates." in page


def test_plan_whose_seats_are_all_cancelled_shows_no_price(plan, client_as):
    plan.seats.all().delete()
    SeatFactory(engagement=plan.engagement, plan=plan, state="cancelled")
    price()

    assert 'id="price"' not in read(client_as("BizDev"), plan)


@pytest.mark.parametrize("count", [1, 3])
def test_plan_with_prices_query_count(count, plan, client_as, django_assert_max_num_queries):
    price()
    cost(2000)
    for _ in range(count):
        SeatFactory(engagement=plan.engagement, plan=plan, site=SiteFactory())
    browser = client_as("BizDev")

    with django_assert_max_num_queries(15):
        read(browser, plan)


def test_prices_of_a_plan_are_those_of_today(plan, client_as):
    price(valid_to=date(2025, 12, 31))

    assert "No card of our prices is valid on" in read(client_as("QA"), plan)

"""A proposal below the margin's floor is approved by one more; the client reads prices only."""

import json
from decimal import Decimal

import pytest

from core import approvals, policies
from core.models import Actor
from core.workflow import blockers, take_step
from engagements.models import Seat
from engagements.policies import MARGIN_FLOOR
from tests.approvals import ask_of
from tests.factories.vendors import ExchangeRateFactory, RateCardFactory, RateFactory, SiteFactory
from vendors.models import Rate, RateCard

pytestmark = pytest.mark.django_db


def costs(share):
    """Cost so much of the price of ready_engagement: 10,000 a month."""
    card = RateCardFactory(name="Payroll", kind="cost")
    RateFactory(card=card, monthly=Decimal(3000) * share)
    RateFactory(card=card, role="team_lead", monthly=Decimal(4000) * share)


def steps_of(proposal):
    return [(each.label, each.because) for each in approvals.waiting(proposal).steps.all()]


@pytest.mark.parametrize(
    ("share", "asked"),
    [
        ("0.80", [("BizDev", "")]),
        ("0.81", [("BizDev", ""), ("Low margin", "the margin is below our floor")]),
        (None, [("BizDev", "")]),
    ],
)
def test_one_more_is_asked_below_the_floor_only(share, asked, draft, bizdev):
    if share:
        costs(Decimal(share))

    assert steps_of(take_step(draft, "submit", by=bizdev)) == asked


def test_the_floor_is_the_administrators_to_set(draft, bizdev):
    costs(Decimal("0.81"))
    policies.change(MARGIN_FLOOR, Decimal("0.15"), by=Actor.objects.system())

    assert steps_of(take_step(draft, "submit", by=bizdev)) == [("BizDev", "")]


def test_it_is_sent_only_after_the_hr_director_agrees_too(draft, bizdev, actor_as):
    costs(Decimal("0.9"))
    director = actor_as("HR director")
    proposal = take_step(draft, "submit", by=bizdev)

    approvals.approve(ask_of(proposal, bizdev), by=bizdev)
    before = type(proposal).objects.get(pk=proposal.pk).state
    approvals.approve(ask_of(proposal, director), by=director)

    assert (before, type(proposal).objects.get(pk=proposal.pk).state) == ("in_review", "approved")


def test_approvers_read_the_margin_and_its_fall_below_the_floor_voids_what_they_said(draft, bizdev):
    costs(Decimal("0.79"))
    proposal = take_step(draft, "submit", by=bizdev)
    read = {each["label"]: each["text"] for each in approvals.waiting(proposal).snapshot}
    approvals.approve(ask_of(proposal, bizdev), by=bizdev)
    proposal = type(proposal).objects.get(pk=proposal.pk)
    Rate.objects.filter(card__kind="cost").update(monthly=2999)

    lacks = " ".join(str(each.reason) for each in blockers(proposal, "send", bizdev))

    assert read["Margin"] == "21%, not below our floor of 20%"
    assert "Margin: 21%, not below our floor of 20% → " in lacks


def test_client_reads_prices_with_tier_place_and_conversion_and_no_cost(draft, engagement):
    costs(Decimal("0.7777"))
    RateCard.objects.filter(kind="price").update(currency="USD")
    ExchangeRateFactory()
    Seat.objects.filter(pk=engagement.seats.first().pk).update(
        tier=2, site=SiteFactory(city="Lublin")
    )

    figures = draft.live_figures(on=engagement.go_live_on)

    agents = figures["price"]["lines"][:2]
    keys = ["tier", "place", "rate", "unit"]
    assert [[each[key] for key in keys] for each in agents] == [
        [1, "", "2760.00", "month"],
        [2, "Lublin", "2760.00", "month"],
    ]
    assert figures["price"]["conversions"] == [
        {
            "base": "USD",
            "rate": "0.92",
            "quote": "EUR",
            "on": "2026-01-01",
            "source": "European Central Bank",
        }
    ]
    written = json.dumps(figures).lower()
    assert not any(word in written for word in ["cost", "margin", "2333.1", "payroll"])

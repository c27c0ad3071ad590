"""What is approved before it goes on: requisitions before they open, offers before sending."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import approvals, workflow
from core.approvals import Flag, Rule, Shipped
from core.models import Actor
from core.templatetags.ui import money
from recruiting.actions import approve_requisition
from recruiting.actions.requisitions import lock_seats
from recruiting.models import Offer, Requisition
from recruiting.policies import FAR_OFF, MANY


def _currency(row: Any) -> str:
    return str(row.engagement.currency)


def _band(row: Requisition) -> str:
    low, high = row.monthly_salary_from, row.monthly_salary_to
    if low is None:
        return "none"
    return f"{money(low, _currency(row))} to {money(high, _currency(row))}"


def is_outside_band(offer: Offer) -> bool:
    """Say whether the pay is not within what the requisition allows; without a band it is."""
    requisition = offer.application.requisition
    low, high = requisition.monthly_salary_from, requisition.monthly_salary_to
    if low is None or high is None:
        return True
    return not low <= offer.monthly_salary <= high


def _requisition(offer: Offer, actor: Actor) -> list[approvals.Fact]:
    """Say which requisition an offer is for and what pay it allows, to whoever may see that."""
    rows = Requisition.objects.visible_to(actor).select_related("engagement")
    row = rows.filter(pk=offer.application.requisition_id).first()
    if row is None:
        return []
    return [
        approvals.Fact(_("Requisition"), str(row), row.get_absolute_url()),
        approvals.Fact(_("Its pay band"), _band(row)),
    ]


def declare() -> None:
    approvals.declare(
        "recruiting.Requisition",
        "Requisitions",
        step="approve",
        back="send_back",
        shipped=[Shipped("HR director", ["HR director"])],
        lock=lock_seats,
        finish=approve_requisition,
        flagged=[
            "seats",
            "role",
            "line",
            Flag("criteria_set", "Criteria", lambda row: row.criteria_set),
            Flag(
                "band",
                "Pay a month",
                lambda row: [row.monthly_salary_from, row.monthly_salary_to],
                _band,
            ),
            Flag("target_on", "Full by", lambda row: row.target_on),
            "country",
            "place",
        ],
        rules={
            "far_off": Rule(
                FAR_OFF.said("its target is more than {} off"),
                lambda row: row.target_on > timezone.localdate() + timedelta(days=FAR_OFF.value()),
            ),
            "no_band": Rule("it has no pay band", lambda row: row.monthly_salary_from is None),
            "many": Rule(
                MANY.said("it asks for {} or more"),
                lambda row: row.seats.count() >= MANY.value(),
            ),
        },
        todo=lambda row: f"Approve {row.title}",
    )
    approvals.declare(
        "recruiting.Offer",
        "Offers",
        step="approve",
        back="send_back",
        shipped=[Shipped("HR director", ["HR director"])],
        flagged=[
            Flag(
                "monthly_salary",
                "Pay a month",
                lambda row: row.monthly_salary,
                lambda row: money(row.monthly_salary, row.currency),
            ),
            "starts_on",
            Flag("expires_on", "Answer by", lambda row: row.expires_on),
            "seat",
        ],
        rules={"outside_band": Rule("the pay is outside the requisition's band", is_outside_band)},
        todo=lambda row: f"Approve the offer to {row.application.candidate}",
        named=lambda row: f"Offer to {row.application.candidate.code}",
    )
    approvals.beside("recruiting.Offer", _requisition)
    workflow.add_guard("recruiting.Offer", "send", approvals.stands_as_approved)

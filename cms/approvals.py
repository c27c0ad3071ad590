"""What is approved before a client reads it: text, price and team of a proposal."""

from typing import Any

from django.utils import timezone

from cms.models import Proposal
from cms.policies import LARGE
from core import approvals, workflow
from core.approvals import Flag, Rule, Shipped
from core.templatetags.ui import money
from core.versions import freeze
from engagements.pricing import price_table


def _seats(row: Proposal) -> int:
    return sum(seat.state != "cancelled" for seat in row.engagement.seats.all())


def _price(row: Proposal) -> Any:
    return price_table(row.engagement, on=timezone.localdate()).total


def declare() -> None:
    approvals.declare(
        "cms.Proposal",
        "Proposals",
        step="approve",
        back="send_back",
        begins=("submit", "ask_again"),
        shipped=[Shipped("BizDev", ["BizDev"])],
        own_allowed=True,
        flagged=[
            Flag("title", "Title", lambda row: row.page.title),
            Flag("valid_until", "Valid until", lambda row: row.page.valid_until),
            Flag(
                "body",
                "Text",
                lambda row: freeze(row.page.body.get_prep_value())[1],
                lambda row: f"{len(row.page.body)} blocks",
            ),
            Flag("seats", "Seats", _seats),
            Flag(
                "price",
                "A month",
                _price,
                lambda row: money(_price(row), row.engagement.currency),
            ),
        ],
        rules={
            "large": Rule(
                LARGE.said("the team has {} or more"), lambda row: _seats(row) >= LARGE.value()
            )
        },
    )
    workflow.add_guard("cms.Proposal", "send", approvals.stands_as_approved)

"""What is approved before a client reads it: text, price and team of a proposal.

Below the margin's floor one more approver is asked. Margin and floor are for our staff only.
"""

from typing import Any

from django.utils import timezone

from cms.models import Proposal
from cms.policies import LARGE
from core import approvals, workflow
from core.approvals import Flag, Rule, Shipped
from core.templatetags.ui import money, percent
from core.versions import freeze
from engagements.policies import MARGIN_FLOOR
from engagements.pricing import PriceTable, price_table


def _seats(row: Proposal) -> int:
    return sum(seat.state != "cancelled" for seat in row.engagement.seats.all())


def _price(row: Proposal) -> Any:
    return price_table(row.engagement, on=timezone.localdate()).total


def _with_costs(row: Proposal) -> PriceTable:
    return price_table(row.engagement, on=timezone.localdate(), costs=True)


def is_below_floor(row: Proposal) -> bool:
    """Whether the margin is known to be below our floor; where a cost is missing it is not."""
    return _with_costs(row).is_below(MARGIN_FLOOR.value())


def _margin(row: Proposal) -> str:
    """Return on which side of the floor the margin is: within a side it may move, as costs do."""
    table = _with_costs(row)
    if table.margin is None:
        return "unknown"
    return "below" if table.is_below(MARGIN_FLOOR.value()) else "above"


def _margin_in_words(row: Proposal) -> str:
    """Say the margin to approvers, who are our staff."""
    table, floor = _with_costs(row), MARGIN_FLOOR.value()
    if table.margin is None:
        return "unknown: a cost or a price is missing"
    side = "below" if table.is_below(floor) else "not below"
    return f"{percent(table.margin, 1)}, {side} our floor of {percent(floor, 1)}"


def declare() -> None:
    approvals.declare(
        "cms.Proposal",
        "Proposals",
        step="approve",
        back="send_back",
        begins=("submit", "ask_again"),
        shipped=[
            Shipped("BizDev", ["BizDev"]),
            Shipped("Low margin", ["HR director", "Administrator"], rule="low_margin"),
        ],
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
            Flag("margin", "Margin", _margin, _margin_in_words),
        ],
        rules={
            "large": Rule(
                LARGE.said("the team has {} or more"), lambda row: _seats(row) >= LARGE.value()
            ),
            "low_margin": Rule("the margin is below our floor", is_below_floor),
        },
    )
    workflow.add_guard("cms.Proposal", "send", approvals.stands_as_approved)

"""The price part of a plan's page: the table, the unit prices, and the margin to who may see it."""

from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from core.models import Actor
from core.templatetags.ui import money, percent
from engagements.models import StaffingPlan
from engagements.pages import why
from engagements.policies import MARGIN_FLOOR
from engagements.pricing import PriceTable, price_figures, price_table
from planning.provenance import Figure


def price(plan: StaffingPlan, actor: Actor) -> dict[str, Any] | None:
    """Price the plan's seats by the cards valid today; nothing where none is wanted any more."""
    may_see = actor.has_perm("engagements.change_staffingplan")
    table = price_table(
        plan.engagement, on=timezone.localdate(), seats=plan.seats.wanted(), costs=may_see
    )
    if not table.lines:
        return None
    return {
        "table": table,
        "figures": [_shown(each, table) for each in price_figures(table)],
        "rows": list(zip_longest(table.lines, table.costs or ())),
        "shows_costs": may_see,
        "is_below_floor": may_see and table.is_below(MARGIN_FLOOR.value()),
        "floor": MARGIN_FLOOR.value(),
    }


def _shown(figure: Figure, table: PriceTable) -> dict[str, Any]:
    value = Decimal(str(figure.value))
    text = percent(value, 1) if figure.unit == "share" else money(value, table.currency)
    return {"value": text, "label": figure.label, "why": why(figure.to_json())}

"""From accepted requirements to a staffing plan and its seats."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Actor
from core.workflow import Blocker, StepRefused, locked
from engagements import funnel, policies, stored_plans
from engagements.actions.engagements import cancel_planned
from engagements.actions.plan_seats import make_seats
from engagements.models import Engagement, Requirements, Seat, StaffingPlan
from engagements.pricing import price_figures, price_table
from engagements.staffing import planned
from engagements.wish import Wish

UNTOUCHED = [Seat.State.PLANNED, Seat.State.CANCELLED, Seat.State.VACATED]


@transaction.atomic
def make_plan(requirements: Requirements, *, by: Actor, wish: Wish | None = None) -> StaffingPlan:
    """Plan the accepted requirements, and make the plan's seats in place of those planned earlier.

    Asked again for the plan that stands, it returns that plan: two who press
    the button at once get one set of seats. Raises StepRefused once seats are
    agreed, and with a sentence of `planning` where the numbers are impossible.
    """
    wish = wish or Wish()
    engagement = locked(requirements.engagement)
    requirements = locked(requirements)
    go_live = check_plannable(requirements, engagement)
    rates, ratios = funnel.rates(timezone.localdate()), policies.ratios()
    grounds = {
        "wish": {**wish.to_json(), "target_span": wish.span},
        **policies.chain(),
        "agents_per": {ratio.role: ratio.agents_per for ratio in ratios},
        "employed_from": {ratio.role: ratio.from_agents for ratio in ratios},
        "rates": {rate.key: [rate.share, rate.passed, rate.entered] for rate in rates},
    }
    if standing := _standing(requirements, grounds):
        return standing
    try:
        found = planned(requirements, wish, chosen_by=by.name, rates=rates)
    except ValueError as error:
        raise StepRefused(Blocker(str(error), "whoever writes the requirements")) from error
    cancel_planned(engagement, note="Replaced by a newer plan.")
    plan = StaffingPlan.objects.create(
        engagement=engagement,
        requirements=requirements,
        version=engagement.plans.count() + 1,
        figures=stored_plans.figures(found),
        structure={**grounds, **stored_plans.structure(found, wish)},
        total_seats=found.total_seats,
        made_by=by,
    )
    make_seats(plan, found, wish, go_live)
    _price(plan)
    # The plan's engagement still holds what was read under the lock.
    return StaffingPlan.objects.get(pk=plan.pk)


def _price(plan: StaffingPlan) -> None:
    """Store what the plan's seats cost the client today, with its why; never what they cost us."""
    table = price_table(plan.engagement, on=timezone.localdate(), seats=plan.seats.all())
    found = {figure.key: figure.to_json() for figure in price_figures(table)}
    plan.figures |= found
    plan.structure["figures"] += list(found)
    plan.save(update_fields=["figures", "structure"])


def check_plannable(requirements: Requirements, engagement: Engagement) -> date:
    """Return the day to plan for. Raises StepRefused where there is no planning now."""
    if requirements.state != Requirements.State.ACCEPTED:
        reason = (
            f"Only accepted requirements are planned; these are {requirements.get_state_display()}."
        )
        raise StepRefused(Blocker(reason, "BizDev", requirements.get_absolute_url()))
    agreed = engagement.seats.exclude(state__in=UNTOUCHED).count()
    if agreed:
        reason = f"{agreed} seats of the present plan are agreed already: it can't be replaced."
        raise StepRefused(Blocker(reason, "BizDev", engagement.get_absolute_url()))
    if requirements.go_live_on is None:
        reason = "The requirements name no go-live."
        raise StepRefused(Blocker(reason, "BizDev", requirements.get_absolute_url()))
    return requirements.go_live_on


def _standing(requirements: Requirements, grounds: dict[str, Any]) -> StaffingPlan | None:
    newest = requirements.engagement.plans.order_by("-version").first()
    same = (
        newest is not None
        and newest.requirements_id == requirements.pk
        and grounds.items() <= newest.structure.items()
    )
    return newest if same else None

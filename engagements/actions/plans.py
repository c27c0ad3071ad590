"""From accepted requirements to a staffing plan and its seats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
from django.db import transaction

from core.models import Actor
from core.workflow import Blocker, StepRefused, locked
from engagements import policies
from engagements.actions.engagements import cancel_planned
from engagements.models import Engagement, Requirements, Seat, StaffingPlan, Team
from engagements.staffing import language_of, planned_lines, structure_of
from planning import staffing
from planning.line_plan import LinePlan, SeatRule
from planning.sourcing import Rate
from planning.structure import Structure, SupportRatio

UNTOUCHED = [Seat.State.PLANNED, Seat.State.CANCELLED, Seat.State.VACATED]


@transaction.atomic
def make_plan(
    requirements: Requirements,
    *,
    by: Actor,
    seats_by: SeatRule = "peak",
    target_span: int = 8,
    kind: str = "",
    decisions: Sequence[Mapping[str, Any]] = (),
) -> StaffingPlan:
    """Plan the accepted requirements, and make the plan's seats in place of those planned earlier.

    `kind` is the client's wish where nothing is chosen. `decisions` say what was recommended of
    the structure, what was chosen, and why (`forms.PlanForm.decisions`); the plan keeps them.
    Asked again for the plan that stands, it returns that plan: two who press
    the button at once get one set of seats. Raises StepRefused once seats are
    agreed, and with a sentence of `planning` where the numbers are impossible.
    """
    engagement = locked(requirements.engagement)
    requirements = locked(requirements)
    go_live = _check(requirements, engagement)
    ratios = policies.ratios()
    rates = policies.rates()
    structure = structure_of(requirements, target_span, by.name, kind=kind)
    wish = {
        **_held(structure, ratios, rates),
        "seats_by": seats_by,
        "decisions": [dict(each) for each in decisions],
    }
    if standing := _standing(requirements, wish):
        return standing
    lines = list(requirements.lines.all())
    try:
        planned = staffing.plan(
            planned_lines(requirements), structure, ratios, seats_by=seats_by, rates=rates
        )
    except ValueError as error:
        raise StepRefused(Blocker(str(error), "whoever writes the requirements")) from error
    cancel_planned(engagement, note="Replaced by a newer plan.")
    plan = StaffingPlan.objects.create(
        engagement=engagement,
        requirements=requirements,
        version=engagement.plans.count() + 1,
        figures=_figures(planned),
        structure={**wish, **_structure(planned)},
        total_seats=planned.total_seats,
        made_by=by,
    )
    _make_seats(plan, planned, {line.name: line for line in lines}, go_live)
    # The plan's engagement still holds what was read under the lock.
    return StaffingPlan.objects.get(pk=plan.pk)


def _held(
    structure: Structure, ratios: Sequence[SupportRatio], rates: Iterable[Rate]
) -> dict[str, Any]:
    """Return the spans, ratios and rates that a plan is made by: others make another plan."""
    return {
        "kind": structure.kind,
        "target_span": structure.target_span,
        "leads_per_supervisor": structure.leads_per_supervisor,
        "supervisors_per_manager": structure.supervisors_per_manager,
        "agents_per": {ratio.role: ratio.agents_per for ratio in ratios},
        "employed_from": {ratio.role: ratio.from_agents for ratio in ratios},
        "rates": {rate.key: rate.share for rate in rates},
    }


def _check(requirements: Requirements, engagement: Engagement) -> date:
    """Return the day to plan for, or say why there is no planning now."""
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


def _standing(requirements: Requirements, wish: dict[str, Any]) -> StaffingPlan | None:
    newest = requirements.engagement.plans.order_by("-version").first()
    same = (
        newest is not None
        and newest.requirements_id == requirements.pk
        and wish.items() <= newest.structure.items()
    )
    return newest if same else None


def _figures(planned: staffing.StaffingPlan) -> dict[str, Any]:
    """Key the totals by their own key, and each line's by its place: "lines.1.seats"."""
    found = {figure.key: figure.to_json() for figure in planned.totals}
    for place, line in enumerate(planned.lines, start=1):
        found |= {f"lines.{place}.{figure.key}": figure.to_json() for figure in line.figures}
    return found


def _structure(planned: staffing.StaffingPlan) -> dict[str, Any]:
    return {
        "roles": [asdict(role) for role in planned.roles],
        "teams": [asdict(team) for team in planned.teams],
        "lines": [_line(line) for line in planned.lines],
        "cautions": list(planned.cautions),
        # PostgreSQL keeps a JSON object's keys in an order of its own.
        "figures": list(_figures(planned)),
    }


def _line(planned: LinePlan) -> dict[str, Any]:
    line, busiest, week = planned.line, planned.busiest, planned.week
    patient = week.with_patience
    return {
        "name": line.name,
        "channel": line.channel,
        "language": line.language,
        "tier": line.tier,
        "way": line.way,
        "busiest_at": busiest.when,
        "contacts": busiest.contacts,
        "agents": planned.agents,
        "seats": planned.seats,
        "week": {
            "contacts": np.round(line.given.contacts, 2).tolist(),
            "open": line.is_open.tolist(),
            "agents": week.agents.tolist(),
            "by_cap": week.by_cap.tolist(),
            "with_patience": None if patient is None else patient.tolist(),
        },
    }


def _make_seats(
    plan: StaffingPlan, planned: staffing.StaffingPlan, lines: dict[str, Any], starts_on: date
) -> list[Seat]:
    """Number the seats on from those that there are, and put them into their teams."""
    engagement = plan.engagement
    teams = _make_teams(engagement, planned, lines)
    first = engagement.seats.count() + 1
    seats = []
    for number, seat in enumerate(planned.seats(), start=first):
        team = teams.get(seat.team)
        line = lines.get(seat.line)
        seats.append(
            Seat(
                engagement=engagement,
                plan=plan,
                number=f"{engagement.code}-{number:03}",
                role=seat.role,
                line=line,
                team=team,
                language=language_of(seat, planned, lines),
                starts_on=starts_on,
            )
        )
    return Seat.objects.bulk_create(seats)


def _make_teams(
    engagement: Engagement, planned: staffing.StaffingPlan, lines: dict[str, Any]
) -> dict[int, Team]:
    """Make the plan's teams; those of an earlier plan that bear the same name are taken over."""
    found = {}
    for team in planned.teams:
        names = [name for name, _ in team.members]
        line = lines[names[0]] if len(names) == 1 else None
        found[team.number], _ = Team.objects.update_or_create(
            engagement=engagement, name=f"Team {team.number}", defaults={"line": line}
        )
    engagement.teams.exclude(pk__in=[team.pk for team in found.values()]).delete()
    return found

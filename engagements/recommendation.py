"""What the table of rules makes of some requirements, before their plan is made."""

from datetime import date

from engagements.models import Requirements, StructureRule
from engagements.staffing import planned_lines
from planning.line_plan import plan_line
from planning.rules import Fact, Recommendation, recommend


def recommended(requirements: Requirements, *, today: date) -> Recommendation:
    """Return what the rules in use suggest for some requirements, each with what caused it."""
    return recommend(facts_of(requirements, today=today), StructureRule.objects.in_use())


def facts_of(requirements: Requirements, *, today: date) -> dict[str, Fact]:
    """Return what is known of each factor; None where nobody has said it, or it can't be planned.

    Industry and size are the client's where the requirements leave them open.
    """
    client = requirements.engagement.client
    lines = list(requirements.lines.all())
    return {
        "complexity": requirements.complexity,
        "business_size": requirements.business_size or client.size,
        "industry": requirements.industry or client.industry,
        "channels": len({line.channel for line in lines}),
        "countries": len(set(requirements.delivery_countries)) or None,
        "languages": len({line.language for line in lines}),
        "lines": len(lines),
        "tiers": len({line.tier for line in lines}),
        "go_live_weeks": _weeks(requirements.go_live_on, today),
        **_planned(requirements),
    }


def _weeks(goes_live: date | None, today: date) -> int | None:
    """Return the whole weeks until the go-live; none of a day that is not known, or past."""
    if goes_live is None or goes_live < today:
        return None
    return (goes_live - today).days // 7


def _planned(requirements: Requirements) -> dict[str, Fact]:
    """Return what only planning tells; nothing where it refuses: the plan itself will say why."""
    try:
        lines = planned_lines(requirements)
        seats = sum(plan_line(line).seats for line in lines)
    except ValueError:
        return {"agents": None, "hours_per_week": None}
    return {
        "agents": seats,
        "hours_per_week": max((line.hours_per_week for line in lines), default=None),
    }

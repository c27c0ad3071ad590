"""How what the client asks for becomes the input of `planning`."""

from collections.abc import Mapping
from typing import Any

from engagements import hours
from engagements.models import LineOfBusiness, Requirements
from engagements.policies import chain
from planning import lines, staffing
from planning.structure import Kind, Structure

FIELDS = [
    "aht_s",
    "service_level",
    "threshold_s",
    "max_occupancy",
    "shrinkage",
    "concurrency",
    "slowdown",
    "weekly_paid_hours",
]
IF_KNOWN = ["patience_s", "deadline_h", "volume_cv"]


def structure_of(
    requirements: Requirements, target_span: int, chosen_by: str, *, kind: str = ""
) -> Structure:
    """Return the structure to plan: of the kind chosen, or else of the one the client wishes for.

    The spans above the leads are our policies; the span of a lead is chosen by who makes the plan.
    """
    wish = kind or requirements.structure_wish
    shape: Kind = "flat" if wish == "flat" else "hierarchical"
    spans, said = chain(), Structure.source
    if target_span != Structure.target_span:
        said = f"Span chosen by {chosen_by} for this plan, the rest by default"
    return Structure(
        kind=shape,
        target_span=target_span,
        leads_per_supervisor=spans["leads_per_supervisor"],
        supervisors_per_manager=spans["supervisors_per_manager"],
        source=said,
    )


def planned_lines(requirements: Requirements) -> list[lines.LineOfBusiness]:
    given_by = f"{requirements.engagement.client}, requirements v{requirements.version}"
    return [planned_line(line, given_by) for line in requirements.lines.all()]


def planned_line(line: LineOfBusiness, given_by: str) -> lines.LineOfBusiness:
    """Return the line as `planning` takes it, each number with who gave it.

    A number that is our default cites the default: nobody has asked for it.
    """
    known = [name for name in IF_KNOWN if getattr(line, name) is not None]
    values = {name: _plain(getattr(line, name)) for name in [*FIELDS, *known]}
    told = [name for name in values if lines.DEFAULTS.get(name, (None,))[0] != values[name]]
    source = line.volume_source or given_by
    return lines.LineOfBusiness(
        name=line.name,
        channel=line.channel,
        language=line.language,
        tier=line.tier,
        contacts_per_half_hour=None if line.week else float(line.contacts_per_half_hour or 0),
        week=hours.week(line.week, line.volume_source) if line.week else None,
        hours=hours.planned(line.hours),
        level=line.service_level_of,  # type: ignore[arg-type]
        sources={
            **dict.fromkeys([*told, "hours_per_week"], given_by),
            **dict.fromkeys(["contacts", "volume_cv"], source),
        },
        **values,
    )


def _plain(value: Any) -> Any:
    """Return a stored number as `planning` takes it, a whole one as such."""
    return int(value) if value == int(value) else float(value)


def language_of(
    seat: staffing.SeatPlan, planned: staffing.StaffingPlan, lines: Mapping[str, LineOfBusiness]
) -> str:
    """An agent speaks the line's language, a lead that of the team; others are not bound to one."""
    if seat.line:
        return str(lines[seat.line].language)
    members = next((team.members for team in planned.teams if team.number == seat.team), ())
    spoken = {lines[name].language for name, _ in members}
    return spoken.pop() if len(spoken) == 1 else ""

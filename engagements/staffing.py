"""How what the client asks for becomes the input of `planning`."""

from datetime import time
from typing import Any

from engagements.models import LineOfBusiness, Requirements
from planning import lines
from planning.structure import Kind, Structure
from planning.workload import DayProfile, weekly_hours

FIELDS = ["aht_s", "service_level", "threshold_s", "max_occupancy", "shrinkage", "concurrency"]


def structure_of(requirements: Requirements, target_span: int, chosen_by: str) -> Structure:
    """Return the structure that the client wishes for; its span is chosen by who makes the plan."""
    kind: Kind = "flat" if requirements.structure_wish == "flat" else "hierarchical"
    if target_span != Structure.target_span:
        source = f"Span chosen by {chosen_by} for this plan, the rest by default"
        return Structure(kind=kind, target_span=target_span, source=source)
    return Structure(kind=kind)


def planned_lines(requirements: Requirements) -> list[lines.LineOfBusiness]:
    given_by = f"{requirements.engagement.client}, requirements v{requirements.version}"
    return [planned_line(line, given_by) for line in requirements.lines.all()]


def planned_line(line: LineOfBusiness, given_by: str) -> lines.LineOfBusiness:
    """Return the line as `planning` takes it, each number with who gave it.

    A number that is our default cites the default: nobody has asked for it.
    """
    values: dict[str, Any] = {name: getattr(line, name) for name in FIELDS}
    values = {name: int(v) if v == int(v) else float(v) for name, v in values.items()}
    hours, days = weekly_hours({day: [(line.opens, line.closes)] for day in line.days})
    told = [name for name in FIELDS if lines.DEFAULTS.get(name, (None,))[0] != values[name]]
    return lines.LineOfBusiness(
        name=line.name,
        channel=line.channel,
        language=line.language,
        tier=line.tier,
        contacts_per_half_hour=None if line.profile else float(line.contacts_per_half_hour or 0),
        profile=profile_of(line),
        hours_per_week=hours,
        days_per_week=days,
        sources={
            **dict.fromkeys([*told, "hours_per_week", "days_per_week"], given_by),
            "contacts": line.volume_source or given_by,
        },
        **values,
    )


def profile_of(line: LineOfBusiness) -> DayProfile | None:
    if not line.profile:
        return None
    profile = DayProfile.of_pairs((time.fromisoformat(at), count) for at, count in line.profile)
    return DayProfile(profile.contacts, line.volume_source or profile.rule)

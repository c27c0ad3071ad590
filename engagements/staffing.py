"""How what the client asks for becomes the input of `planning`."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from engagements import hours, policies
from engagements.models import LineOfBusiness, Requirements
from engagements.wish import Wish, planned_sites
from planning import lines, staffing
from planning.shifts import DEFAULT_SHIFTS
from planning.sourcing import DEFAULT_RATES, Rate
from planning.structure import Structure

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


def planned(
    requirements: Requirements,
    wish: Wish,
    *,
    chosen_by: str,
    lines: Sequence[lines.LineOfBusiness] | None = None,
    rates: Sequence[Rate] = DEFAULT_RATES,
) -> staffing.StaffingPlan:
    """Plan requirements as a wish says; `lines` where some numbers of them are changed.

    Raises ValueError with a sentence where the numbers are impossible.
    """
    return staffing.plan(
        planned_lines(requirements) if lines is None else lines,
        structure_of(requirements, wish, chosen_by),
        policies.ratios(),
        seats_by=wish.seats_by,  # type: ignore[arg-type]
        rates=rates,
        sites=planned_sites(wish),
        follow_sun=wish.follow_sun,
        on=_monday(requirements.go_live_on),
        customer_zone=requirements.customer_time_zone,
        shifts=DEFAULT_SHIFTS,
        part_time=wish.part_time,
    )


def _monday(day: date | None) -> date | None:
    """Return the beginning of the week to plan for: that of the go-live."""
    return day and day - timedelta(days=day.weekday())


def structure_of(requirements: Requirements, wish: Wish, chosen_by: str) -> Structure:
    """Return the structure that somebody chose; the client's wish where they left it open."""
    asked: dict[str, Any] = {
        "kind": wish.kind or requirements.structure_wish,
        "target_span": wish.span,
        "teams_by": wish.teams_by,
        "channels": wish.channels,
        "share_roles": wish.share_roles,
        "extra_roles": wish.extra_roles,
        **policies.chain(),
    }
    if wish.span != Structure.target_span:
        asked["source"] = f"Span chosen by {chosen_by} for this plan, the rest by default"
    return Structure(**asked)


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
        speciality=line.speciality,
        seats_asked=line.seats_asked,
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

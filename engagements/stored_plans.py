"""A plan as it is stored: figures and structure in JSON, so that it explains itself in years."""

from dataclasses import asdict
from typing import Any

import numpy as np

from engagements.wish import Wish
from planning import staffing
from planning.line_plan import LinePlan

Json = dict[str, Any]


def figures(planned: staffing.StaffingPlan) -> Json:
    """Key the totals by their own key, and each line's by its place: "lines.1.seats"."""
    found = {figure.key: figure.to_json() for figure in planned.totals}
    for place, line in enumerate(planned.lines, start=1):
        found |= {f"lines.{place}.{figure.key}": figure.to_json() for figure in line.figures}
    return found


def structure(planned: staffing.StaffingPlan, wish: Wish) -> Json:
    """Return what the pages show beside the figures, and what seats are compared with."""
    return {
        "kind": planned.structure.kind,
        "teams_by": planned.structure.teams_by,
        "channels": planned.structure.channels,
        "roles": [asdict(role) for role in planned.roles],
        "teams": [asdict(team) for team in planned.teams],
        "lines": [_line(line) for line in planned.lines],
        "sites": _sites(planned, wish),
        "decisions": list(wish.decisions),
        "cautions": list(planned.cautions),
        # PostgreSQL keeps a JSON object's keys in an order of its own.
        "figures": list(figures(planned)),
    }


def _line(planned: LinePlan) -> Json:
    line, busiest, week = planned.line, planned.busiest, planned.week
    patient = week.with_patience
    return {
        "name": line.name,
        "channel": line.channel,
        "language": line.language,
        "tier": line.tier,
        "speciality": line.speciality,
        "way": line.way,
        "busiest_at": busiest.when,
        "contacts": busiest.contacts,
        "agents": planned.agents,
        "seats": planned.seats,
        "shifts": _shifts(planned),
        "week": {
            "contacts": np.round(line.given.contacts, 2).tolist(),
            "open": line.is_open.tolist(),
            "agents": week.agents.tolist(),
            "by_cap": week.by_cap.tolist(),
            "with_patience": None if patient is None else patient.tolist(),
        },
    }


def _shifts(planned: LinePlan) -> dict[str, int]:
    """Return the line's seats on each shift, over all sites."""
    found: dict[str, int] = {}
    for part in planned.parts:
        for share in part.shifts:
            found[share.shift.key] = found.get(share.shift.key, 0) + share.seats
    return found


def _sites(planned: staffing.StaffingPlan, wish: Wish) -> list[Json]:
    """Return each site's seats by line, and its agents on duty in the customers' week."""
    return [
        {
            "site": wanted.site,
            "name": site.name,
            "time_zone": site.time_zone,
            "share": site.share,
            "seats": {
                line.line.name: part.seats
                for line in planned.lines
                for part in line.parts
                if part.site == site.name
            },
            "agents": planned.agents_at(site.name).tolist(),
        }
        for site, wanted in zip(planned.sites, wish.sites, strict=True)
    ]

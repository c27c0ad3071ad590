"""The figures that a proposal prints, gathered from its engagement as plain JSON.

A draft's preview and a sent version are rendered from the same shape, so that the client reads
what was previewed, and a sent version needs nothing that may change later.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext, ngettext

from core import versions
from engagements.models import Engagement, LineOfBusiness, Seat, StaffingPlan
from engagements.pricing import PriceLine, PriceTable, price_figures, price_table
from vendors.models import Role, Unit

Json = dict[str, Any]
CHAIN = [Role.AGENT, Role.TEAM_LEAD, Role.SUPERVISOR]
TOP = [Role.MANAGER, Role.DIRECTOR]
SUPPORT = [role for role in Role if role not in {*CHAIN, *TOP}]
PLURALS = {
    Role.TEAM_LEAD: ("Team lead", "Team leads"),
    Role.SUPERVISOR: ("Supervisor", "Supervisors"),
    Role.MANAGER: ("Manager", "Managers"),
    Role.QUALITY_ANALYST: ("Quality", "Quality"),
    Role.TRAINER: ("Trainer", "Trainers"),
    Role.WORKFORCE_PLANNER: ("Planning", "Planning"),
    Role.DIRECTOR: ("Director", "Directors"),
    Role.COACH: ("Coach", "Coaches"),
    Role.CUSTOMER_SUCCESS_MANAGER: ("Customer success manager", "Customer success managers"),
    Role.ACCOUNT_MANAGER: ("Account manager", "Account managers"),
    Role.LOYALTY_MANAGER: ("Loyalty manager", "Loyalty managers"),
    Role.RETURNS_MANAGER: ("Returns manager", "Returns managers"),
    Role.ESCALATION_MANAGER: ("Escalation manager", "Escalation managers"),
    Role.SALES_MANAGER: ("Sales manager", "Sales managers"),
}


def gather(engagement: Engagement, *, on: date, weeks: Json) -> Json:
    """Return all that a proposal prints, as frozen JSON: dates and amounts are texts."""
    plan = engagement.plans.first()
    seats = list(engagement.seats.wanted().select_related("line", "team"))
    lines = list(plan.requirements.lines.all()) if plan else []
    figures = {
        "client": engagement.client.name,
        "client_legal_name": engagement.client.legal_name or engagement.client.name,
        "engagement": engagement.name,
        "code": engagement.code,
        "go_live_on": engagement.go_live_on,
        "currency": engagement.currency,
        "plan_version": plan.version if plan else None,
        "seats": len(seats),
        "agents": sum(seat.role == Role.AGENT for seat in seats),
        "countries": plan.requirements.delivery_countries if plan else [],
        "time_zone": plan.requirements.customer_time_zone if plan else "",
        "scope": plan.requirements.scope_of_service if plan else "",
        "lines": [_line(line) for line in lines],
        "why": why(plan, lines) if plan else [],
        "team": team_tree(seats),
        "price": _price(price_table(engagement, on=on)),
        "timeline": timeline(engagement.go_live_on, **weeks),
    }
    frozen, _ = versions.freeze(figures)
    return frozen


def _line(line: LineOfBusiness) -> Json:
    return {
        "name": line.name,
        "channel": line.get_channel_display(),
        "language": line.language,
        "level": line.language_level,
        "hours": line.hours_in_words,
        "service_level": line.service_level,
        "threshold_s": line.threshold_s,
        "contacts": line.busiest_contacts,
        "aht_s": line.aht_s,
    }


def why(plan: StaffingPlan, lines: Iterable[LineOfBusiness]) -> list[Json]:
    """Return for each line the figures on the way to its seats, each with its derivation."""
    stored: dict[str, dict[str, Json]] = {}
    for figure in plan.figures.values():
        stored.setdefault(figure.get("subject", ""), {})[figure["key"]] = figure
    found = []
    for line in lines:
        of_line = stored.get(line.name, {})
        figures = [_figure(of_line[key]) for key in _on_the_way(of_line) if key in of_line]
        if figures:
            found.append({"line": line.name, "figures": figures})
    return found


def _on_the_way(figures: dict[str, Json]) -> list[str]:
    """Name the figures that lead to a line's seats; work that may wait holds no queue."""
    capped, agents = figures.get("agents_by_occupancy"), figures.get("agents")
    if capped and agents and capped["value"] == agents["value"]:
        return ["agents_by_service_level", "agents_by_occupancy", "seats"]
    return ["agents_by_occupancy", "agents", "seats"]


def _figure(figure: Json) -> Json:
    return {
        "value": figure["value"],
        "label": figure["label"],
        "unit": figure["unit"],
        "why": {
            "inputs": [
                [each["name"], " · ".join(filter(None, [_quantity(each), each["source"]]))]
                for each in figure["inputs"]
            ],
            "formula": figure["formula"],
            "version": figure["version"],
        },
    }


def _quantity(given: Json) -> str:
    return f"{given['value']} {given['unit']}".strip()


def team_tree(seats: Sequence[Seat]) -> list[Json]:
    """Return the organisation chart from the seats: each role leads to the one below it."""
    counts = Counter(seat.role for seat in seats)
    nodes = _agents(seats)
    for role in CHAIN[1:]:
        if counts[role]:
            nodes = [{**_node(role, counts[role]), "children": nodes}]
            if role == Role.TEAM_LEAD:
                nodes[0]["note"] = _spans(seats)
    nodes += [_node(role, counts[role]) for role in SUPPORT if counts[role]]
    for role in TOP:
        if counts[role]:
            nodes = [{**_node(role, counts[role]), "children": nodes}]
    return nodes


def _agents(seats: Sequence[Seat]) -> list[Json]:
    by_line = Counter(
        seat.line.name if seat.line else "" for seat in seats if seat.role == Role.AGENT
    )
    return [
        {
            "label": gettext("Agents, %(line)s") % {"line": line} if line else gettext("Agents"),
            "count": count,
        }
        for line, count in by_line.items()
    ]


def _node(role: Role, count: int) -> Json:
    return {"label": ngettext(*PLURALS[role], count), "count": count}


def _spans(seats: Sequence[Seat]) -> str:
    """Say how large the teams are: teams of 11 or 12."""
    sizes = Counter(seat.team_id for seat in seats if seat.role == Role.AGENT and seat.team_id)
    if not sizes:
        return ""
    least, most = min(sizes.values()), max(sizes.values())
    if least == most:
        return gettext("teams of %(size)s") % {"size": least}
    return gettext("teams of %(least)s to %(most)s") % {"least": least, "most": most}


def _price(table: PriceTable) -> Json:
    """Return prices only: what the seats cost us, and our margin, is not the client's to know."""
    alike = Counter((line.role, line.language) for line in table.lines)
    return {
        "lines": [_priced(line, alike) for line in table.lines],
        "total": table.total,
        "currency": table.currency,
        "why": [_figure(each.to_json()) for each in price_figures(table)],
        "conversions": [
            {
                "base": each.base,
                "rate": each.rate_in_words,
                "quote": each.quote,
                "on": each.stated.on,
                "source": each.stated.source,
            }
            for each in table.conversions
        ],
    }


def _priced(line: PriceLine, alike: Counter[tuple[str, str]]) -> Json:
    """Return a line's price; tier and place only where they tell it from another."""
    differs = alike[line.role, line.language] > 1
    return {
        "role": str(Role(line.role).label).capitalize(),
        "language": line.language,
        "tier": line.tier if differs else None,
        "place": line.site.city if differs and line.site else "",
        "seats": line.seats,
        "rate": line.each,
        "unit": line.rate.unit if line.rate else Unit.MONTH,
        "total": line.total,
    }


def timeline(
    go_live_on: date | None, *, recruiting: int, training: int, nesting: int
) -> list[Json]:
    """Count back from going live: nesting before it, training before that, recruiting first."""
    if go_live_on is None:
        return []
    nest = go_live_on - timedelta(weeks=nesting)
    train = nest - timedelta(weeks=training)
    recruit = train - timedelta(weeks=recruiting)
    return [
        {"label": gettext("Recruiting begins"), "on": recruit, "note": _weeks(recruiting)},
        {"label": gettext("Training begins"), "on": train, "note": _weeks(training)},
        {"label": gettext("First contacts, with help beside"), "on": nest, "note": _weeks(nesting)},
        {"label": gettext("The team is live"), "on": go_live_on, "note": ""},
    ]


def _weeks(count: int) -> str:
    return ngettext("%(n)s week", "%(n)s weeks", count) % {"n": count}

"""What the pages of engagements and plans show, made ready for their templates."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from core import versions
from core.models import TransitionLog
from core.places import languages
from core.templatetags.ui import number, percent
from engagements import intake
from engagements.coverage import in_short
from engagements.deadlines import deadlines
from engagements.esco import NOTICE
from engagements.ledger import check
from engagements.models import Engagement, Requirements, Seat, StaffingPlan
from engagements.models.seats import GONE
from engagements.plan_tree import organisation
from engagements.read_back import read_back
from engagements.reports import reports_of
from planning.provenance import spell
from vendors.models import Role

ORDER = [str(role) for role in Role]
ELSEWHERE = ("lines.", "price.")  # figures that a part of the page below shows
Why = dict[str, Any]
COLUMNS = ["of", "figure", "value", "unit", "formula", "part", "name", "amount", "from", "version"]


def leads_of(engagement: Engagement) -> dict[int | None, Seat]:
    """Return the seat that leads each team of an engagement."""
    leads = engagement.seats.wanted().filter(role=Role.TEAM_LEAD, team__isnull=False)
    return {seat.team_id: seat for seat in leads}


def duties(seat: Seat) -> list[tuple[str, str]]:
    """Return the roles that whoever holds a seat shares, each with its part of the time."""
    labels = {role.value: str(role.label) for role in Role}
    return [(labels.get(role, role), percent(share)) for role, share in seat.duties]


def engagement(row: Engagement) -> dict[str, Any]:
    parts = seats_by_state(row)
    return {
        "engagement": row,
        "parts": parts,
        "present": [(label, count) for label, count in parts if count],
        "wanted": sum(count for _, count in parts),
        "live": sum(1 for seat in row.seats.all() if seat.state == Seat.State.LIVE),
        "teams": row.teams.select_related("line").annotate(
            people=Count("seats", filter=~models.Q(seats__state__in=GONE))
        ),
        "leads": leads_of(row),
        "deadlines": deadlines(row, today=timezone.localdate()),
        "accepted": next(
            (each for each in row.requirements.all() if each.state == "accepted"), None
        ),
        "draft": next((each for each in row.requirements.all() if each.is_draft), None),
        "asked": [
            (each, (versions.changes_of(each) or (None, []))[1])
            for each in row.requirements.all()
            if each.asked and each.is_draft
        ],
    }


def told(row: Requirements) -> dict[str, Any]:
    """Return what requirements say, how far they are written, and why they came back."""
    return {
        "steps": intake.progress(row),
        "done": intake.done(row),
        "lacking": intake.lacking(row),
        "is_enough": intake.is_enough(row),
        "answers": read_back(row),
        **skills(row),
        "sent_back": last_sent_back(row),
        "to_fill_in": intake.url(row, intake.STEPS[0]),
    }


def skills(row: Requirements) -> dict[str, Any]:
    """Say whether any skill is asked for, and whether ESCO names one: its notice is shown then."""
    asked = [skill for line in row.lines.all() for skill in line.skills]
    return {
        "has_skills": bool(asked),
        "has_esco": any(skill.get("uri") for skill in asked),
        "notice": NOTICE,
    }


def last_sent_back(row: Requirements) -> TransitionLog | None:
    """Return the step, with its reason, by which a draft came back; None for one that never did."""
    if not row.is_draft:
        return None
    return row.log.filter(step="send_back").select_related("by").order_by("at", "pk").last()


def seats_by_state(row: Engagement) -> list[tuple[str, int]]:
    """Count the wanted seats in each state, in the order in which a seat goes through them."""
    states = [seat.state for seat in row.seats.all()]
    return [(str(state.label), states.count(state)) for state in Seat.State if state not in GONE]


def plan(row: StaffingPlan) -> dict[str, Any]:
    """Make a plan's page from what is stored: nothing is computed again."""
    roles = [role for role in row.structure.get("roles", []) if role["count"]]
    lines = row.structure.get("lines", [])
    return {
        "plan": row,
        "sentence": _sentence(roles),
        "totals": [shown(row, key) for key in keys(row) if not key.startswith(ELSEWHERE)],
        "is_replaced": row.engagement.plans.filter(version__gt=row.version).exists(),
        "lines": [_line(row, place, line) for place, line in enumerate(lines, start=1)],
        "sites": [_site(site) for site in row.structure.get("sites", [])],
        "nodes": organisation(row),
        "cautions": row.structure.get("cautions", []),
        "decisions": row.structure.get("decisions", []),
        "reports": reports_of(row),
        "seats_url": reverse("engagements:seats", args=[row.engagement_id]),
        "differences": check(row.engagement),
    }


def keys(row: StaffingPlan) -> list[str]:
    """Return the figures' keys as they follow from one another, all seats first."""
    listed = row.structure.get("figures", sorted(row.figures))
    return sorted(listed, key=lambda key: key != "total_seats")


def _sentence(roles: Sequence[Mapping[str, Any]]) -> str:
    """Count the seats of each role, over all sites."""
    counts: Counter[str] = Counter()
    for role in roles:
        counts[role["role"]] += role["count"]
    return ", ".join(_counted(role, counts[role]) for role in ORDER if counts[role])


def _counted(role: str, count: int) -> str:
    label = str(Role(role).label)
    plural = "es" if label.endswith("ch") else "s"
    return f"{count} {label}{'' if count == 1 else plural}"


def shown(row: StaffingPlan, key: str) -> Why:
    """Return a figure as the tag `figure` shows it: value, label, and why."""
    return explained(row.figures[key], url=reverse("engagements:plan_json", args=[row.pk]))


def explained(stored: Mapping[str, Any], *, url: str = "") -> Why:
    """Write a figure, as `Figure.to_json` gives it, as the tag `figure` shows it."""
    return {
        "key": stored["key"],
        "value": _value(stored["value"], stored["unit"]),
        "label": stored["label"],
        "why": {**why(stored), "url": url},
    }


def why(stored: Mapping[str, Any]) -> Why:
    """Return how a figure arose: its inputs, then each step, the formula and the method."""
    return {
        "inputs": [*_inputs(stored), *_steps(stored)],
        "formula": stored["formula"],
        "version": _method(stored),
    }


def _method(stored: Mapping[str, Any]) -> str:
    parts = [f"{stored['version']}: {stored['source']}", stored.get("note", "")]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _inputs(stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (each["name"], f"{_with_unit(each['value'], each['unit'])} · {each['source']}")
        for each in stored["inputs"]
    ]


def _steps(stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (each["label"], " · ".join(filter(None, [spell(each["value"]), each["working"]])))
        for each in stored["steps"]
    ]


def _with_unit(value: Any, unit: str) -> str:
    text = _value(value, unit)
    return text if unit in {"", "share"} else f"{text} {unit}"


def _value(value: Any, unit: str) -> str:
    if isinstance(value, str):
        return value
    return percent(value, 1) if unit == "share" else number(value, 2)


def _line(row: StaffingPlan, place: int, line: Mapping[str, Any]) -> dict[str, Any]:
    path = f"lines.{place}."
    figures = {key.removeprefix(path): shown(row, key) for key in keys(row) if key.startswith(path)}
    return {
        **line,
        "language": dict(languages()).get(line["language"], line["language"]),
        "figures": figures,
        "list": list(figures.values()),
        "in_short": in_short(line),
        "anchor": f"line-{place}",
    }


def _site(site: Mapping[str, Any]) -> dict[str, Any]:
    seats = site["seats"]
    return {**site, "lines": list(seats.items()), "total": sum(seats.values())}


def figure_rows(row: StaffingPlan) -> Iterator[list[Any]]:
    """Yield the figures as a table: a row for each figure, then one for each input and step."""
    yield COLUMNS
    for stored in (row.figures[key] for key in keys(row)):
        head = [stored["subject"] or "plan", stored["label"]]
        yield [
            *head, stored["value"], stored["unit"], stored["formula"],
            "", "", "", stored["source"], stored["version"],
        ]  # fmt: skip
        for each in stored["inputs"]:
            yield [
                *head,
                "",
                each["unit"],
                "",
                "input",
                each["name"],
                each["value"],
                each["source"],
            ]
        for each in stored["steps"]:
            yield [*head, "", "", each["working"], "step", each["label"], each["value"]]

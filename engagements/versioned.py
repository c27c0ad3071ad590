"""Requirements as versions: what a reader is told when they change."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import versions
from core.differences import Change, difference
from engagements.actions.requirements import ASSUMED, HEAD, MEASURED, content
from engagements.hours import every, in_words
from engagements.models import (
    Assumption,
    Client,
    Complexity,
    GivenBy,
    LineOfBusiness,
    Requirements,
    Security,
    SuccessMeasure,
)
from engagements.models.lines import Channel, ServiceLevelOf
from engagements.models.requirements import StructureWish

SHARES = ["service_level", "max_occupancy", "shrinkage"]
NOT_TOLD = {"id", "requirements", "position", "name", "week"}


def declare() -> None:
    versions.declare(
        "engagements.Requirements",
        content=content,
        family=lambda row: row.engagement,
        earlier=earlier,
        compare=compare,
        frozen=lambda row: row.frozen,
    )


def earlier(requirements: Requirements) -> Requirements | None:
    """Return the version before this one, with its lines."""
    rows = requirements.engagement.requirements.filter(version__lt=requirements.version)
    return rows.prefetch_related("lines").order_by("-version").first()


def compare(old: Any, new: Any) -> list[Change]:
    """Return what one version says differently from another."""
    labels = {name: _label(Requirements, name) for name in HEAD} | {"lines": _("Line")}
    for field in LineOfBusiness._meta.concrete_fields:
        if field.name not in NOT_TOLD:
            labels[f"lines.{field.name}"] = _label(LineOfBusiness, field.name)
    labels["assumptions"] = _("Assumption")
    for name in ASSUMED:
        labels[f"assumptions.{name}"] = _label(Assumption, name)
    labels["measures"] = _("Success measure")
    for name in MEASURED:
        if name != "meant":
            labels[f"measures.{name}"] = _label(SuccessMeasure, name)
    labels["lines.a_week"] = _("Contacts a week")
    labels["lines.busiest"] = _("Contacts in the busiest half-hour")
    keys = {"lines": "name", "assumptions": "what", "measures": "name"}
    return difference(_as_read(old), _as_read(new), labels=labels, keys=keys)


def _label(model: type[Model], name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _as_read(said: Any) -> dict[str, Any]:
    givers = dict(GivenBy.choices)
    assumed = [
        {**each, "given_by": str(givers[each["given_by"]])} for each in said.get("assumptions", [])
    ]
    lines = [_line(line) for line in said["lines"]]
    measured = [_measure(each) for each in said.get("measures", [])]
    head = _head(said)
    return {**said, **head, "lines": lines, "assumptions": assumed, "measures": measured}


def _head(said: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is chosen as it is read. What was frozen before some factors lacks them."""
    chosen = {
        "structure_wish": StructureWish,
        "complexity": Complexity,
        "business_size": Client.Size,
    }
    several = {"channels_in_use": Channel, "security": Security}
    ramp = [f"{share:.0%} after {weeks} weeks" for weeks, share in said.get("ramp", [])]
    return {
        **{name: _chosen(kind, said.get(name)) for name, kind in chosen.items()},
        **{
            name: ", ".join(_chosen(kind, each) for each in said.get(name, []))
            for name, kind in several.items()
        },
        "industry": said.get("industry", ""),
        "security_notes": said.get("security_notes", ""),
        "ramp": ", ".join(ramp),
    }


def _chosen(kind: Any, value: str | None) -> str:
    """Return the label of a choice; what is no choice any more stays as it was."""
    return str(dict(kind.choices).get(value, value or ""))


def _measure(measure: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {
        "unit": SuccessMeasure.Unit,
        "direction": SuccessMeasure.Direction,
        "window": SuccessMeasure.Window,
    }
    return {**measure, **{name: _chosen(kind, measure[name]) for name, kind in chosen.items()}}


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    """Write a line as it is read: hours in words, shares in percent, a week as two sums."""
    line = _with_all(line)
    counts = [float(count) for _day, _at, count in line["week"] or []]
    shares = {name: (Decimal(str(line[name])) * 100).normalize() for name in SHARES}
    return {
        **line,
        **{name: f"{share:f} %" for name, share in shares.items()},
        "skills": _skills(line["skills"]),
        "contact_reasons": _reasons(line["contact_reasons"]),
        "channel": str(dict(Channel.choices).get(line["channel"], line["channel"])),
        "service_level_of": str(dict(ServiceLevelOf.choices)[line["service_level_of"]]),
        "hours": in_words(line["hours"]),
        "a_week": sum(counts) if counts else None,
        "busiest": max(counts) if counts else None,
    }


def _skills(skills: Sequence[Mapping[str, str]]) -> str:
    """Write skills as they are read. Those of earlier versions have no evidence, some no level."""
    kept = ("kind", "level", "evidence")
    return ", ".join(
        f"{skill['name']} ({', '.join(filter(None, map(skill.get, kept)))})" for skill in skills
    )


def _reasons(reasons: Sequence[Any]) -> str:
    return ", ".join(f"{reason} {share:.0%}" for reason, share in reasons)


def _with_all(line: Mapping[str, Any]) -> dict[str, Any]:
    """Complete what was frozen before lines had weeks: one day's hours and volume held for all."""
    found = dict(line)
    if "days" in found:
        days, profile = found.pop("days"), found.pop("profile")
        found["hours"] = every(days, found.pop("opens")[:5], found.pop("closes")[:5])
        found["week"] = [[day, at, n] for day in days for at, n in profile] if profile else None
    for field in LineOfBusiness._meta.concrete_fields:
        if field.has_default() or field.null:
            found.setdefault(field.name, field.get_default())
    return found

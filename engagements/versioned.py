"""Requirements as versions: what a reader is told when they change."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import versions
from core.differences import Change, difference
from engagements.actions.requirements import ASSUMED, HEAD, content
from engagements.hours import every, in_words
from engagements.models import Assumption, GivenBy, LineOfBusiness, Requirements
from engagements.models.requirements import Channel, ServiceLevelOf, StructureWish

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
    labels["lines.a_week"] = _("Contacts a week")
    labels["lines.busiest"] = _("Contacts in the busiest half-hour")
    keys = {"lines": "name", "assumptions": "what"}
    return difference(_as_read(old), _as_read(new), labels=labels, keys=keys)


def _label(model: type[Model], name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _as_read(said: Any) -> dict[str, Any]:
    wishes = dict(StructureWish.choices)
    wish = str(wishes.get(said["structure_wish"], said["structure_wish"]))
    givers = dict(GivenBy.choices)
    assumed = [
        {**each, "given_by": str(givers[each["given_by"]])} for each in said.get("assumptions", [])
    ]
    lines = [_line(line) for line in said["lines"]]
    return {**said, "structure_wish": wish, "lines": lines, "assumptions": assumed}


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    """Write a line as it is read: hours in words, shares in percent, a week as two sums."""
    line = _with_all(line)
    counts = [float(count) for _day, _at, count in line["week"] or []]
    shares = {name: (Decimal(str(line[name])) * 100).normalize() for name in SHARES}
    return {
        **line,
        **{name: f"{share:f} %" for name, share in shares.items()},
        "channel": str(dict(Channel.choices).get(line["channel"], line["channel"])),
        "service_level_of": str(dict(ServiceLevelOf.choices)[line["service_level_of"]]),
        "hours": in_words(line["hours"]),
        "a_week": sum(counts) if counts else None,
        "busiest": max(counts) if counts else None,
    }


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

"""What changed between two versions of criteria, item by item, as a client reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from recruiting.models import CriteriaSet, Criterion


@dataclass(frozen=True)
class Change:
    """What an item said before, and what it says now; without `before` the item is new."""

    before: str
    now: str


def changes(criteria_set: CriteriaSet, before: CriteriaSet | None) -> dict[int, list[Change]]:
    """Return what changed, by the item's key."""
    if before is None:
        return {}
    known = {item.name: item for item in before.items.all()}
    return {item.pk: _changes(item, known.get(item.name)) for item in criteria_set.items.all()}


def gone(criteria_set: CriteriaSet, before: CriteriaSet | None) -> list[str]:
    names = {item.name for item in criteria_set.items.all()}
    return [item.name for item in (before.items.all() if before else []) if item.name not in names]


def _changes(item: Criterion, before: Criterion | None) -> list[Change]:
    if before is None:
        return [Change("", _("new"))]
    pairs = zip(_said(before), _said(item), strict=True)
    return [Change(old or _("nothing"), new or _("nothing")) for old, new in pairs if old != new]


def _said(item: Criterion) -> Iterable[Any]:
    weight = _("%s %%") % item.weight if item.weight else ""
    return (str(item.get_kind_display()), item.level, str(item.get_proof_display()), weight)

"""What changed between two versions of criteria, item by item, as a client reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import differences, versions
from core.models import Actor
from recruiting.actions import criteria as actions
from recruiting.models import CriteriaSet, Criterion

LABELS = {
    "kind": gettext_lazy("kind"),
    "skill": gettext_lazy("skill"),
    "level": gettext_lazy("level"),
    "proof": gettext_lazy("proof"),
    "weight": gettext_lazy("weight"),
    "reason": gettext_lazy("reason"),
}


@dataclass(frozen=True)
class Change:
    """What an item said before, and what it says now; without `before` the item is new."""

    before: str
    now: str


def earlier(criteria_set: CriteriaSet) -> CriteriaSet | None:
    """Return the version before this one, with its items."""
    versions = CriteriaSet.objects.filter(
        engagement=criteria_set.engagement_id,
        title=criteria_set.title,
        version__lt=criteria_set.version,
    )
    return versions.prefetch_related("items").order_by("-version").first()


def changes(criteria_set: CriteriaSet, before: CriteriaSet | None) -> dict[int, list[Change]]:
    """Return what changed, by the item's key."""
    if before is None:
        return {}
    known = {item.name: item for item in before.items.all()}
    return {item.pk: _changes(item, known.get(item.name)) for item in criteria_set.items.all()}


def gone(criteria_set: CriteriaSet, before: CriteriaSet | None) -> list[str]:
    names = {item.name for item in criteria_set.items.all()}
    return [item.name for item in (before.items.all() if before else []) if item.name not in names]


def since_last_look(criteria_set: CriteriaSet, by: Actor) -> list[differences.Change]:
    """Return what changed since `by` last looked at these criteria, in whichever version.

    From now on this is what they last looked at.
    """
    family = CriteriaSet.objects.filter(
        engagement=criteria_set.engagement_id, title=criteria_set.title
    )
    first = family.order_by("version")[0]
    before = versions.last_seen(first, by)
    now = versions.freeze(actions.content(criteria_set))[0]
    if before and before.content == now:
        return []
    versions.seen(first, by, version=criteria_set.version, content=now)
    if before is None:
        return []
    labels = {"role": _("Role"), "items": _("Item")}
    labels |= {f"items.{name}": str(label) for name, label in LABELS.items()}
    return differences.difference(
        _as_read(before.content), _as_read(now), labels=labels, keys={"items": "name"}
    )


def _as_read(content: dict[str, Any]) -> dict[str, Any]:
    kinds, proofs = dict(Criterion.Kind.choices), dict(Criterion.Proof.choices)
    items = [
        {
            **item,
            "kind": str(kinds.get(item["kind"], item["kind"])),
            "proof": str(proofs.get(item["proof"], item["proof"])),
        }
        for item in content["items"]
    ]
    return {**content, "items": items}


def _changes(item: Criterion, before: Criterion | None) -> list[Change]:
    if before is None:
        return [Change("", _("new"))]
    pairs = zip(_said(before), _said(item), strict=True)
    return [Change(old or _("nothing"), new or _("nothing")) for old, new in pairs if old != new]


def _said(item: Criterion) -> Iterable[Any]:
    weight = _("%s %%") % item.weight if item.weight else ""
    return (str(item.get_kind_display()), item.level, str(item.get_proof_display()), weight)

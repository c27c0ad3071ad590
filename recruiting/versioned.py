"""Criteria as versions: what a reader is told when they change."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import versions
from core.differences import Change, difference
from recruiting.actions.criteria import content
from recruiting.models import CriteriaSet, Criterion

LABELS = {
    "kind": gettext_lazy("kind"),
    "skill": gettext_lazy("skill"),
    "level": gettext_lazy("level"),
    "proof": gettext_lazy("proof"),
    "weight": gettext_lazy("weight"),
    "reason": gettext_lazy("reason"),
}


def declare() -> None:
    versions.declare(
        "recruiting.CriteriaSet",
        content=content,
        family=first,
        earlier=earlier,
        compare=compare,
        frozen=lambda row: row.frozen,
    )


def first(criteria_set: CriteriaSet) -> CriteriaSet:
    family = CriteriaSet.objects.filter(
        engagement=criteria_set.engagement_id, title=criteria_set.title
    )
    return family.order_by("version")[0]


def earlier(criteria_set: CriteriaSet) -> CriteriaSet | None:
    """Return the version before this one, with its items."""
    rows = CriteriaSet.objects.filter(
        engagement=criteria_set.engagement_id,
        title=criteria_set.title,
        version__lt=criteria_set.version,
    )
    return rows.select_related("engagement").prefetch_related("items").order_by("-version").first()


def compare(old: Any, new: Any) -> list[Change]:
    labels = {"role": _("Role"), "items": _("Item")}
    labels |= {f"items.{name}": str(label) for name, label in LABELS.items()}
    return difference(_as_read(old), _as_read(new), labels=labels, keys={"items": "name"})


def _as_read(said: Any) -> dict[str, Any]:
    kinds, proofs = dict(Criterion.Kind.choices), dict(Criterion.Proof.choices)
    items = [
        {
            **item,
            "kind": str(kinds.get(item["kind"], item["kind"])),
            "proof": str(proofs.get(item["proof"], item["proof"])),
        }
        for item in said.get("items", [])
    ]
    return {**said, "items": items}

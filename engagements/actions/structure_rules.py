"""The rules that suggest a structure, and the charters of roles: edited, and each change noted."""

from django.db import transaction

from core import audit
from core.models import Actor
from engagements.models import RoleCharter, StructureRule
from planning.shipped_rules import DEFAULT_RULES


@transaction.atomic
def save_rule(row: StructureRule, *, by: Actor) -> StructureRule:
    """Keep a rule: a new one after all others, one that there is at its place."""
    rows = _locked()
    before = next((_words(each) for each in rows if each.pk == row.pk), "")
    if row.pk is None:
        row.position = max((each.position for each in rows), default=0) + 1
    row.save()
    did = "structure_rule_changed" if before else "structure_rule_added"
    audit.note("administration", did=did, by=by, about=row, before=before, after=_words(row))
    return row


@transaction.atomic
def move_rule(row: StructureRule, *, is_up: bool, by: Actor) -> bool:
    """Let a rule decide before its neighbour of the same setting, or after. Returns whether it did.

    Rules of other settings are left where they are: they do not compete.
    """
    rivals = [each for each in _locked() if each.setting == row.setting]
    place = next(at for at, each in enumerate(rivals) if each.pk == row.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(rivals):
        return False
    moved, passed = rivals[place], rivals[other]
    moved.position, passed.position = passed.position, moved.position
    StructureRule.objects.bulk_update([moved, passed], ["position"])
    audit.note(
        "administration",
        did="structure_rule_moved",
        by=by,
        about=moved,
        before=place + 1,
        after=other + 1,
    )
    return True


@transaction.atomic
def switch_rule(row: StructureRule, *, by: Actor) -> StructureRule:
    """Take a rule out of use, or back into it."""
    row = StructureRule.objects.select_for_update().get(pk=row.pk)
    before = _words(row)
    row.is_on = not row.is_on
    row.save(update_fields=["is_on"])
    did = "structure_rule_changed"
    audit.note("administration", did=did, by=by, about=row, before=before, after=_words(row))
    return row


@transaction.atomic
def reset_rules(*, by: Actor) -> None:
    """Put the rules that Cadre ships with in the place of all others; the audit keeps those."""
    before = [_words(row) for row in _locked()]
    StructureRule.objects.all().delete()
    StructureRule.objects.bulk_create(
        StructureRule.of(rule, position) for position, rule in enumerate(DEFAULT_RULES, start=1)
    )
    audit.note("administration", did="structure_rules_reset", by=by, before=before)


@transaction.atomic
def save_charter(row: RoleCharter, *, by: Actor) -> RoleCharter:
    """Keep a role's charter. Plans made earlier are looked at by it from now on."""
    before = RoleCharter.objects.select_for_update().get(pk=row.pk)
    row.save()
    audit.note(
        "administration",
        did="role_charter_changed",
        by=by,
        about=row,
        before=_charter(before),
        after=_charter(row),
    )
    return row


def _locked() -> list[StructureRule]:
    """Lock the table's rows: two administrators order them one after the other."""
    return list(StructureRule.objects.select_for_update())


def _words(row: StructureRule) -> str:
    off = "" if row.is_on else " (not in use)"
    return f"{row}, because {row.reason}. {row.source}{off}"


def _charter(row: RoleCharter) -> dict[str, object]:
    return {
        "purpose": row.purpose,
        "duties": row.duties,
        "skills": row.skills,
        "reports_to": row.reports_to,
        "source": row.source,
    }

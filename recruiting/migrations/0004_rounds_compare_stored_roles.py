"""Let rounds of approval hold a requisition's role as it is stored, no longer as it reads.

What was approved is compared by value: a translated label made another reader's language look
like a change of the thing. The frozen text, which approvers read, stays.
"""

import hashlib
import json

from django.db import migrations

ROLES = {
    "agent": "agent",
    "team lead": "team_lead",
    "supervisor": "supervisor",
    "quality analyst": "quality_analyst",
    "trainer": "trainer",
    "workforce planner": "workforce_planner",
    "manager": "manager",
}


def as_stored(apps, schema_editor):
    rewrite(apps, ROLES)


def as_read(apps, schema_editor):
    rewrite(apps, {value: label for label, value in ROLES.items()})


def rewrite(apps, values):
    rounds = apps.get_model("core", "ApprovalRound").objects.filter(kind="recruiting.requisition")
    for row in rounds.iterator():
        for each in row.snapshot:
            if each["name"] == "role":
                each["value"] = values.get(each["value"], each["value"])
        row.sha256 = hash_of(row.snapshot)
        row.save(update_fields=["snapshot", "sha256"])


def hash_of(snapshot):
    """Hash the values as `core.versions.freeze` did when this was written."""
    values = {each["name"]: each["value"] for each in snapshot}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("core", "0003_foundations"), ("recruiting", "0003_foundations")]

    operations = [migrations.RunPython(as_stored, as_read, elidable=True)]

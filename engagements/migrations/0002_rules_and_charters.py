"""Write the rules and charters that Cadre ships, for administrators to edit."""

from dataclasses import asdict

from django.db import migrations

from planning.charters import DEFAULT_CHARTERS
from planning.shipped_rules import DEFAULT_RULES


def ship(apps, schema_editor):
    """Begin with what Cadre ships; an administrator edits it on its pages."""
    rule, charter = (apps.get_model("engagements", name) for name in ("StructureRule", "RoleCharter"))
    rule.objects.bulk_create(
        rule(position=at, **asdict(each)) for at, each in enumerate(DEFAULT_RULES, start=1)
    )
    # JSON has lists where planning has tuples.
    charter.objects.bulk_create(
        charter(**{**asdict(each), "duties": list(each.duties), "skills": list(each.skills)})
        for each in DEFAULT_CHARTERS
    )


class Migration(migrations.Migration):
    replaces = [("engagements", "0011_rules_and_charters")]
    dependencies = [("engagements", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

"""Find in the titles of milestones what they say, so that they can be said in every language.

In batches, each saved by itself: nobody waits for a lock. The titles stay as they are.
"""

import re

from django.db import migrations

BATCH = 1000
# By the first part of the key, since a title may have been written in whatever language.
FIXED = {
    "go_live": "Go-live",
    "first_class": "First class starts",
    "requirements": "Requirements accepted",
}
PATTERNS = [
    ("certified", r"(?P<live>\d+)\D+(?P<wanted>\d+)", "%(live)s of %(wanted)s people certified"),
    ("contract", r"Contract (?P<contract>.+): signatures", "Contract %(contract)s: signatures"),
    ("contract", r"Contract: to be drawn and issued", "Contract: to be drawn and issued"),
    (
        "proposal",
        r"Proposal (?P<proposal>.+), version (?P<version>\d+): the client's answer",
        "Proposal %(proposal)s, version %(version)s: the client's answer",
    ),
    (
        "criteria",
        r"Criteria: (?P<title>.+), v(?P<version>\d+)",
        "Criteria: %(title)s, v%(version)s",
    ),
    ("requisition", r"Seats filled: (?P<title>.+)", "Seats filled: %(title)s"),
]


def said(key, title):
    """Return the marked sentence and its arguments; a title of no known kind stands for itself."""
    kind = key.partition(":")[0]
    if kind in FIXED:
        return FIXED[kind], {}
    for of, pattern, says in PATTERNS:
        found = re.match(pattern, title) if of == kind else None
        if found:
            numbers = {"live", "wanted", "version"}
            return says, {
                name: int(value) if name in numbers else value
                for name, value in found.groupdict().items()
            }
    return "%(title)s", {"title": title}


def say(apps, schema_editor):
    rows = apps.get_model("engagements", "Milestone").objects.filter(says="").exclude(title="")
    while batch := list(rows.order_by("pk")[:BATCH]):
        for row in batch:
            row.says, row.arguments = said(row.key, row.title)
        rows.model.objects.bulk_update(batch, ["says", "arguments"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("engagements", "0003_milestone_says")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]

"""Hours and volumes by weekday in place of one day for all, and what a line's plan takes further.

The old columns go at once: no release before this one was in use. What was frozen stays as it was
signed; `engagements.versioned` reads both.
"""

from django.db import migrations, models


def to_weeks(apps, schema_editor):
    for line in apps.get_model("engagements", "LineOfBusiness").objects.iterator():
        opens, closes = f"{line.opens:%H:%M}", f"{line.closes:%H:%M}"
        line.hours = [[day, opens, closes] for day in line.days]
        if line.profile:
            line.week = [[day, at, count] for day in line.days for at, count in line.profile]
        line.save(update_fields=["hours", "week"])


class Migration(migrations.Migration):
    dependencies = [("engagements", "0004_say_milestones")]

    operations = [
        migrations.AddField("lineofbusiness", "hours", models.JSONField(default=list)),
        migrations.AddField("lineofbusiness", "week", models.JSONField(blank=True, null=True)),
        migrations.RunPython(to_weeks, migrations.RunPython.noop),
        migrations.RemoveConstraint("lineofbusiness", "line_has_a_volume"),
        migrations.RemoveField("lineofbusiness", "days"),
        migrations.RemoveField("lineofbusiness", "opens"),
        migrations.RemoveField("lineofbusiness", "closes"),
        migrations.RemoveField("lineofbusiness", "profile"),
    ]

"""Let a milestone be said in the reader's language: a marked sentence and its arguments."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0002_foundations")]

    operations = [
        migrations.AddField(
            "milestone", "says", models.CharField(db_default="", default="", max_length=200)
        ),
        migrations.AddField(
            "milestone", "arguments", models.JSONField(db_default={}, default=dict)
        ),
        migrations.AlterField(
            "milestone", "title", models.CharField(db_default="", default="", max_length=200)
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recruiting", "0004_rounds_compare_stored_roles")]

    operations = [
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["country"], name="candidate_country"),
        ),
    ]

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A vendor's card holds costs only; a rate without any amount is refused."""

    dependencies = [
        ("vendors", "0002_rates_by_site_and_amount"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="ratecard",
            constraint=models.CheckConstraint(
                condition=Q(vendor=None) | Q(kind="cost"),
                name="vendor_card_is_a_cost",
            ),
        ),
        migrations.RemoveConstraint(model_name="rate", name="rate_says_one_amount"),
        migrations.AddConstraint(
            model_name="rate",
            constraint=models.CheckConstraint(
                condition=Q(
                    monthly__isnull=False, monthly__gt=0, hourly=None, per_contact=None
                )
                | Q(monthly=None, hourly__isnull=False, hourly__gt=0, per_contact=None)
                | Q(monthly=None, hourly=None, per_contact__isnull=False, per_contact__gt=0),
                name="rate_says_one_amount",
            ),
        ),
    ]

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from engagements.models.lines import LineOfBusiness
from engagements.models.requirements import Requirements, StructureWish

SHARE = [MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal("0.999"))]
PERCENT = [MinValueValidator(1), MaxValueValidator(1000)]


class SeatsBy(models.TextChoices):
    PEAK = "peak", _("the busiest half-hour")
    WEEK = "week", _("all hours of the week")


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own: nobody else has to defend what somebody only tries."""
        return self.filter(by=actor, requirements__in=Requirements.objects.visible_to(actor))


class Scenario(models.Model):
    """What if: requirements with some numbers changed, planned beside them and never stored.

    What is empty, or 100 %, stays as it is written.
    """

    requirements = models.ForeignKey(Requirements, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=80)
    line = models.ForeignKey(
        LineOfBusiness,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("line of business"),
    )
    volume_percent = models.PositiveSmallIntegerField(
        default=100, verbose_name=_("volume, percent of what is written"), validators=PERCENT
    )
    handling_percent = models.PositiveSmallIntegerField(
        default=100, verbose_name=_("handling time, percent"), validators=PERCENT
    )
    service_level = models.DecimalField(
        max_digits=4, decimal_places=3, null=True, blank=True, validators=SHARE
    )
    threshold_s = models.PositiveIntegerField(null=True, blank=True)
    max_occupancy = models.DecimalField(
        max_digits=4, decimal_places=3, null=True, blank=True, validators=SHARE
    )
    shrinkage = models.DecimalField(
        max_digits=4, decimal_places=3, null=True, blank=True, validators=SHARE
    )
    seats_by = models.CharField(
        max_length=4, choices=SeatsBy, default=SeatsBy.PEAK, verbose_name=_("seats hold")
    )
    target_span = models.PositiveSmallIntegerField(
        default=8,
        verbose_name=_("agents for a lead"),
        validators=[MinValueValidator(2), MaxValueValidator(30)],
    )
    go_live_on = models.DateField(null=True, blank=True, verbose_name=_("go-live"))
    kind = models.CharField(
        max_length=20, choices=StructureWish, blank=True, db_default="", verbose_name=_("structure")
    )
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirements", "by", "name"], name="one_scenario_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

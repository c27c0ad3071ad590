from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from engagements.models.requirements import Requirements


class Unit(models.TextChoices):
    """What a target is counted in; each has its scale in `planning.measures`."""

    PERCENT = "percent", _("percent")
    SECONDS = "seconds", _("seconds")
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    POINTS = "points", _("points, 0 to 10")
    STARS = "stars", _("stars, 1 to 5")
    NPS = "nps", _("NPS, -100 to 100")
    COUNT = "count", _("a number")


class Direction(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class Window(models.TextChoices):
    WEEK = "week", _("each week")
    MONTH = "month", _("each month")
    QUARTER = "quarter", _("each quarter")
    YEAR = "year", _("each year")


class Meaning(models.TextChoices):
    """What was meant by a target from 0 to 10 on an NPS, once it was asked."""

    MEAN = "mean", _("mean likelihood to recommend")
    SHARE = "share", _("share of answers that are as high")
    NPS = "nps", _("a true NPS")


class SuccessMeasureQuerySet(models.QuerySet["SuccessMeasure"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(requirements__in=Requirements.objects.visible_to(actor))


class SuccessMeasure(models.Model):
    """What success is, said before the start: a KPI with formula, unit, target and window.

    "NPS above 7 of 10" is no NPS: whoever writes 7 on that scale is asked which of the three
    readings is meant, and `meant` keeps that they were (`planning.measures`).
    """

    Unit = Unit
    Direction = Direction
    Window = Window
    Meaning = Meaning

    requirements = models.ForeignKey(Requirements, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    formula = models.CharField(max_length=300)
    unit = models.CharField(max_length=10, choices=Unit, default=Unit.PERCENT)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.AT_LEAST)
    target = models.DecimalField(max_digits=9, decimal_places=2)
    window = models.CharField(max_length=10, choices=Window, default=Window.MONTH)
    source = models.CharField(max_length=200, blank=True, help_text=_("What it is read from."))
    meant = models.CharField(max_length=10, choices=Meaning, blank=True, editable=False)

    objects = SuccessMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requirements", "name"], name="one_measure_name"),
            models.CheckConstraint(
                condition=~Q(unit="nps") | Q(target__gte=-100, target__lte=100),
                name="nps_is_within_its_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def typed_target(self) -> Decimal:
        """Return the number of which it was asked what is meant: 7, where 70 % of answers are 7."""
        return self.target / 10 if self.meant == Meaning.SHARE else self.target

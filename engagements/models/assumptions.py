from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from engagements.models.lines import LineOfBusiness
from engagements.models.requirements import Requirements


class GivenBy(models.TextChoices):
    CLIENT = "client", _("the client")
    US = "us", _("us")


class AssumptionQuerySet(models.QuerySet["Assumption"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(requirements__in=Requirements.objects.visible_to(actor))


class Assumption(models.Model):
    """Something a plan rests on that nobody has measured yet: what, how much, and who says so.

    The numbers of a line that are our defaults are assumptions too; they need no row, since
    `planning` cites them (`engagements.assumed.defaults`).
    """

    requirements = models.ForeignKey(Requirements, models.CASCADE, related_name="assumptions")
    line = models.ForeignKey(
        LineOfBusiness,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assumptions",
        verbose_name=_("line of business"),
    )
    what = models.CharField(max_length=120)
    value = models.CharField(max_length=80)
    unit = models.CharField(max_length=30, blank=True)
    source = models.CharField(
        max_length=300, help_text=_("Who said so and when, or where it stands.")
    )
    given_by = models.CharField(max_length=10, choices=GivenBy, default=GivenBy.CLIENT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        help_text=_("Who finds out whether it holds."),
    )

    objects = AssumptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirements", "line", "what"],
                nulls_distinct=False,
                name="assumed_once_of_a_line",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def quantity(self) -> str:
        return f"{self.value} {self.unit}".strip()

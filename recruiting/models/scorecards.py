from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User
from recruiting.models.applications import Application
from recruiting.models.criteria import Criterion

# A scale without a middle: whoever marks takes a side.
MARKS = [(1, _("clearly below")), (2, _("below")), (3, _("meets")), (4, _("clearly above"))]


class Scorecard(models.Model):
    """What one interviewer thinks of one application, criterion by criterion."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scorecards")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "by"], name="one_scorecard_of_a_person")
        ]

    def __str__(self) -> str:
        return f"Scorecard by {self.by}"


class MarkManager(models.Manager["Mark"]):
    """A mark says nothing without its criterion, by which marks are ordered too: one query."""

    def get_queryset(self) -> models.QuerySet["Mark"]:
        return super().get_queryset().select_related("criterion")


class Mark(models.Model):
    """One mark on one criterion, with what it rests on."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    value = models.PositiveSmallIntegerField(
        choices=MARKS, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    evidence = models.TextField(blank=True)

    objects = MarkManager()

    class Meta:
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "criterion"], name="one_mark"),
            models.CheckConstraint(
                condition=models.Q(value__gte=1, value__lte=4), name="mark_is_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"

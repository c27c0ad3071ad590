from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.models import Actor
from engagements.models.engagements import Engagement
from engagements.models.lines import LineOfBusiness
from engagements.models.requirements import Requirements
from vendors.models import Site


class StaffingPlanQuerySet(models.QuerySet["StaffingPlan"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(engagement__in=Engagement.objects.visible_to(actor))

    def for_page(self) -> Self:
        return self.select_related("engagement__client", "requirements", "made_by")


class StaffingPlan(models.Model):
    """How many people of which role the requirements need, and why.

    `figures` are `planning.provenance.Figure`s as JSON, by key: each holds its
    inputs, formula, steps and version, so that an old plan still explains itself.
    `structure` is the tree of roles and teams that seats were made from.
    """

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="plans")
    requirements = models.ForeignKey(Requirements, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    structure = models.JSONField(default=dict)
    total_seats = models.PositiveIntegerField()
    made_by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = StaffingPlanQuerySet.as_manager()

    class Meta:
        ordering = ["engagement", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "version"], name="one_plan_version")
        ]

    def __str__(self) -> str:
        return f"{self.engagement}, plan v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:plan", args=[self.pk])

    def figure(self, key: str) -> dict[str, Any]:
        return self.figures[key]


class Team(models.Model):
    """Agents with one lead."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=100)
    line = models.ForeignKey(
        LineOfBusiness, models.SET_NULL, null=True, blank=True, related_name="teams"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["engagement", "name"], name="one_team_name")]

    def __str__(self) -> str:
        return self.name

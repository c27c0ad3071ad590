from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from engagements.models.engagements import Engagement


class Turn(models.TextChoices):
    """Whose move it is."""

    STAFF = "staff", _("us")
    CLIENT = "client", _("the client")
    VENDOR = "vendor", _("the vendor")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(engagement__in=Engagement.objects.visible_to(actor))

    def open(self) -> Self:
        return self.filter(done_at=None)


class Milestone(models.Model):
    """Something due on an engagement. Upper apps write them; timelines know only these."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="milestones")
    key = models.CharField(max_length=100)
    # A sentence marked by `gettext_noop`, with %(…)s where its arguments stand: each reader gets
    # it in their own language.
    says = models.CharField(max_length=200, default="", db_default="")
    arguments = models.JSONField(default=dict, db_default={})
    # In English, for the release before this one, which reads nothing else; the next drops it.
    title = models.CharField(max_length=200, default="", db_default="")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    turn = models.CharField(max_length=10, choices=Turn, default=Turn.STAFF)
    url = models.CharField(max_length=300, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "key"], name="one_milestone_key")
        ]

    def __str__(self) -> str:
        """Say what is due, in the reader's language."""
        if not self.says:  # written by the release before, while this one took its place
            return self.title
        return gettext(self.says) % self.arguments

from django.db import models
from django.utils import timezone

from core.models.actors import Actor


class TransitionLog(models.Model):
    """One line of a subject's history: who took which step, when, and why.

    Each machine has a log table of its own, whose foreign key to the subject
    is called `subject` and has `related_name="log"`. Lines are added by
    `core.workflow` only, and never edited.
    """

    step = models.CharField(max_length=50)
    source = models.CharField(max_length=50)
    target = models.CharField(max_length=50)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

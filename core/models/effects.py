from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class EffectQuerySet(models.QuerySet["Effect"]):
    def due(self, *, now: datetime) -> Self:
        return self.filter(state=Effect.State.PENDING, due_at__lte=now)


class Effect(models.Model):
    """Something to do outside the database (a mail, a PDF), written down with what causes it.

    A worker does it once, under the row's lock; whatever is killed meanwhile,
    the sweep finds the row again.
    """

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        DONE = "done", "done"
        DEAD = "dead", "failed for good"

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="effect_pending")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone


class EffectQuerySet(models.QuerySet["Effect"]):
    def due(self, *, now: datetime) -> Self:
        return self.filter(state=Effect.State.PENDING, due_at__lte=now)

    def overdue(self, *, now: datetime, swept_before: datetime) -> Self:
        """Those due that no sweep has seen since, or not for long; the oldest first."""
        unseen = Q(swept_at=None) | Q(swept_at__lt=F("due_at")) | Q(swept_at__lt=swept_before)
        return self.due(now=now).filter(unseen).order_by("due_at")

    def counts(self) -> dict[str, int]:
        """Return how many there are in each state."""
        return self.aggregate(
            **{state.value: Count("pk", filter=Q(state=state)) for state in Effect.State}
        )


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
    swept_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    # Of the request that caused it, so that its lines in the logs can be found together.
    request_id = models.CharField(max_length=64, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="effect_pending")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"

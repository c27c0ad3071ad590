"""Long work, done in chunks: how far it is, what became of each row, and what it made."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models.actors import Actor
from core.models.files import StoredFile
from core.models.logs import TransitionLog
from core.models.subjects import OnSubject, SubjectQuerySet


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


def may_steer(job: Any, actor: Actor) -> bool:
    """Whoever started a job may end it and go on with it; so may who looks after all jobs."""
    return bool(job.by_id == actor.pk or actor.has_perm("core.manage_jobs"))


class JobQuerySet(SubjectQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; all of them for whoever looks after jobs."""
        if actor.is_trusted or actor.has_perm("core.manage_jobs"):
            return self
        return self.filter(by=actor)

    def under_way(self) -> Self:
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def ended_before(self, when: datetime) -> Self:
        return self.filter(ended_at__lt=when)

    def broken_off(self, before: datetime) -> Self:
        """Those that were stopped or failed before then, and that nobody has gone on with."""
        return self.ended_before(before).filter(state__in=[JobState.FAILED, JobState.CANCELLED])

    def for_steps(self) -> Self:
        return self.select_related("by")


class Job(OnSubject):
    """One piece of long work. `done` of `total` rows are done, and stay so whatever happens."""

    State = JobState

    name = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    payload = models.JSONField(default=dict)
    total = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    # Which time it is under way: once, and once more each time that somebody goes on with it.
    round = models.PositiveSmallIntegerField(default=1)
    state = FSMField(choices=State, default=State.QUEUED, protected=True)
    error = models.TextField(blank=True)
    result = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["-created_at", "-pk"]
        permissions = [("manage_jobs", "Can see, end and resume everybody's jobs")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.QUEUED, JobState.RUNNING}

    @transition(state, State.QUEUED, State.RUNNING, custom={"automatic": True})
    def run(self) -> None: ...

    @transition(state, State.RUNNING, State.DONE, custom={"automatic": True})
    def finish(self, *, ended_at: datetime) -> None:
        self.ended_at = ended_at

    @transition(state, [State.QUEUED, State.RUNNING], State.FAILED, custom={"automatic": True})
    def fail(self, *, ended_at: datetime, error: str) -> None:
        self.ended_at, self.error = ended_at, error

    @transition(
        state,
        [State.QUEUED, State.RUNNING],
        State.CANCELLED,
        permission=may_steer,  # type: ignore[arg-type]  # asked with an actor
        custom={"label": _("Stop"), "danger": True, "route": "core:job_cancel", "asks": False},
    )
    def cancel(self, *, ended_at: datetime) -> None:
        self.ended_at = ended_at

    @transition(
        state,
        [State.FAILED, State.CANCELLED],
        State.QUEUED,
        permission=may_steer,  # type: ignore[arg-type]  # asked with an actor
        custom={"label": _("Go on"), "main": True, "route": "core:job_resume", "asks": False},
    )
    def resume(self) -> None:
        self.round += 1
        self.ended_at, self.error = None, ""


class JobLog(TransitionLog):
    subject = models.ForeignKey(Job, models.CASCADE, related_name="log")


class JobLineQuerySet(models.QuerySet["JobLine"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(job__in=Job.objects.visible_to(actor))

    def counts(self) -> dict[str, int]:
        """Return how many rows had each outcome, the most frequent first."""
        rows = self.order_by().values_list("outcome").annotate(n=models.Count("pk"))
        return dict(rows.order_by("-n", "outcome"))


class JobLine(models.Model):
    """What became of one row: a word that can be filtered by, and a sentence."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    place = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)

    objects = JobLineQuerySet.as_manager()

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.text}"


class JobPart(models.Model):
    """What a chunk is given, then its piece of the result, until all pieces become one file."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="parts")
    first_row = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["first_row"]
        constraints = [
            models.UniqueConstraint(fields=["job", "first_row"], name="one_part_of_a_chunk")
        ]

    def __str__(self) -> str:
        return f"{self.job}, from row {self.first_row}"

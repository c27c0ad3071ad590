"""What people say to each other about a row, or about one item of it."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.actors import Actor, Kind
from core.models.people import User, UserKind
from core.models.subjects import OnSubject, SubjectQuerySet


class Audience(models.TextChoices):
    """Who reads a thread. It is chosen before the first word and never changes."""

    INTERNAL = "internal", _("internal: only our staff")
    SHARED = "shared", _("shared: the client reads it too")


def audiences_of(actor: Actor) -> list[str]:
    """Say which kinds of thread somebody may read at all; a vendor, link or program none."""
    if actor.is_trusted:
        return list(Audience.values)
    if actor.kind != Kind.USER or actor.user is None or not actor.user.is_active:
        return []
    if actor.user.kind == UserKind.STAFF:
        return list(Audience.values)
    if actor.user.kind == UserKind.CLIENT and actor.has_perm("core.use_client_portal"):
        return [Audience.SHARED]
    return []


class ThreadQuerySet(SubjectQuerySet):
    def readable_by(self, actor: Actor) -> Self:
        """Of the kinds the actor reads. Whether the subject is theirs: `core.comments`."""
        return self.filter(audience__in=audiences_of(actor))


class Thread(OnSubject):
    """A conversation about a subject or one item of it, for one audience."""

    item = models.CharField(max_length=100, blank=True)
    audience = models.CharField(max_length=10, choices=Audience)
    started_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")

    objects = ThreadQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["started_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="resolved_by_somebody_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return f"Thread {self.pk}"

    @property
    def is_shared(self) -> bool:
        return self.audience == Audience.SHARED


class CommentQuerySet(models.QuerySet["Comment"]):
    def for_reader(self, subject: models.Model, actor: Actor) -> Self:
        """What a page shows of a subject's threads, in one query, thread by thread.

        `looked_at` is when the actor last read this part. A thread has its first comment
        from the beginning, so none is missing here.
        """
        looked = CommentsRead.objects.filter(
            user=actor.user,
            subject_type=models.OuterRef("thread__subject_type"),
            subject_id=models.OuterRef("thread__subject_id"),
            item=models.OuterRef("thread__item"),
        )
        return (
            self.filter(
                thread__audience__in=audiences_of(actor),
                thread__subject_type__app_label=subject._meta.app_label,
                thread__subject_type__model=subject._meta.model_name,
                thread__subject_id=subject.pk,
            )
            .select_related("by", "thread__resolved_by")
            .annotate(looked_at=models.Subquery(looked.values("at")[:1]))
            .order_by("thread__started_at", "thread", "at", "pk")
        )


class Comment(models.Model):
    """What one person said. An edit keeps the words before; withdrawn, it shows none."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    mentioned = models.ManyToManyField(User, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class CommentText(models.Model):
    """The words of a comment before an edit, and when they had been written."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="earlier")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Earlier words of comment {self.comment_id}"


class CommentsRead(OnSubject):
    """When a person last read the comments on a subject or on one item of it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    item = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta(OnSubject.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject_type", "subject_id", "item"],
                name="one_read_mark_for_each_reader",
            )
        ]

    def __str__(self) -> str:
        return f"Read by {self.user} at {self.at}"

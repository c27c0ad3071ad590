import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.models.actors import Actor
from core.models.subjects import OnSubject, SubjectQuerySet


class StoredFile(OnSubject):
    """A file that belongs to a subject, and is sent to those only who may see the subject."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="files/%Y/%m/")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Actor, models.PROTECT, related_name="+")

    objects = SubjectQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("core:file", args=[self.key])

"""Who last looked at which version of what."""

from typing import Any

from django.db import models
from django.utils import timezone

from core.models.people import User
from core.models.subjects import OnSubject, SubjectQuerySet


class Seen(OnSubject):
    """What a person read of a subject when they last looked: the version's number, and all it said.

    What it said is kept too, because a version may be read, changed and sent again.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    content: Any = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    objects = SubjectQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject_type", "subject_id"], name="one_last_look_of_each_reader"
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.version} seen at {self.at}"

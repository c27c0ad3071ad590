from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from core.models.actors import Actor
from core.models.subjects import OnSubject, SubjectQuerySet


class LinkQuerySet(SubjectQuerySet):
    def open(self, *, now: datetime) -> Self:
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)


class Link(OnSubject):
    """A right given to whoever holds a token, or a short code, for one subject and one purpose.

    The token itself is never stored: it is minted when its mail is sent, and
    only its hash is kept here. Until then the hash is empty.
    """

    scope = models.CharField(max_length=50)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.scope} {self.pk}"

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from core.models.actors import Actor
from core.models.people import User


class SessionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("core.manage_people"):
            return self
        return self.filter(user__actor=actor)

    def open(self, *, now: datetime) -> Self:
        """Somebody's sessions that still open pages, the one last seen first."""
        found = self.filter(user__isnull=False, expire_date__gt=now)
        return found.order_by("-seen_at", "session_key")


class Session(AbstractBaseSession):
    """A browser that somebody signed in with, or that a stranger's page set a cookie in.

    What says whose it is stands in the session's data, and beside it in columns, so that the
    sessions of a person are found and ended. Its key is a secret: pages know it by `number`.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    # Not unique: where a session gets a new key, its old row goes after the new one has come.
    number = models.UUIDField(null=True, db_index=True)
    device = models.CharField(max_length=100, blank=True)
    network = models.CharField(max_length=50, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    def __str__(self) -> str:
        return self.device

    @classmethod
    def get_session_store_class(cls) -> Any:
        from core.sessions import SessionStore  # noqa: PLC0415 -- the store knows the model

        return SessionStore

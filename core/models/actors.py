from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from core.models.people import User


Row = TypeVar("Row", bound=models.Model)


class Kind(models.TextChoices):
    USER = "user", "user"
    LINK = "link", "link holder"
    SERVICE = "service", "service account"
    IMPORT = "import", "import"
    SYSTEM = "system", "system"


class ActorManager(models.Manager["Actor"]):
    def of_user(self, user: "User") -> "Actor":
        actor, _ = self.get_or_create(
            key=f"user:{user.pk}", defaults={"kind": Kind.USER, "user": user, "name": str(user)}
        )
        return actor

    def of_link(self, holder: models.Model, *, may: Iterable[str]) -> "Actor":
        """Return who holds a signed link to `holder`, with the rights of the link and no others."""
        actor, _ = self.get_or_create(
            key=f"{holder._meta.label_lower}:{holder.pk}",
            defaults={"kind": Kind.LINK, "name": str(holder)[:200]},
        )
        actor.rights = frozenset(may)
        return actor

    def of_service(self, name: str) -> "Actor":
        """Make the actor of a new service account. It has rights only while a token is shown."""
        return self.create(key=f"service:{uuid4()}", kind=Kind.SERVICE, name=name[:200])

    def of_import(self, name: str) -> "Actor":
        actor, _ = self.get_or_create(
            key=f"import:{name}"[:200], defaults={"kind": Kind.IMPORT, "name": name[:200]}
        )
        return actor

    def system(self) -> "Actor":
        actor, _ = self.get_or_create(key="system", defaults={"kind": Kind.SYSTEM, "name": "Cadre"})
        return actor


class Actor(models.Model):
    """Who did something: the one table where names stand beside what the logs say.

    Logs point here and hold no name, so that erasing a person blanks one row
    and leaves every history and every count as it was.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="actor"
    )
    name = models.CharField(max_length=200)

    objects = ActorManager()

    # The rights of a link's holder, or of the scopes of a service account; a user's come from
    # roles, the system and imports have all.
    rights: frozenset[str] = frozenset()
    # The one row of a kind that a service account is limited to, as {"engagements.client": 7}.
    limits: Mapping[str, int] = MappingProxyType({})

    def __str__(self) -> str:
        return self.name

    @property
    def is_trusted(self) -> bool:
        """The system and imports see every row; users and link holders see theirs."""
        return self.kind in {Kind.SYSTEM, Kind.IMPORT}

    def has_perm(self, permission: str, subject: Any = None) -> bool:
        if self.kind == Kind.USER:
            return self.user is not None and self.user.has_perm(permission)
        if self.kind in {Kind.LINK, Kind.SERVICE}:
            return permission in self.rights
        return True

    def limit(self, rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
        """Return the one row of these that a service account is limited to, or none."""
        pk = self.limits.get(rows.model._meta.label_lower)
        return rows.none() if pk is None else rows.filter(pk=pk)

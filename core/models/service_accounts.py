from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.actors import Actor
from core.models.people import User
from core.models.subjects import OnSubject, SubjectQuerySet


class ServiceAccountQuerySet(SubjectQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("core.manage_people"):
            return self
        return self.none()

    def reading(self, *, now: datetime) -> Self:
        """Those that can read now: not revoked, somebody answers for them, a token is valid."""
        valid = ServiceToken.objects.filter(revoked_at=None, expires_at__gt=now).values("account")
        return self.filter(revoked_at=None, owner__is_active=True, pk__in=valid)

    def with_last_use(self) -> Self:
        return self.annotate(used_at=models.Max("tokens__last_used_at"))

    def for_list(self) -> Self:
        return self.select_related("owner", "subject_type").prefetch_related("tokens", "subject")


class ServiceAccount(OnSubject):
    """A program that reads by the API under a name of its own; somebody of ours answers for it.

    Without a subject it reads the rows of all; limited to one (a client) it reads what that
    client's people may read, and no more.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("who answers for it"), related_name="service_accounts"
    )
    actor = models.OneToOneField(Actor, models.PROTECT, related_name="service_account")
    scopes = models.JSONField(_("what it may read"), default=list)
    requests_per_minute = models.PositiveIntegerField(_("requests a minute"), default=300)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = ServiceAccountQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("core:service_account", args=[self.pk])

    @property
    def standing(self) -> tuple[str, str]:
        """Return a tone and a word: whether it can read now, and if not, why."""
        now = timezone.now()
        if self.revoked_at:
            return "off", "revoked"
        if not self.owner.is_active:
            return "bad", "nobody answers for it"
        ends = [token.expires_at for token in self.tokens.all() if token.is_open(now)]
        if not ends:
            return "warn", "no valid token"
        return "good", "can read"

    @property
    def last_used_at(self) -> datetime | None:
        used = [token.last_used_at for token in self.tokens.all() if token.last_used_at]
        return max(used, default=None)


class ServiceToken(models.Model):
    """What a service account shows: seen once when it is made, known by its beginning after."""

    account = models.ForeignKey(ServiceAccount, models.CASCADE, related_name="tokens")
    prefix = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now

    @property
    def standing(self) -> tuple[str, str]:
        if self.revoked_at:
            return "off", "ended"
        return ("good", "valid") if self.is_open(timezone.now()) else ("warn", "expired")

"""What reached whom, and how each person wants to be told."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.actors import Actor
from core.models.messages import Message
from core.models.people import User
from core.models.subjects import OnSubject


class Channel(models.TextChoices):
    """How somebody is told. Whatever is not off stands on the page as well."""

    MAIL = "mail", _("by mail at once")
    PAGE = "page", _("on the page")
    DIGEST = "digest", _("in the daily mail")
    OFF = "off", _("not at all")


class NotificationSettings(models.Model):
    """When a person may be written to. Who has no row is written to at any hour."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notification_settings")
    time_zone = models.CharField(_("Time zone"), max_length=50, default="UTC")
    quiet_from = models.TimeField(_("Quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("Quiet until"), null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("Daily mail at"), default=8)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(digest_hour__lte=23), name="digest_hour_is_an_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"Settings of {self.user}"

    def quiet_for(self, now: datetime) -> timedelta:
        """Say for how long nobody is to write: nothing outside the quiet hours."""
        if self.quiet_from is None or self.quiet_until is None:
            return timedelta(0)
        local = now.astimezone(ZoneInfo(self.time_zone))
        begins, ends, at = self.quiet_from, self.quiet_until, local.time()
        # Hours such as 22:00 to 07:00 reach over midnight.
        quiet = begins <= at < ends if begins <= ends else at >= begins or at < ends
        if not quiet:
            return timedelta(0)
        day = local.date() + timedelta(days=1 if at >= ends else 0)
        return datetime.combine(day, ends, local.tzinfo) - now

    def last_digest_hour(self, now: datetime) -> datetime:
        """Return when the daily mail was last due: what came before belongs into it."""
        local = now.astimezone(ZoneInfo(self.time_zone))
        due = local.replace(hour=self.digest_hour, minute=0, second=0, microsecond=0)
        if due <= local:
            return due
        return datetime.combine(due.date() - timedelta(days=1), due.time(), local.tzinfo)


class NotificationChoice(models.Model):
    """A person's own channel for one kind; without a row the kind's default holds."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_choice_for_each_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, actor: Actor) -> Self:
        """Each person's own, and nobody else's."""
        return self.filter(user=actor.user, user__isnull=False)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def for_digest(self) -> Self:
        """Those that wait for a daily mail, to people who may still be written to."""
        return self.filter(channel=Channel.DIGEST, digested_at=None, user__is_active=True)


class Notification(OnSubject):
    """One event that one person was told of, once for each kind and key."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    channel = models.CharField(max_length=10, choices=Channel)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "user", "key"], name="told_once_of_each_event")
        ]
        indexes = [
            *OnSubject.Meta.indexes,
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="unread_of_user"),
            models.Index(
                fields=["user", "at"],
                condition=models.Q(channel="digest", digested_at=None),
                name="waits_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.text

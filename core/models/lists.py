"""What people keep of lists: their views and columns, and what they did to many rows at once."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.actors import Actor


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those that somebody on the same side shares."""
        if actor.user is None:
            return self.none()
        return self.filter(
            Q(owner=actor.user) | Q(is_shared=True, owner__kind=actor.user.kind)
        ).select_related("owner")


class SavedView(models.Model):
    """A list's filters, order and columns under a name, for oneself or for all on one's side."""

    list_key = models.CharField(max_length=100)
    name = models.CharField(_("name"), max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_views")
    is_shared = models.BooleanField(_("shared with everybody who sees this list"), default=False)
    # What stands in the address: a filter's name, or sort, with its values.
    query = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["is_shared", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "list_key", "name"], name="one_view_of_a_name")
        ]
        permissions = [("share_view", "Can share views of lists")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("core:saved_view", args=[self.pk])


class ListChoice(models.Model):
    """What one person chose for a list, or for one view of it: columns, and what opens first."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_choices")
    list_key = models.CharField(max_length=100)
    view = models.ForeignKey(SavedView, models.CASCADE, null=True, related_name="choices")
    columns = models.JSONField(default=list)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_key", "view"],
                nulls_distinct=False,
                name="one_choice_for_a_view",
            ),
            models.UniqueConstraint(
                fields=["user", "list_key"], condition=Q(is_default=True), name="one_default_view"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_key} as {self.user} sees it"


class BulkRun(models.Model):
    """One thing that somebody does to many rows of a list: looked at first, then done."""

    list_key = models.CharField(max_length=100)
    within = models.BigIntegerField(null=True)
    action = models.CharField(max_length=100)
    # What the action's form was sent, to be read by that form again.
    details = models.JSONField(default=dict)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} in {self.list_key}"

    def get_absolute_url(self) -> str:
        return reverse("core:bulk_run", args=[self.pk])


class BulkRowQuerySet(models.QuerySet["BulkRow"]):
    def waiting(self) -> Self:
        """Those that are not done yet, in the order in which they will be."""
        return self.filter(outcome=BulkRow.Outcome.WAITS).order_by("pk")


class BulkRow(models.Model):
    """One row of a bulk run: the state it was in when it was chosen, and what became of it."""

    class Outcome(models.TextChoices):
        WAITS = "", _("not done yet")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="rows")
    subject = models.BigIntegerField()
    state_seen = models.CharField(max_length=50, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITS, blank=True)
    reason = models.TextField(blank=True)

    objects = BulkRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "subject"], name="a_row_once_in_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_outcome_display()}"

    def note(self, outcome: str, reason: Any = "") -> None:
        self.outcome, self.reason = outcome, str(reason)
        self.save(update_fields=["outcome", "reason"])

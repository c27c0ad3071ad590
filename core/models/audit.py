from collections.abc import Iterable
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.actors import Actor
from core.models.subjects import OnSubject, SubjectQuerySet


class AuditEntryQuerySet(SubjectQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("core.view_auditentry"):
            return self
        return self.none()


class AuditEntry(OnSubject):
    """Something that somebody did and no machine's log holds. No names stand in it.

    `by` is None where nobody is known: a sign-in that failed under an address nobody has.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("change")
        SIGN_IN = "sign_in", _("sign-in")
        EXPORT = "export", _("export")
        VIEW = "view", _("view of personal data")
        ADMINISTRATION = "administration", _("administration")

    kind = models.CharField(max_length=20, choices=Kind)
    did = models.CharField(max_length=60)
    by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    details = models.JSONField(default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["-at", "-pk"]
        indexes = [
            *OnSubject.Meta.indexes,
            models.Index(fields=["-at", "-id"], name="newest_audit_entries"),
            models.Index(fields=["by", "kind", "-at"], name="audit_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.did.replace("_", " ")


class AuditLineQuerySet(models.QuerySet["AuditLine"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("core.view_auditentry"):
            return self
        return self.none()

    def numbered(self, keys: Iterable[str]) -> Self:
        """Return these lines, each looked up in its own table by its own number."""
        wanted: dict[str, list[int]] = {}
        for key in keys:
            source, _colon, number = key.partition(":")
            wanted.setdefault(source, []).append(int(number))
        found = models.Q(pk__in=[])
        for source, numbers in wanted.items():
            found |= models.Q(source=source, number__in=numbers)
        return self.filter(found)


class AuditLine(models.Model):
    """What was noted and every step taken, as one: a view over the audit and all machines' logs.

    `core.audit_lines` makes the view; nothing is stored twice.
    """

    STEP = "step"
    KINDS = ((STEP, _("step")), *AuditEntry.Kind.choices)

    key = models.CharField(primary_key=True, max_length=200)
    source = models.CharField(max_length=100)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    did = models.CharField(max_length=60)
    by = models.ForeignKey(Actor, models.DO_NOTHING, null=True, related_name="+")
    at = models.DateTimeField()
    subject_type = models.ForeignKey(ContentType, models.DO_NOTHING, null=True, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    details = models.JSONField()

    objects = AuditLineQuerySet.as_manager()

    class Meta:
        managed = False
        ordering = ["-at", "-pk"]

    # The page of what it was about, once a list has looked up whether its reader may see it.
    about_url = ""

    def __str__(self) -> str:
        return self.did_in_words

    @property
    def did_in_words(self) -> str:
        return self.did.replace("_", " ")

    @property
    def by_in_words(self) -> str:
        return self.by.name if self.by else str(_("nobody known"))

    @property
    def about(self) -> str:
        """Say what it was about by kind and number, without looking the row up."""
        kind = self.subject_type
        return f"{kind.name} {self.subject_id}" if kind else ""

    @property
    def details_in_words(self) -> str:
        if self.kind == self.STEP:
            return f"{self.details['from']} → {self.details['to']}".replace("_", " ")
        said = ((key.replace("_", " "), value) for key, value in self.details.items())
        return "; ".join(
            f"{key}: {_plain(value)}" for key, value in said if value not in ("", None)
        )


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or str(_("none"))
    return str(value)

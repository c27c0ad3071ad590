from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.models.people import User
from core.models.subjects import OnSubject, SubjectQuerySet


class MessageQuerySet(SubjectQuerySet):
    def failed(self) -> Self:
        return self.filter(outcome=Message.Outcome.FAILED)


class Message(OnSubject):
    """A mail, and what became of it.

    The body holds `[[link:7]]` where a signed link stands; the token takes its
    place at the moment of sending. Secrets that others hand us (a sign-in code)
    are kept encrypted until then, and wiped after.
    """

    class Outcome(models.TextChoices):
        QUEUED = "queued", "waiting"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    template = models.CharField(max_length=100)
    language = models.CharField(max_length=10, default="en")
    to = models.EmailField()
    subject_line = models.CharField(max_length=300)
    body = models.TextField()
    sealed = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.QUEUED)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    # As the receiver read it, with its links. Filled in the demo only.
    clear_body = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject_line

    def get_absolute_url(self) -> str:
        return reverse("core:message", args=[self.pk])


class MailTemplate(models.Model):
    """A decision about a mail's text: the newest of a name and language holds, others are history.

    One without a body went back to the text that ships with Cadre.
    """

    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, default="en")
    subject_line = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["name", "language", "-id"], name="newest_text_of_a_mail")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

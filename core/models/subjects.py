from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class SubjectQuerySet(models.QuerySet[Any]):
    def on(self, subject: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk)


class OnSubject(models.Model):
    """A row about any other row: a link, a message, a file."""

    subject_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

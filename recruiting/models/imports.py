from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.models import Actor, Job, StoredFile
from recruiting.models.requisitions import Requisition


class CandidateImportQuerySet(models.QuerySet["CandidateImport"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own: what is read from a file is nobody else's before it is taken over."""
        if actor.is_trusted:
            return self
        return self.filter(by=actor) if actor.has_perm("recruiting.add_candidate") else self.none()


class CandidateImport(models.Model):
    """Files of people: read and looked at first, then taken over by a job.

    What was read, and the files, go when the job is done or the look was not followed up; each
    résumé stays with its person.
    """

    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    requisition = models.ForeignKey(Requisition, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CandidateImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("recruiting:import_preview", args=[self.pk])


class ImportedPerson(models.Model):
    """One person as a file gave them, or why the file gives none there."""

    batch = models.ForeignKey(CandidateImport, models.CASCADE, related_name="people")
    row = models.PositiveIntegerField()
    place = models.CharField(max_length=300)
    person = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="one_imported_person_in_a_row")
        ]

    def __str__(self) -> str:
        return self.place

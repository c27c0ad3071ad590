"""The ESCO classification of the European Commission, as `manage.py import_esco` reads it."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length

from core import search


class EscoQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def found_by(self, text: str) -> Self:
        """Keep those that have each word, or one that begins so: who is called that comes first."""
        asked = search.ask(text)
        words = search.beginnings(asked) if asked.is_enough else None
        if words is None:
            return self.none()
        label = "label__iexact", "label__istartswith", "label__icontains"
        whens = [When(**{lookup: asked.text}, then=Value(at)) for at, lookup in enumerate(label)]
        rank = Case(*whens, default=Value(len(label)), output_field=IntegerField())
        return self.current().filter(words=words).order_by(rank, Length("label"), "label")


class EscoSkill(models.Model):
    """A skill or a piece of knowledge, as ESCO names it in English.

    One that a later version of ESCO has dropped stays, since somebody may name it; it is offered
    to nobody (`is_current`).
    """

    uri = models.CharField(max_length=200, unique=True)
    label = models.CharField(max_length=300)
    # One on each line: the words of a list could not be a stored column.
    alt_labels = models.TextField(blank=True)
    description = models.TextField(blank=True)
    skill_type = models.CharField(max_length=30, blank=True)
    reuse_level = models.CharField(max_length=30, blank=True)
    is_current = models.BooleanField(default=True)
    # All its labels case-folded: a skill that is typed is known by any of them.
    names = ArrayField(models.TextField())
    words = models.GeneratedField(
        expression=search.Words("label", "alt_labels"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EscoQuerySet.as_manager()

    class Meta:
        ordering = ["label", "pk"]
        indexes = [
            GinIndex(fields=["words"], name="esco_skill_words"),
            GinIndex(fields=["names"], name="esco_skill_names"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def kind(self) -> str:
        """Return whether it is soft or hard: soft is what ESCO calls transversal, not knowledge."""
        is_soft = self.reuse_level == "transversal" and self.skill_type != "knowledge"
        return "soft" if is_soft else "hard"

    @property
    def as_line(self) -> str:
        """Return it as it is typed on a line of business."""
        return f"{self.label}; {self.kind}; good"


class EscoOccupation(models.Model):
    """What somebody does for a living, with the skills that ESCO says it needs."""

    uri = models.CharField(max_length=200, unique=True)
    label = models.CharField(max_length=300)
    alt_labels = models.TextField(blank=True)
    isco = models.CharField(max_length=20, blank=True)
    is_current = models.BooleanField(default=True)
    skills = models.ManyToManyField(EscoSkill, through="EscoNeed", related_name="occupations")
    words = models.GeneratedField(
        expression=search.Words("label", "alt_labels"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EscoQuerySet.as_manager()

    class Meta:
        ordering = ["label", "pk"]
        indexes = [GinIndex(fields=["words"], name="esco_occupation_words")]

    def __str__(self) -> str:
        return self.label

    def skills_needed(self) -> models.QuerySet[EscoSkill]:
        """Return its skills that are current, the essential ones first."""
        needed = EscoSkill.objects.current().filter(needs__occupation=self)
        return needed.annotate(is_essential=models.F("needs__is_essential")).order_by(
            "-is_essential", "label"
        )


class EscoNeed(models.Model):
    """That an occupation needs a skill: always, or in some places only."""

    occupation = models.ForeignKey(EscoOccupation, models.CASCADE, related_name="needs")
    skill = models.ForeignKey(EscoSkill, models.CASCADE, related_name="needs")
    is_essential = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "skill"], name="esco_need_once")
        ]

    def __str__(self) -> str:
        return f"{self.occupation}: {self.skill}"

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.actors import Actor
from core.models.subjects import OnSubject, SubjectQuerySet


class DayOffQuerySet(SubjectQuerySet):
    def of(self, party: models.Model | None) -> Self:
        """Return a party's own days off; of None, ours."""
        return self.on(party) if party is not None else self.filter(subject_type=None)


class DayOff(OnSubject):
    """A day on which a party (none: we ourselves) does not work, though it is no public holiday."""

    on = models.DateField(_("day"))
    name = models.CharField(_("why"), max_length=100)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DayOffQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "on"],
                name="one_day_off_of_a_party",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        on: date = self.on
        return f"{on:%Y-%m-%d} {self.name}"

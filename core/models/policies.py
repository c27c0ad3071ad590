from django.db import models
from django.utils import timezone

from core.models.actors import Actor


class PolicyValue(models.Model):
    """One decision about a policy: the newest row of a name holds, the others are its history.

    A row without a value went back to the default that ships.
    """

    name = models.CharField(max_length=100)
    value = models.JSONField(null=True)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["name", "-id"], name="newest_value_of_a_policy")]

    def __str__(self) -> str:
        return self.name

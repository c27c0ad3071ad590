from typing import Self

from django.db import models
from django.urls import reverse

from planning.charters import Charter
from planning.rules import Rule
from vendors.models import Role


class StructureRuleQuerySet(models.QuerySet["StructureRule"]):
    def in_use(self) -> list[Rule]:
        """Return the rules that are on, in the order in which they decide."""
        return [row.as_rule() for row in self.filter(is_on=True)]


class StructureRule(models.Model):
    """One row of the table that suggests a structure. Those that stand higher decide.

    It is written by an administrator and read by all our staff: what suggests is published.
    """

    position = models.PositiveSmallIntegerField()
    factor = models.CharField(max_length=30)
    operator = models.CharField(max_length=10, verbose_name="comparison")
    value = models.CharField(max_length=60)
    setting = models.CharField(max_length=30)
    suggestion = models.CharField(max_length=30)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    is_on = models.BooleanField(default=True, verbose_name="in use")

    objects = StructureRuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        rule = self.as_rule()
        return f"{rule.condition} → {rule.said}"

    def as_rule(self) -> Rule:
        return Rule(
            self.factor,
            self.operator,
            self.value,
            self.setting,
            self.suggestion,
            self.reason,
            self.source,
        )

    @classmethod
    def of(cls, rule: Rule, position: int) -> Self:
        """Make the row, unsaved, of a rule of `planning`."""
        return cls(
            position=position,
            factor=rule.factor,
            operator=rule.operator,
            value=rule.value,
            setting=rule.setting,
            suggestion=rule.suggestion,
            reason=rule.reason,
            source=rule.source,
        )


class RoleCharter(models.Model):
    """What a role is there for: its duties and skills, and the role it reports to."""

    role = models.CharField(max_length=30, choices=Role, unique=True)
    purpose = models.CharField(max_length=300)
    duties = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    reports_to = models.CharField(max_length=30, choices=Role, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.get_role_display()).capitalize()

    def get_absolute_url(self) -> str:
        return reverse("engagements:charter", args=[self.role])

    def as_charter(self) -> Charter:
        return Charter(
            self.role,
            self.purpose,
            tuple(self.duties),
            tuple(self.skills),
            self.reports_to,
            self.source,
        )

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from vendors.models.vendors import Vendor


class Role(models.TextChoices):
    """What somebody does in a customer-care team. The names are those of `planning.structure`."""

    AGENT = "agent", _("agent")
    TEAM_LEAD = "team_lead", _("team lead")
    SUPERVISOR = "supervisor", _("supervisor")
    QUALITY_ANALYST = "quality_analyst", _("quality analyst")
    TRAINER = "trainer", _("trainer")
    WORKFORCE_PLANNER = "workforce_planner", _("workforce planner")
    MANAGER = "manager", _("manager")


class RateCardQuerySet(models.QuerySet["RateCard"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a vendor's person, their own."""
        if actor.is_trusted or actor.has_perm("vendors.view_vendor"):
            return self
        return self.filter(vendor__in=Vendor.objects.visible_to(actor))

    def ours(self) -> Self:
        return self.filter(vendor=None)

    def valid(self, on: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class RateCard(models.Model):
    """What a month of a seat costs by role and language: a vendor's, or our own for clients."""

    vendor = models.ForeignKey(
        Vendor, models.CASCADE, null=True, blank=True, related_name="rate_cards"
    )
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = RateCardQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.currency})"

    def rate_for(self, role: str, language: str) -> "Rate | None":
        """Return the rate for a role in a language, or else in any language. Reads `rates`."""
        by_key = {(rate.role, rate.language): rate for rate in self.rates.all()}
        return by_key.get((role, language)) or by_key.get((role, ""))


class Rate(models.Model):
    card = models.ForeignKey(RateCard, models.CASCADE, related_name="rates")
    role = models.CharField(max_length=20, choices=Role)
    language = models.CharField(
        max_length=2, blank=True, help_text=_("Two letters, as in de; empty for any.")
    )
    monthly = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["role", "language"]
        constraints = [
            models.UniqueConstraint(fields=["card", "role", "language"], name="one_rate"),
            models.CheckConstraint(condition=Q(monthly__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.language}: {self.monthly}"

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from vendors.models.vendors import Site, Vendor


class Role(models.TextChoices):
    """What somebody does in a customer-care team. The names are those of `planning.structure`."""

    AGENT = "agent", _("agent")
    TEAM_LEAD = "team_lead", _("team lead")
    SUPERVISOR = "supervisor", _("supervisor")
    QUALITY_ANALYST = "quality_analyst", _("quality analyst")
    TRAINER = "trainer", _("trainer")
    WORKFORCE_PLANNER = "workforce_planner", _("workforce planner")
    MANAGER = "manager", _("manager")
    DIRECTOR = "director", _("director")
    COACH = "coach", _("coach")
    CUSTOMER_SUCCESS_MANAGER = "customer_success_manager", _("customer success manager")
    ACCOUNT_MANAGER = "account_manager", _("account manager")
    LOYALTY_MANAGER = "loyalty_manager", _("loyalty manager")
    RETURNS_MANAGER = "returns_manager", _("returns manager")
    ESCALATION_MANAGER = "escalation_manager", _("escalation manager")
    SALES_MANAGER = "sales_manager", _("sales manager")


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
    """What work costs by role, tier, language and site, in one currency, while it is valid.

    Ours are prices, to clients, or costs, to us; a vendor's are what it asks of us: costs.
    """

    class Kind(models.TextChoices):
        PRICE = "price", _("price: what a client pays")
        COST = "cost", _("cost: what we pay")

    vendor = models.ForeignKey(
        Vendor, models.CASCADE, null=True, blank=True, related_name="rate_cards"
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.PRICE, db_default=Kind.PRICE)
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
    """One line of a card. What it leaves empty (language, tier, site) it holds for any of.

    It says one of three: a month of a seat, a productive hour, or a contact.
    """

    card = models.ForeignKey(RateCard, models.CASCADE, related_name="rates")
    role = models.CharField(max_length=30, choices=Role)
    language = models.CharField(
        max_length=2, blank=True, help_text=_("Two letters, as in de; empty for any.")
    )
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="rates")
    monthly = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    hourly = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    per_contact = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["role", "language", "tier", "site", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "role", "language", "tier", "site"],
                nulls_distinct=False,
                name="one_rate",
            ),
            models.CheckConstraint(
                condition=Q(monthly__gt=0, hourly=None, per_contact=None)
                | Q(monthly=None, hourly__gt=0, per_contact=None)
                | Q(monthly=None, hourly=None, per_contact__gt=0),
                name="rate_says_one_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.language}: {self.amount}"

    @property
    def amount(self) -> Decimal:
        return next(x for x in (self.monthly, self.hourly, self.per_contact) if x is not None)


class ExchangeRateQuerySet(models.QuerySet["ExchangeRate"]):
    def newest(self, base: str, quote: str, *, on: date) -> "ExchangeRate | None":
        """Return the rate that holds on a day: the last one stated on or before it."""
        return self.filter(base=base, quote=quote, on__lte=on).order_by("-on").first()


class ExchangeRate(models.Model):
    """What one unit of `base` is in `quote`, stated for a day, and where that stands."""

    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    on = models.DateField()
    rate = models.DecimalField(max_digits=14, decimal_places=6)
    source = models.CharField(max_length=200)

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        ordering = ["base", "quote", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "on"], name="one_exchange_rate"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_is_positive"),
            models.CheckConstraint(condition=~Q(base=models.F("quote")), name="two_currencies"),
        ]

    def __str__(self) -> str:
        return f"1 {self.base} = {self.rate.normalize():f} {self.quote} ({self.on})"

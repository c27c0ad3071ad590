from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
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
        """All for who keeps them, other staff all but our own costs, a vendor's person their own.

        Our costs beside our prices tell our margin, which is not everybody's to know.
        """
        if actor.is_trusted or actor.has_perm("vendors.change_vendor"):
            return self
        if actor.has_perm("vendors.view_vendor"):
            return self.exclude(vendor=None, kind=RateCard.Kind.COST)
        return self.filter(vendor__in=Vendor.objects.visible_to(actor))

    def ours(self) -> Self:
        return self.filter(vendor=None)

    def for_page(self) -> Self:
        return self.prefetch_related("rates__site")

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
        constraints = [
            models.CheckConstraint(
                condition=Q(vendor=None) | Q(kind="cost"), name="vendor_card_is_a_cost"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.currency})"

    @property
    def validity(self) -> str:
        """Say when it is valid, as in "valid from 1 Jan 2026 to 31 Dec 2026"."""
        words = (
            _("valid from %(first)s to %(last)s") if self.valid_to else _("valid from %(first)s")
        )
        last = date_format(self.valid_to, "j M Y") if self.valid_to else ""
        return words % {"first": date_format(self.valid_from, "j M Y"), "last": last}

    def rate_for(
        self, role: str, language: str = "", tier: int | None = None, site: Site | None = None
    ) -> "Rate | None":
        """Return the row that says most about such a seat. Reads `rates`.

        A row holds for a seat if what it names of language, tier and site is the seat's. Of
        several, one that names the site goes before all that do not; then one that names the
        language; then one that names the tier. So (site) goes before (language, tier), and
        (language) before (tier).
        """
        fitting = [rate for rate in self.rates.all() if rate.fits(role, language, tier, site)]
        return max(fitting, key=lambda rate: rate.specificity, default=None)


class Unit(models.TextChoices):
    """What one amount of a rate is for."""

    MONTH = "month", _("a month")
    HOUR = "hour", _("a productive hour")
    CONTACT = "contact", _("a contact")


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
                # Of an empty amount PostgreSQL says neither yes nor no, and a check lets that pass.
                condition=Q(monthly__isnull=False, monthly__gt=0, hourly=None, per_contact=None)
                | Q(monthly=None, hourly__isnull=False, hourly__gt=0, per_contact=None)
                | Q(monthly=None, hourly=None, per_contact__isnull=False, per_contact__gt=0),
                name="rate_says_one_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.language}: {self.amount}"

    def fits(self, role: str, language: str, tier: int | None, site: Site | None) -> bool:
        return (
            self.role == role
            and self.language in {"", language}
            and self.tier in {None, tier}
            and self.site_id in {None, site and site.pk}
        )

    @property
    def specificity(self) -> tuple[bool, bool, bool]:
        """Return whether it names a site, a language, a tier: the greater, the more it says."""
        return self.site_id is not None, bool(self.language), self.tier is not None

    @property
    def unit(self) -> "Unit":
        if self.monthly is not None:
            return Unit.MONTH
        return Unit.HOUR if self.hourly is not None else Unit.CONTACT

    @property
    def amount(self) -> Decimal:
        return next(x for x in (self.monthly, self.hourly, self.per_contact) if x is not None)


class ExchangeRateQuerySet(models.QuerySet["ExchangeRate"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for who keeps rate cards."""
        return self if actor.is_trusted or actor.has_perm("vendors.change_vendor") else self.none()

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

    def get_absolute_url(self) -> str:
        return reverse("vendors:exchange_rate_edit", args=[self.pk])

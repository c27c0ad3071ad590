from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import Actor
from engagements import hours, opening
from engagements.models.requirements import Requirements
from planning.provenance import Figure
from planning.service_year import ServiceYear
from planning.week import Hours, open_half_hours


class Channel(models.TextChoices):
    PHONE = "phone", _("phone")
    CHAT = "chat", _("chat")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    SOCIAL = "social", _("social media")


class ServiceLevelOf(models.TextChoices):
    """The four service levels, as `planning.impatience.LEVELS` counts them."""

    OFFERED = "offered", _("of all offered")
    EXCL = "excl_short_abandons", _("of those offered, but for who hung up in time")
    ANSWERED = "answered", _("of those answered")
    INCL = "incl_short_abandons", _("of all offered, who hung up in time counted as answered")


@dataclass(frozen=True)
class ContactReason:
    """Why people get in touch: its share of all contacts, and that of all reasons until it."""

    name: str
    share: float
    until: float

    @property
    def parts(self) -> list[tuple[str, float]]:
        return [(self.name, self.share)]


class LineQuerySet(models.QuerySet["LineOfBusiness"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(requirements__in=Requirements.objects.visible_to(actor))


class LineOfBusiness(models.Model):
    """A queue of work: a channel in a language, with its hours, its volume and its promise.

    The volume is either `contacts_per_half_hour` (the same all the time), or a `week`: a list of
    [weekday, local time "HH:MM", contacts in that half-hour]. Times are the customers'.
    """

    requirements = models.ForeignKey(Requirements, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PHONE)
    language = models.CharField(max_length=2, help_text=_("Two letters, as in de."))
    language_level = models.CharField(
        max_length=2,
        default="C1",
        choices=[(level, level) for level in ("A1", "A2", "B1", "B2", "C1", "C2")],
    )
    tier = models.PositiveSmallIntegerField(default=1)
    speciality = models.CharField(
        max_length=60,
        blank=True,
        db_default="",
        help_text=_("Of a team inside the tier, as in: wireless."),
    )
    # [reason, share of the contacts], the most frequent first.
    contact_reasons = models.JSONField(default=list, db_default=[], blank=True)
    seats_asked = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        verbose_name=_("agents asked for, at least"),
        validators=[MinValueValidator(1)],
    )
    hours = models.JSONField(
        default=list,
        verbose_name=_("service hours"),
        help_text=_("A list of [weekday, opens, closes]; 1 is Monday, 00:00 closes at midnight."),
    )
    holiday_region = models.CharField(
        max_length=10,
        blank=True,
        db_default="",
        verbose_name=_("public holidays of"),
        help_text=_("Of the customers' country, or a region of it."),
    )
    closed_on_holidays = models.BooleanField(
        default=False, db_default=False, verbose_name=_("closed on public holidays")
    )
    contacts_per_half_hour = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    week = models.JSONField(null=True, blank=True, verbose_name=_("contacts in a week"))
    volume_source = models.CharField(max_length=300, blank=True)
    aht_s = models.PositiveIntegerField(
        verbose_name=_("handling time"),
        help_text=_("Seconds, after-call work included."),
        validators=[MinValueValidator(1)],
    )
    service_level = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.8"),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal("0.999"))],
    )
    threshold_s = models.PositiveIntegerField(default=20)
    max_occupancy = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.85"),
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(1))],
    )
    shrinkage = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.30"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("0.9"))],
    )
    weekly_paid_hours = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=Decimal(40),
        verbose_name=_("paid hours in a week"),
        help_text=_("Of one full-time person."),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(60))],
    )
    service_level_of = models.CharField(
        max_length=20,
        choices=ServiceLevelOf,
        default=ServiceLevelOf.OFFERED,
        verbose_name=_("service level meant"),
        help_text=_("The contract names the same one."),
    )
    patience_s = models.PositiveIntegerField(
        null=True,
        blank=True,
        verbose_name=_("patience"),
        help_text=_(
            "Seconds that callers wait on average before they hang up: all waiting time by the "
            "number of those who hung up. Not the mean wait of those who did."
        ),
        validators=[MinValueValidator(1)],
    )
    deadline_h = models.DecimalField(
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        verbose_name=_("answered within, hours of service"),
        help_text=_("For e-mail and other work that may wait."),
        validators=[MinValueValidator(Decimal("0.5"))],
    )
    volume_cv = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        verbose_name=_("variation of the volume"),
        help_text=_("A share: 0.06 is 6 % up and down, beyond chance. A file of arrivals says it."),
        validators=[MinValueValidator(0), MaxValueValidator(2)],
    )
    concurrency = models.PositiveSmallIntegerField(
        default=1, help_text=_("Chats one agent holds at once."), validators=[MinValueValidator(1)]
    )
    slowdown = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.2"),
        verbose_name=_("slowdown by each further chat"),
        help_text=_("A share: 0.2 makes all of an agent's chats 20 % slower. Measure it."),
        validators=[MinValueValidator(0), MaxValueValidator(3)],
    )
    skills = models.JSONField(
        default=list, help_text=_("A list of {name, kind (hard or soft), level, evidence, uri}.")
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requirements", "name"], name="one_line_name"),
            models.CheckConstraint(
                condition=Q(contacts_per_half_hour__isnull=False) | Q(week__isnull=False),
                name="line_has_a_volume",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours_in_words(self) -> str:
        return hours.in_words(self.hours)

    @property
    def planned_hours(self) -> Hours:
        return hours.planned(self.hours)

    @property
    def open_weekdays(self) -> list[int]:
        """Return the weekdays with hours of service, the morning after a night too; 0 is Monday."""
        return [day for day, slots in enumerate(open_half_hours(self.planned_hours)) if slots.any()]

    @cached_property
    def first_year(self) -> ServiceYear:
        """Count what it is open in the year from the go-live, or from today while none is known."""
        region = self.holiday_region if self.closed_on_holidays else ""
        first = self.requirements.go_live_on or timezone.localdate()
        return opening.first_year(self.planned_hours, region, first)

    @property
    def open_year(self) -> Figure:
        """Return the hours open in that year with their derivation."""
        region = self.holiday_region if self.closed_on_holidays else ""
        return self.first_year.figure(
            subject=self.name, holidays=opening.region_name(region), source=str(self.requirements)
        )

    @property
    def region_name(self) -> str:
        return opening.region_name(self.holiday_region)

    @property
    def pareto(self) -> list[ContactReason]:
        sums = accumulate(share for _reason, share in self.contact_reasons)
        rows = zip(self.contact_reasons, sums, strict=True)
        return [ContactReason(name, share, until) for (name, share), until in rows]

    @property
    def largest_reason(self) -> float:
        return max((share for _reason, share in self.contact_reasons), default=0.0)

    @property
    def busiest_contacts(self) -> float:
        """Return the contacts in the busiest half-hour."""
        if self.week:
            return max(float(contacts) for _day, _at, contacts in self.week)
        return float(self.contacts_per_half_hour or 0)

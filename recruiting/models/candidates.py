from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import search
from core.models import Actor
from vendors.models import Vendor

# The code of a candidate begins to count here: "K-2001" is the first.
FIRST_CODE = 2000


class Source(models.TextChoices):
    CAREERS = "careers", _("careers page")
    IMPORT = "import", _("import")
    HAND = "hand", _("entered by hand")
    VENDOR = "vendor", _("vendor")


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our recruiting staff; for a vendor's person, those the vendor put forward."""
        if actor.is_trusted or actor.has_perm("recruiting.view_candidate"):
            return self
        if actor.has_perm("recruiting.submit_candidate"):
            return self.filter(vendor__people__user=actor.user)
        return self.none()

    def found_by(self, q: str) -> Self:
        """Find by words of the name, e-mail or headline that begin so (accents do not matter),
        by the telephone number or by the code."""
        return self.filter(found_by(q))

    def for_list(self) -> Self:
        return self.select_related("vendor").prefetch_related("facts", "applications__requisition")


class Candidate(models.Model):
    """A person who may be chosen. What is known of them stands in facts."""

    Source = Source

    name = models.CharField(max_length=200)
    # Unaccented and lower: what lists sort and search by, the same on every server.
    sort_name = models.CharField(max_length=200, editable=False, db_index=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text=_("In the form +48221234567."))
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=200, blank=True)
    headline = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    vendor = models.ForeignKey(
        Vendor, models.PROTECT, null=True, blank=True, related_name="candidates"
    )
    language = models.CharField(max_length=10, default="en", help_text=_("Of mails to them."))
    # Which privacy notice they were shown, and when they agreed. Empty: not asked yet.
    notice_version = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    words = models.GeneratedField(
        expression=search.Words("sort_name", "email", "headline"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        indexes = [
            GinIndex(fields=["words"], name="candidate_words"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="candidate_phone"),
            models.Index(fields=["country"], name="candidate_country"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="one_candidate_for_an_email"
            ),
            models.CheckConstraint(
                condition=Q(consented_at=None) | ~Q(notice_version=""),
                name="consent_is_to_a_notice",
            ),
        ]
        permissions = [
            ("submit_candidate", "Can put candidates forward for a vendor"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("recruiting:candidate", args=[self.pk])

    @property
    def code(self) -> str:
        """What a client reads in place of the name."""
        return f"K-{FIRST_CODE + self.pk}"


def found_by(q: str, prefix: str = "") -> Q:
    """Return what finds candidates; `prefix` is the way to them, as in "candidate__".

    The code of something else finds nobody: its letter and digits begin half of all words.
    """
    asked = search.ask(q)
    if asked.code:
        number = asked.number("K")
        return Q(pk=None) if number is None else Q(**{f"{prefix}pk": number - FIRST_CODE})
    if asked.phone:
        return Q(**{f"{prefix}phone__in": [f"+{asked.phone.removeprefix('00')}", asked.phone]})
    words = search.beginnings(asked)
    return Q(pk=None) if words is None else Q(**{f"{prefix}words": words})


def countries_of_candidates() -> list[str]:
    """Return the codes of the countries that candidates are in, for those who may see them all.

    Each is the next one in the index: 0.3 ms at 100,000 candidates, where to look for the
    different ones among all of them takes 25 ms.
    """
    with connection.cursor() as cursor:
        cursor.execute("""
            WITH RECURSIVE known AS (
                SELECT min(country) AS country FROM recruiting_candidate WHERE country > ''
                UNION ALL
                SELECT (
                    SELECT min(next.country) FROM recruiting_candidate next
                    WHERE next.country > known.country
                ) FROM known WHERE known.country IS NOT NULL
            )
            SELECT country FROM known WHERE country IS NOT NULL
        """)
        return [code for (code,) in cursor.fetchall()]


def sort_key(name: str) -> str:
    """Return a name unaccented and lower: "Łukasz Ärm" sorts as "lukasz arm"."""
    return search.fold(name)[:200]


class Fact(models.Model):
    """Something known of a candidate: a skill with its level, where it is from, and since when."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="facts")
    skill = models.CharField(max_length=100, db_index=True)
    level = models.CharField(max_length=50, blank=True)
    source = models.CharField(max_length=100)
    evidence = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["skill", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}".strip()

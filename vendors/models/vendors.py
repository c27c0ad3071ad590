from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, StoredFile, TransitionLog, User
from core.workflow import Blocker, guard


class State(models.TextChoices):
    PROSPECT = "prospect", _("prospect")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    SUSPENDED = "suspended", _("suspended")
    OFFBOARDED = "offboarded", _("offboarded")


class DocumentKind(models.TextChoices):
    REGISTRATION = "registration", _("company registration")
    DATA_PROTECTION = "data_protection", _("data processing agreement")
    INSURANCE = "insurance", _("liability insurance")
    SECURITY = "security", _("security certificate")
    OTHER = "other", _("other")


# Without these, valid today, a vendor is not approved and puts nobody forward.
MANDATORY = [DocumentKind.REGISTRATION, DocumentKind.DATA_PROTECTION, DocumentKind.INSURANCE]


class VendorQuerySet(models.QuerySet["Vendor"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a vendor's person, their own."""
        if actor.is_trusted or actor.has_perm("vendors.view_vendor"):
            return self
        if actor.has_perm("vendors.view_own_vendor"):
            return self.filter(people__user=actor.user)
        return self.none()

    def for_steps(self) -> Self:
        return self.prefetch_related("documents", "people__user")

    def approved(self) -> Self:
        return self.filter(state=State.APPROVED)

    def for_page(self) -> Self:
        return self.prefetch_related(
            "documents__file", "people__user", "sites", "rate_cards__rates__site"
        )

    def for_list(self) -> Self:
        return self.prefetch_related("documents", "people__user", "sites")


class Vendor(models.Model):
    """A company that delivers seats with us, or puts candidates forward."""

    State = State

    class Kind(models.TextChoices):
        DELIVERY = "delivery", _("delivery partner")
        SOURCING = "sourcing", _("sourcing agency")

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DELIVERY)
    country = models.CharField(max_length=2, help_text=_("Two letters, as in PL."))
    notes = models.TextField(blank=True)
    state = FSMField(choices=State, default=State.PROSPECT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = VendorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        permissions = [
            ("approve_vendor", "Can approve, suspend and offboard vendors"),
            ("view_own_vendor", "Can see the vendor they belong to"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("vendors:vendor", args=[self.pk])

    def lacking_documents(self, on: date) -> list[str]:
        """Return the mandatory kinds of document of which none is valid on that day."""
        valid = {doc.kind for doc in self.documents.all() if doc.is_valid(on)}
        return [str(kind.label) for kind in MANDATORY if kind not in valid]

    def next_expiry(self, on: date) -> date | None:
        """Return the first day after `on` when a mandatory kind of document will be lacking."""
        ends = [
            max((doc.expires_on or date.max for doc in valid), default=date.max)
            for kind in MANDATORY
            if (valid := [d for d in self.documents.all() if d.kind == kind and d.is_valid(on)])
        ]
        first = min(ends, default=date.max)
        return None if first == date.max else first

    def documents_blockers(self, on: date) -> list[Blocker]:
        """Say which mandatory documents are lacking on that day, and who can send them."""
        lacking = self.lacking_documents(on)
        if not lacking:
            return []
        clears = next((str(person) for person in self.people.all()), self.name)
        reason = _("Missing or expired: %(documents)s.") % {"documents": ", ".join(lacking)}
        return [Blocker(reason, clears, self.get_absolute_url())]

    @guard(_("Mandatory documents are missing or expired."), clears=_("the vendor"))
    def has_valid_documents(self) -> bool | Blocker:
        return next(iter(self.documents_blockers(timezone.localdate())), True)

    @guard(_("Nobody at the vendor has access yet: invite a person."), clears=_("our staff"))
    def has_a_person(self) -> bool:
        return bool(self.people.all())

    @transition(
        state,
        State.PROSPECT,
        State.IN_REVIEW,
        permission="vendors.change_vendor",
        custom={"label": _("Send to review"), "main": True},
    )
    def submit(self) -> None: ...

    @transition(
        state,
        State.IN_REVIEW,
        State.APPROVED,
        permission="vendors.approve_vendor",
        conditions=[has_valid_documents, has_a_person],
        custom={"main": True},
    )
    def approve(self) -> None: ...

    @transition(state, State.IN_REVIEW, State.PROSPECT, permission="vendors.approve_vendor")
    def send_back(self) -> None: ...

    @transition(
        state,
        State.APPROVED,
        State.SUSPENDED,
        permission="vendors.approve_vendor",
        custom={"danger": True},
    )
    def suspend(self) -> None: ...

    @transition(
        state,
        State.SUSPENDED,
        State.APPROVED,
        permission="vendors.approve_vendor",
        conditions=[has_valid_documents],
        custom={"main": True},
    )
    def reinstate(self) -> None: ...

    @transition(
        state,
        [State.PROSPECT, State.IN_REVIEW, State.APPROVED, State.SUSPENDED],
        State.OFFBOARDED,
        permission="vendors.approve_vendor",
        custom={"danger": True},
    )
    def offboard(self) -> None: ...


class VendorLog(TransitionLog):
    subject = models.ForeignKey(Vendor, models.CASCADE, related_name="log")


class VendorPerson(models.Model):
    """Someone at a vendor who signs in."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="people")
    user = models.OneToOneField(User, models.CASCADE, related_name="vendor_person")

    def __str__(self) -> str:
        return str(self.user)

    @staticmethod
    def elsewhere(email: str, vendor: Vendor) -> bool:
        """Tell whether the address is taken by somebody who is not at this vendor."""
        taken = User.objects.filter(email__iexact=email)
        return taken.exclude(vendor_person__vendor=vendor).exists()


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a vendor's person, their own."""
        if actor.is_trusted or actor.has_perm("vendors.view_vendor"):
            return self
        return self.filter(vendor__in=Vendor.objects.visible_to(actor))

    def ours(self) -> Self:
        return self.filter(vendor=None)

    def for_plans(self) -> Self:
        """Those at which teams can be planned: our own, and those of approved vendors."""
        approved = models.Q(vendor=None) | models.Q(vendor__state=State.APPROVED)
        return self.filter(approved).select_related("vendor")


class Site(models.Model):
    """A place where teams work: ours, or a vendor's."""

    vendor = models.ForeignKey(
        Vendor,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sites",
        help_text=_("Empty for a site of our own."),
    )
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=50)
    seats = models.PositiveIntegerField(help_text=_("How many people can work there at once."))

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"


class VendorDocumentQuerySet(models.QuerySet["VendorDocument"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(vendor__in=Vendor.objects.visible_to(actor))


class VendorDocument(models.Model):
    """A document of a vendor, with the day on which it ceases to be valid."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    valid_from = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = VendorDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-expires_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on=None)
                | models.Q(expires_on__gt=models.F("valid_from")),
                name="document_expires_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.vendor}"

    @property
    def is_mandatory(self) -> bool:
        return self.kind in MANDATORY

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.expires_on is None or on < self.expires_on)

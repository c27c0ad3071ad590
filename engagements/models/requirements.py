from decimal import Decimal
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, TransitionLog
from core.workflow import guard
from engagements.models.clients import Client
from engagements.models.engagements import Engagement


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("accepted")
    SUPERSEDED = "superseded", _("superseded")


class StructureWish(models.TextChoices):
    FLAT = "flat", _("flat: leads report to one manager")
    HIERARCHICAL = "hierarchical", _("hierarchical: supervisors between leads and manager")
    GEOGRAPHIC = "geographic", _("geographic: all roles at each site")


class Complexity(models.TextChoices):
    """How much somebody has to know to help: it suggests how many tiers there are."""

    SIMPLE = "simple", _("simple: most answers are in one handbook")
    MODERATE = "moderate", _("moderate: some questions need a specialist")
    COMPLEX = "complex", _("complex: several kinds of specialists")


class Security(models.TextChoices):
    PCI = "pci", _("PCI DSS: card data is heard or seen")
    HIPAA = "hipaa", _("HIPAA: health data of people in the USA")
    GDPR = "gdpr", _("GDPR: data of people in the EU or EEA")
    NONE = "none", _("none of these")


class RequirementsQuerySet(models.QuerySet["Requirements"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the engagements that somebody sees; a client's person no draft of ours."""
        rows = self.filter(engagement__in=Engagement.objects.visible_to(actor))
        if not actor.is_trusted and not actor.has_perm("engagements.view_client"):
            return rows.exclude(state=State.DRAFT, with_client=False)
        return rows

    def writable_by(self, actor: Actor) -> Self:
        """Drafts that somebody may fill in: staff all, a client's person those opened to them."""
        drafts = self.visible_to(actor).filter(state=State.DRAFT)
        if actor.is_trusted or actor.has_perm("engagements.change_requirements"):
            return drafts
        if actor.has_perm("engagements.give_requirements"):
            return drafts.filter(with_client=True)
        return self.none()

    def for_steps(self) -> Self:
        return self.prefetch_related("lines")

    def for_page(self) -> Self:
        return self.select_related("engagement__client", "asked_by").prefetch_related(
            "lines", "plans", "measures", "assumptions__owner", "assumptions__line"
        )

    def for_intake(self) -> Self:
        """Load what the steps of the intake ask, and whether each is answered."""
        return self.select_related("engagement__client", "asked_by").prefetch_related(
            "lines", "measures", "assumptions__line"
        )


class Requirements(models.Model):
    """What the client needs: one version, which another follows once it is submitted."""

    State = State

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="requirements")
    version = models.PositiveSmallIntegerField(default=1)
    # The five factors of a team's structure: deployment, size, industry, scope and geography.
    scope_of_service = models.TextField(blank=True)
    deployment = models.TextField(
        blank=True, help_text=_("Software and channels that are in use today.")
    )
    channels_in_use = models.JSONField(default=list, db_default=[], blank=True)
    industry = models.CharField(max_length=100, blank=True, db_default="")
    business_size = models.CharField(max_length=10, choices=Client.Size, blank=True, db_default="")
    complexity = models.CharField(
        max_length=10,
        choices=Complexity,
        default=Complexity.SIMPLE,
        db_default=Complexity.SIMPLE,
        verbose_name=_("complexity of what is asked"),
    )
    delivery_countries = models.JSONField(
        default=list, help_text=_("Two letters each, as in PL, ES.")
    )
    customer_time_zone = models.CharField(max_length=50)
    structure_wish = models.CharField(
        max_length=20, choices=StructureWish, default=StructureWish.FLAT
    )
    security = models.JSONField(
        default=list, db_default=[], blank=True, verbose_name=_("security needs")
    )
    security_notes = models.TextField(blank=True, db_default="")
    budget_monthly = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        verbose_name=_("budget for a month"),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    go_live_on = models.DateField(null=True, blank=True, verbose_name=_("go-live"))
    # [weeks after the go-live, share of the seats at work by then]; empty: all on the first day.
    ramp = models.JSONField(default=list, db_default=[], blank=True)
    # A draft that the client's people may fill in; and what they asked for, if it is their wish.
    with_client = models.BooleanField(default=False, db_default=False)
    asked = models.TextField(blank=True, db_default="")
    asked_by = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # Set when it is submitted: all it says, and the hash of that (core.versions).
    frozen = models.JSONField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    state = FSMField(choices=State, default=State.DRAFT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RequirementsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "requirements"
        ordering = ["engagement", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "version"], name="one_requirements_version"
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(state="accepted"),
                name="one_accepted_requirements",
            ),
        ]
        permissions = [
            ("give_requirements", "Can fill in requirements, and submit them"),
            ("accept_requirements", "Can accept requirements or send them back"),
        ]

    def __str__(self) -> str:
        return f"{self.engagement}, requirements v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:requirements", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return bool(self.state == State.DRAFT)

    @guard(_("There is no line of business yet."), clears=_("whoever writes the requirements"))
    def has_lines(self) -> bool:
        return bool(self.lines.all())

    @guard(_("The go-live date is not known yet."), clears=_("whoever writes the requirements"))
    def has_a_day(self) -> bool:
        return self.go_live_on is not None

    @guard(_("The scope of service is not written."), clears=_("whoever writes the requirements"))
    def has_a_scope(self) -> bool:
        return bool(self.scope_of_service.strip())

    @transition(
        state,
        State.DRAFT,
        State.SUBMITTED,
        permission="engagements.give_requirements",
        conditions=[has_lines, has_a_day, has_a_scope],
        custom={
            "label": _("Submit"),
            "route": "engagements:submit",
            "asks": False,
            "main": True,
        },
    )
    def submit(self, *, frozen: Any, sha256: str) -> None:
        self.frozen, self.sha256 = frozen, sha256

    @transition(
        state,
        State.SUBMITTED,
        State.DRAFT,
        permission="engagements.accept_requirements",
        custom={"label": _("Send back"), "route": "engagements:send_back"},
    )
    def send_back(self) -> None:
        self.frozen, self.sha256 = None, ""

    @transition(
        state,
        State.SUBMITTED,
        State.ACCEPTED,
        permission="engagements.accept_requirements",
        custom={
            "label": _("Accept"),
            "route": "engagements:accept",
            "asks": False,
            "main": True,
        },
    )
    def accept(self) -> None: ...

    @transition(
        state,
        State.ACCEPTED,
        State.SUPERSEDED,
        custom={"label": _("Supersede"), "automatic": True},
    )
    def supersede(self) -> None: ...


class RequirementsLog(TransitionLog):
    subject = models.ForeignKey(Requirements, models.CASCADE, related_name="log")

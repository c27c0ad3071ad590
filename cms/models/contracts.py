from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.snippets.models import register_snippet

from cms.models.proposals import Proposal
from core.models import Actor, StoredFile, TransitionLog
from core.workflow import Blocker, guard
from engagements.models import Client, Engagement


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    NEGOTIATION = "negotiation", _("in negotiation")
    ISSUED = "issued", _("issued")
    PARTLY_SIGNED = "partly_signed", _("partly signed")
    EXECUTED = "executed", _("executed")
    TERMINATED = "terminated", _("terminated")
    VOID = "void", _("void")
    EXPIRED = "expired", _("expired")


GONE = [State.TERMINATED, State.VOID, State.EXPIRED]


@register_snippet
class Clause(models.Model):
    """A clause of the library. Contracts keep the text they were made with."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    body = RichTextField(
        features=["bold", "italic", "ol", "ul"],
        help_text=_(
            "Have counsel review it before you use it. [provider], [client], [seats], [total] and "
            "[go_live] are replaced when a contract is drawn."
        ),
    )
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)
    is_mandatory = models.BooleanField(
        default=True, help_text=_("Every contract has it; others are chosen for each contract.")
    )

    panels = [FieldPanel(name) for name in ("key", "title", "body", "position", "is_mandatory")]

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count a version for each change of the text, which contracts name."""
        before = Clause.objects.filter(pk=self.pk).first()
        if before and (before.title, before.body) != (self.title, self.body):
            self.version = before.version + 1
        super().save(*args, **kwargs)


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff who may see them; for a client's person, what was issued to it."""
        if actor.is_trusted:
            return self
        if not actor.has_perm("cms.view_contract"):
            return self.none()
        if actor.has_perm("engagements.view_client"):
            return self
        issued = ContractLog.objects.filter(step="issue").values("subject")
        return self.filter(engagement__client__in=Client.objects.of(actor), pk__in=issued)

    def current(self) -> Self:
        """Those that bind, or are on the way to it."""
        return self.exclude(state__in=GONE)

    def for_steps(self) -> Self:
        return self.select_related(
            "engagement__client", "engagement__owner", "proposal", "document"
        ).prefetch_related("signatures__by__user")


class Contract(models.Model):
    """An agreement drawn from clauses and an accepted proposal's figures, signed by both sides."""

    State = State

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="contracts")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=20, unique=True)
    # The text with its figures, as frozen when it was drawn: what is rendered and signed.
    data = models.JSONField(default=dict)
    html = models.TextField()
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    executed_document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)
    state = FSMField(choices=State, default=State.DRAFT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=~Q(state__in=["terminated", "void", "expired"]),
                name="one_current_contract_of_a_proposal",
            )
        ]
        permissions = [
            ("sign_contract", "Can sign contracts for us"),
            ("countersign_contract", "Can sign contracts for the client"),
        ]

    def __str__(self) -> str:
        return gettext("Contract %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("cms:contract", args=[self.pk])

    def is_signed_by(self, side: str) -> bool:
        return any(signature.side == side for signature in self.signatures.all())

    def side_of(self, actor: Actor) -> str:
        """Say for which side somebody may sign; "" for neither. Nobody signs for the other side."""
        if actor.user is None:
            return ""
        if actor.user.is_staff:
            return Signature.Side.US if actor.has_perm("cms.sign_contract") else ""
        return Signature.Side.CLIENT if actor.has_perm("cms.countersign_contract") else ""

    def signing_blocker(self, side: str) -> Blocker | None:
        """Say why this side can't sign now."""
        if self.state not in {State.ISSUED, State.PARTLY_SIGNED}:
            state = self.get_state_display()
            return Blocker(gettext("It can't be signed: it is %(state)s.") % {"state": state})
        if self.is_signed_by(side):
            return Blocker(gettext("It is signed for this side already."))
        return None

    def may_be_signed_by(self, actor: Actor) -> bool:
        side = self.side_of(actor)
        return bool(side) and self.signing_blocker(side) is None

    @property
    def document_sha256(self) -> str:
        return self.document.sha256 if self.document else ""

    @property
    def waits_for_client(self) -> bool:
        return self._waits_for(Signature.Side.CLIENT)

    @property
    def waits_for_us(self) -> bool:
        return self._waits_for(Signature.Side.US)

    def _waits_for(self, side: str) -> bool:
        return self.signing_blocker(side) is None

    @guard(_("Its PDF is still being made."), clears=_("the worker"))
    def has_document(self) -> bool:
        return self.document_id is not None

    @guard(_("One side has not signed."), clears=_("whoever signs for it"))
    def both_have_signed(self) -> bool:
        return self.is_signed_by(Signature.Side.US) and self.is_signed_by(Signature.Side.CLIENT)

    @transition(
        state,
        State.DRAFT,
        State.NEGOTIATION,
        permission="cms.change_contract",
        custom={"label": _("Negotiate")},
    )
    def negotiate(self) -> None: ...

    @transition(
        state,
        [State.DRAFT, State.NEGOTIATION],
        State.ISSUED,
        permission="cms.change_contract",
        conditions=[has_document],
        custom={
            "label": _("Issue for signature"),
            "route": "cms:issue_contract",
            "main": True,
        },
    )
    def issue(self) -> None: ...

    @transition(state, State.ISSUED, State.PARTLY_SIGNED, custom={"automatic": True})
    def sign_first(self) -> None: ...

    @transition(
        state,
        State.PARTLY_SIGNED,
        State.EXECUTED,
        conditions=[both_have_signed],
        custom={"automatic": True},
    )
    def execute(self) -> None: ...

    @transition(
        state,
        State.EXECUTED,
        State.TERMINATED,
        permission="cms.change_contract",
        custom={"danger": True},
    )
    def terminate(self) -> None: ...

    @transition(
        state,
        [State.DRAFT, State.NEGOTIATION, State.ISSUED, State.PARTLY_SIGNED],
        State.VOID,
        permission="cms.change_contract",
        custom={"route": "cms:void_contract", "danger": True},
    )
    def void(self, *, reason: str) -> None:
        self.void_reason = reason

    @transition(
        state, [State.ISSUED, State.PARTLY_SIGNED], State.EXPIRED, custom={"automatic": True}
    )
    def expire(self) -> None: ...


class ContractLog(TransitionLog):
    subject = models.ForeignKey(Contract, models.CASCADE, related_name="log")


class Signature(models.Model):
    """That a named person signed, for which side, and what they signed: the document's hash."""

    class Side(models.TextChoices):
        US = "us", _("us")
        CLIENT = "client", _("the client")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    signed_at = models.DateTimeField(default=timezone.now)
    document_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "side"], name="one_signature_for_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.get_side_display()}"

    @property
    def email(self) -> str:
        return self.by.user.email if self.by.user else ""

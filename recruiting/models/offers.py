from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, StoredFile, TransitionLog
from core.workflow import guard
from engagements.models import Seat
from recruiting.models.applications import Application


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_APPROVAL = "in_approval", _("in approval")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    RESCINDED = "rescinded", _("rescinded")


# An open offer reserves its seat.
OPEN = [State.DRAFT, State.IN_APPROVAL, State.APPROVED, State.SENT]


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("recruiting.view_offer"):
            return self
        return self.none()

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def overdue(self, *, on: date) -> Self:
        """Sent ones whose last day to answer is past."""
        return self.filter(state=State.SENT, expires_on__lt=on)

    def for_steps(self) -> Self:
        return self.select_related("application__candidate", "application__requisition", "seat")


class Offer(models.Model):
    """What we offer to a candidate, and the one seat that is kept for the answer."""

    State = State

    application = models.ForeignKey(Application, models.PROTECT, related_name="offers")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="offers")
    version = models.PositiveSmallIntegerField(default=1)
    monthly_salary = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    expires_on = models.DateField(help_text=_("The last day to answer."))
    answer_note = models.TextField(blank=True)
    letter = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = FSMField(choices=State, default=State.DRAFT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)
    # When whoever accepted left the seat, so that it can be offered again.
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state__in=[*OPEN, State.ACCEPTED], ended_at=None),
                name="one_offer_for_a_seat",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[*OPEN, State.ACCEPTED], ended_at=None),
                name="one_open_offer_for_an_application",
            ),
            models.CheckConstraint(condition=Q(monthly_salary__gt=0), name="salary_is_positive"),
        ]
        permissions = [
            ("draft_offer", "Can draft, revise and rescind offers"),
            ("approve_offer", "Can approve offers or send them back"),
            ("send_offer", "Can send offers"),
            ("answer_offer", "Can accept or decline the offer they hold the link of"),
        ]

    def __str__(self) -> str:
        return f"Offer to {self.application.candidate}"

    def get_absolute_url(self) -> str:
        return reverse("recruiting:offer_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @guard(_("Its last day to answer is past: revise it."), clears=_("the recruiter"))
    def is_in_time(self) -> bool:
        return self.expires_on >= timezone.localdate()

    @transition(
        state,
        State.DRAFT,
        State.IN_APPROVAL,
        permission="recruiting.draft_offer",
        conditions=[is_in_time],
        custom={"label": _("Ask for approval"), "main": True},
    )
    def submit(self) -> None: ...

    # Taken by a round of approval, which knows who may: see recruiting/approvals.py.
    @transition(
        state,
        State.IN_APPROVAL,
        State.APPROVED,
        custom={"automatic": True},
    )
    def approve(self) -> None: ...

    @transition(
        state,
        State.IN_APPROVAL,
        State.DRAFT,
        custom={"label": _("Send back"), "automatic": True},
    )
    def send_back(self) -> None: ...

    @transition(
        state,
        State.APPROVED,
        State.SENT,
        permission="recruiting.send_offer",
        conditions=[is_in_time],
        custom={
            "label": _("Send to the candidate"),
            "route": "recruiting:send_offer",
            "main": True,
        },
    )
    def send(self) -> None: ...

    @transition(
        state,
        [State.APPROVED, State.SENT],
        State.DRAFT,
        permission="recruiting.draft_offer",
        custom={"route": "recruiting:revise_offer"},
    )
    def revise(self, **changes: Any) -> None:
        self.version += 1
        self.letter = None
        for name in ("monthly_salary", "starts_on", "expires_on"):
            setattr(self, name, changes.get(name, getattr(self, name)))

    @transition(
        state,
        State.SENT,
        State.ACCEPTED,
        permission="recruiting.answer_offer",
        conditions=[is_in_time],
        custom={"automatic": True},
    )
    def accept(self) -> None: ...

    @transition(
        state,
        State.SENT,
        State.DECLINED,
        permission="recruiting.answer_offer",
        custom={"automatic": True},
    )
    def decline(self, *, answer: str = "") -> None:
        self.answer_note = answer

    @transition(state, State.SENT, State.EXPIRED, custom={"automatic": True})
    def expire(self) -> None: ...

    @transition(
        state,
        OPEN,
        State.RESCINDED,
        permission="recruiting.draft_offer",
        custom={"route": "recruiting:rescind_offer", "danger": True},
    )
    def rescind(self) -> None: ...


class OfferLog(TransitionLog):
    subject = models.ForeignKey(Offer, models.CASCADE, related_name="log")

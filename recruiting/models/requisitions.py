from typing import Self

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, TransitionLog, User
from core.workflow import Blocker, guard
from engagements.models import Engagement, LineOfBusiness, Seat
from recruiting.models.criteria import CriteriaSet
from vendors.models import Role, Vendor


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_APPROVAL = "in_approval", _("in approval")
    OPEN = "open", _("open")
    ON_HOLD = "on_hold", _("on hold")
    FILLED = "filled", _("filled")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


# A reserved seat waits until the offer it is reserved for is accepted.
WAITING = {Seat.State.REQUISITIONED, Seat.State.RESERVED}


def _count(rows: models.QuerySet[Seat]) -> Coalesce:
    by_requisition = rows.values("requisitions").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(by_requisition), 0)


def is_given(seat: Seat) -> bool:
    """Say whether somebody accepted the offer of this seat. Reads the seat's `offers`."""
    return any(o.state == "accepted" and o.ended_at is None for o in seat.offers.all())


class RequisitionQuerySet(models.QuerySet["Requisition"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a vendor's person, those given to the vendor and open."""
        if actor.is_trusted or actor.has_perm("recruiting.view_requisition"):
            return self
        if actor.has_perm("recruiting.submit_candidate"):
            return self.filter(vendors__people__user=actor.user).exclude(
                state__in=[State.DRAFT, State.IN_APPROVAL]
            )
        return self.none()

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def with_counts(self) -> Self:
        """Annotate how many seats are asked for, and how many of them nobody was given."""
        seats = Seat.objects.filter(requisitions=OuterRef("pk")).order_by()
        free = seats.filter(state__in=[Seat.State.APPROVED, Seat.State.REQUISITIONED])
        return self.annotate(seat_count=_count(seats), open_count=_count(free)).annotate(
            filled_count=F("seat_count") - F("open_count")
        )

    def with_is_past(self) -> Self:
        """Annotate whether it is open no more, or not yet: open ones sort first."""
        return self.annotate(
            is_past=ExpressionWrapper(~Q(state=State.OPEN), output_field=models.BooleanField())
        )

    def for_steps(self) -> Self:
        return self.select_related("engagement__client", "criteria_set").prefetch_related(
            "seats__offers", "applications"
        )


class Requisition(models.Model):
    """The order to fill named seats, by an approved criteria set."""

    State = State

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="requisitions")
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=30, choices=Role, default=Role.AGENT)
    line = models.ForeignKey(
        LineOfBusiness, models.PROTECT, null=True, blank=True, related_name="requisitions"
    )
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="requisitions")
    seats = models.ManyToManyField(Seat, related_name="requisitions")
    vendors = models.ManyToManyField(Vendor, blank=True, related_name="requisitions")
    recruiter = models.ForeignKey(User, models.PROTECT, related_name="requisitions")
    country = models.CharField(max_length=2, help_text=_("Where the work is, as in PL."))
    place = models.CharField(max_length=200, help_text=_("A city, or: remote."))
    description = models.TextField(help_text=_("What candidates read on the careers page."))
    monthly_salary_from = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True
    )
    monthly_salary_to = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    has_assessment = models.BooleanField(
        default=False, help_text=_("Candidates are tested between screening and interview.")
    )
    has_client_review = models.BooleanField(
        default=True, help_text=_("The client sees candidates before an offer.")
    )
    target_on = models.DateField(help_text=_("By when all seats should be filled."))
    state = FSMField(choices=State, default=State.DRAFT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RequisitionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_salary_from=None)
                | Q(monthly_salary_to__gte=F("monthly_salary_from")),
                name="salary_band_is_a_band",
            )
        ]
        permissions = [("approve_requisition", "Can approve requisitions or send them back")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("recruiting:requisition", args=[self.pk])

    @guard(_("It asks for no seat."), clears=_("the recruiter"))
    def asks_for_seats(self) -> bool:
        return bool(self.seats.all())

    @guard(_("The criteria are not approved by the client."), clears=_("the client"))
    def has_approved_criteria(self) -> bool:
        return self.criteria_set.state == CriteriaSet.State.APPROVED

    @guard(_("A seat is no longer free."), clears=_("the recruiter"))
    def seats_are_free(self) -> bool | Blocker:
        taken = [seat.number for seat in self.seats.all() if seat.state != Seat.State.APPROVED]
        if not taken:
            return True
        return Blocker(
            f"Not approved, or asked for elsewhere: {', '.join(taken)}.", "the recruiter"
        )

    @guard(_("Seats still wait for somebody."), clears=_("the recruiter"))
    def every_seat_is_taken(self) -> bool:
        return not any(seat.state in WAITING and not is_given(seat) for seat in self.seats.all())

    @guard(_("Applications are still open."), clears=_("the recruiter"))
    def nobody_waits(self) -> bool | Blocker:
        waiting = [a for a in self.applications.all() if a.is_active]
        if not waiting:
            return True
        return Blocker(
            f"Applications still open: {len(waiting)}. Hire, reject or withdraw them.",
            str(self.recruiter),
            self.get_absolute_url(),
        )

    @transition(
        state,
        State.DRAFT,
        State.IN_APPROVAL,
        permission="recruiting.change_requisition",
        conditions=[asks_for_seats],
        custom={"label": _("Ask for approval"), "main": True},
    )
    def submit(self) -> None: ...

    @transition(
        state,
        State.IN_APPROVAL,
        State.DRAFT,
        custom={"label": _("Send back"), "automatic": True},
    )
    def send_back(self) -> None: ...

    # Taken by a round of approval, which knows who may: see recruiting/approvals.py.
    @transition(
        state,
        State.IN_APPROVAL,
        State.OPEN,
        conditions=[asks_for_seats, has_approved_criteria, seats_are_free],
        custom={"label": _("Approve and open"), "automatic": True},
    )
    def approve(self) -> None: ...

    @transition(
        state,
        State.OPEN,
        State.ON_HOLD,
        permission="recruiting.change_requisition",
        custom={"label": _("Put on hold")},
    )
    def hold(self) -> None: ...

    @transition(
        state,
        State.ON_HOLD,
        State.OPEN,
        permission="recruiting.change_requisition",
        custom={"main": True},
    )
    def resume(self) -> None: ...

    # On hold as well: an offer that was sent before may be the last one to be accepted.
    @transition(
        state,
        [State.OPEN, State.ON_HOLD],
        State.FILLED,
        conditions=[every_seat_is_taken],
        custom={"automatic": True},
    )
    def fill(self) -> None: ...

    @transition(
        state,
        State.FILLED,
        State.CLOSED,
        permission="recruiting.change_requisition",
        conditions=[nobody_waits],
        custom={"main": True},
    )
    def close(self) -> None: ...

    @transition(
        state,
        [State.DRAFT, State.IN_APPROVAL, State.OPEN, State.ON_HOLD],
        State.CANCELLED,
        permission="recruiting.approve_requisition",
        conditions=[nobody_waits],
        custom={"route": "recruiting:cancel_requisition", "asks": False, "danger": True},
    )
    def cancel(self) -> None: ...


class RequisitionLog(TransitionLog):
    subject = models.ForeignKey(Requisition, models.CASCADE, related_name="log")

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, TransitionLog
from engagements.models.engagements import Engagement
from engagements.models.lines import LineOfBusiness
from engagements.models.plans import StaffingPlan, Team
from vendors.models import Role, Site


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    APPROVED = "approved", _("approved")
    REQUISITIONED = "requisitioned", _("requisitioned")
    RESERVED = "reserved", _("reserved")
    IN_TRAINING = "in_training", _("in training")
    NESTING = "nesting", _("nesting")
    LIVE = "live", _("live")
    VACATED = "vacated", _("vacated")
    CANCELLED = "cancelled", _("cancelled")


class Shift(models.TextChoices):
    """When somebody works, in the site's own time. The keys are those of `planning.shifts`."""

    EARLY = "early", _("early, 06:00 to 14:00")
    DAY = "day", _("day, 09:00 to 17:00")
    LATE = "late", _("late, 14:00 to 22:00")
    NIGHT = "night", _("night, 22:00 to 06:00")


GONE = [State.VACATED, State.CANCELLED]


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(engagement__in=Engagement.objects.visible_to(actor))

    def wanted(self) -> Self:
        """Neither vacated nor cancelled: what headcount and billing are sums over."""
        return self.exclude(state__in=GONE)

    def for_list(self) -> Self:
        return self.select_related("engagement__client", "plan", "team", "line", "site")

    def counts_by_state(self) -> dict[str, int]:
        rows = self.order_by().values("state").annotate(n=Count("pk"))
        return {row["state"]: row["n"] for row in rows}


class Seat(models.Model):
    """One place in a team. Headcount, billing and readiness are sums over seats only."""

    State = State

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="seats")
    plan = models.ForeignKey(StaffingPlan, models.PROTECT, related_name="seats")
    number = models.CharField(max_length=20)
    role = models.CharField(max_length=30, choices=Role)
    line = models.ForeignKey(
        LineOfBusiness, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="seats")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, blank=True)
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    shift = models.CharField(max_length=20, choices=Shift, blank=True, db_default="")
    # 1 is full time. Whoever holds several roles has their shares in `duties`: [role, share].
    fte = models.DecimalField(
        max_digits=3, decimal_places=2, default=Decimal(1), db_default=Decimal(1)
    )
    duties = models.JSONField(default=list, db_default=[], blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = FSMField(choices=State, default=State.PLANNED, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["engagement", "number"]
        indexes = [models.Index(fields=["engagement", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="one_seat_number"),
            models.CheckConstraint(
                condition=Q(fte__gt=0, fte__lte=1), name="seat_is_at_most_one_person"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("engagements:seat", args=[self.pk])

    # What moves a seat is what happens elsewhere: a requisition, an offer, a class.
    # These steps are taken by actions, on behalf of whoever did that.

    @transition(
        state,
        State.PLANNED,
        State.APPROVED,
        custom={"automatic": True},
    )
    def approve(self) -> None: ...

    @transition(
        state,
        State.APPROVED,
        State.REQUISITIONED,
        custom={"automatic": True},
    )
    def requisition(self) -> None: ...

    @transition(
        state,
        State.REQUISITIONED,
        State.APPROVED,
        custom={"label": _("Give back"), "automatic": True},
    )
    def give_back(self) -> None: ...

    @transition(
        state,
        State.REQUISITIONED,
        State.RESERVED,
        custom={"automatic": True},
    )
    def reserve(self) -> None: ...

    @transition(
        state,
        State.RESERVED,
        State.REQUISITIONED,
        custom={"automatic": True},
    )
    def free(self) -> None: ...

    @transition(
        state,
        State.RESERVED,
        State.IN_TRAINING,
        custom={"automatic": True},
    )
    def train(self) -> None: ...

    @transition(
        state,
        State.IN_TRAINING,
        State.NESTING,
        custom={"automatic": True},
    )
    def nest(self) -> None: ...

    @transition(
        state,
        State.NESTING,
        State.LIVE,
        custom={"automatic": True},
    )
    def go_live(self) -> None: ...

    @transition(
        state,
        [State.RESERVED, State.IN_TRAINING, State.NESTING, State.LIVE],
        State.VACATED,
        permission="engagements.change_seat",
        custom={"label": _("Vacate"), "danger": True},
    )
    def vacate(self) -> None: ...

    @transition(
        state,
        State.VACATED,
        State.APPROVED,
        permission="engagements.change_seat",
        custom={"label": _("Reopen for a backfill"), "main": True},
    )
    def reopen(self) -> None: ...

    @transition(
        state,
        [State.PLANNED, State.APPROVED, State.VACATED],
        State.CANCELLED,
        permission="engagements.change_seat",
        custom={"danger": True},
    )
    def cancel(self) -> None: ...


class SeatLog(TransitionLog):
    subject = models.ForeignKey(Seat, models.CASCADE, related_name="log")

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
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
# Somebody has it, or it is kept for them.
HELD = [State.RESERVED, State.IN_TRAINING, State.NESTING, State.LIVE]
AGREED = [State.APPROVED, State.REQUISITIONED]


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the first moment after a day, which may have had 23 or 25 hours."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(engagement__in=Engagement.objects.visible_to(actor))

    def wanted(self) -> Self:
        """Neither vacated nor cancelled: what headcount and billing are sums over."""
        return self.exclude(state__in=GONE)

    def as_of(self, day: date, zone: tzinfo) -> Self:
        """Keep the seats that there were at the end of a day, each with its `state_then`.

        Of a day to come it is today's state. A seat that was taken over with its history is
        there since the first line of it; one that has no line has always been as it is.
        """
        end = end_of(day, zone)
        lines = SeatLog.objects.filter(subject=OuterRef("pk"))
        before = lines.filter(at__lt=end)
        return self.filter(Q(created_at__lt=end) | Exists(before)).annotate(
            state_then=Coalesce(
                Subquery(before.order_by("-at", "-pk").values("target")[:1]),
                Subquery(lines.order_by("at", "pk").values("source")[:1]),
                F("state"),
                output_field=models.CharField(),
            )
        )

    def with_vacancy(self, day: date, zone: tzinfo) -> Self:
        """As `as_of`, and `vacant_since`: the day since which nobody holds the seat.

        That is the last day of whoever left, or, of an agreed seat that nobody has had
        yet, the day on which it should have started. None where it is not vacant.
        """
        left = SeatLog.objects.filter(
            subject=OuterRef("pk"), step="vacate", at__lt=end_of(day, zone)
        ).order_by("-at", "-pk")
        left_on = Subquery(left.values(day=TruncDate("at", tzinfo=zone))[:1])
        given_up = Q(left_on__isnull=False, state_then__in=[State.PLANNED, *AGREED])
        vacant_since = Case(
            When(state_then=State.VACATED, ends_on__lte=day, then=F("ends_on")),
            When(Q(state_then=State.VACATED) | given_up, then=F("left_on")),
            When(state_then__in=AGREED, starts_on__lte=day, then=F("starts_on")),
            default=Value(None),
            output_field=DateField(),
        )
        return self.as_of(day, zone).annotate(left_on=left_on).annotate(vacant_since=vacant_since)

    def places(self, day: date, zone: tzinfo) -> Self:
        """Return the seats of a day with their vacancies: wanted and vacated, not cancelled."""
        return self.with_vacancy(day, zone).exclude(state_then=State.CANCELLED)

    def at_work(self, day: date, zone: tzinfo) -> Self:
        """Seats with somebody at work on a day: live then, and within their dates.

        A seat that was reopened since has new dates; for the days before, its history stands.
        """
        reopened = SeatLog.objects.filter(
            subject=OuterRef("pk"), step="reopen", at__gte=end_of(day, zone)
        )
        return self.as_of(day, zone).filter(
            Q(starts_on__lte=day) | Exists(reopened),
            Q(ends_on=None) | Q(ends_on__gte=day),
            state_then=State.LIVE,
        )

    def expected(self, day: date) -> Self:
        """Wanted seats whose dates hold a day to come: who should be at work then."""
        return self.wanted().filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def with_vacancy_now(self) -> Self:
        return self.with_vacancy(timezone.localdate(), timezone.get_current_timezone())

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
        custom={"label": _("Vacate"), "danger": True, "route": "engagements:vacate"},
    )
    def vacate(self, *, on: date | None = None) -> None:
        """Note the last day, where it is known: who leaves before the first never had one."""
        self.ends_on = on if on and on >= self.starts_on else None

    @transition(
        state,
        State.VACATED,
        State.APPROVED,
        permission="engagements.change_seat",
        custom={
            "label": _("Reopen for a backfill"),
            "main": True,
            "route": "engagements:reopen",
        },
    )
    def reopen(self, *, starts_on: date | None = None) -> None:
        """Open it again, for whoever begins on `starts_on`; without it, as soon as may be."""
        self.ends_on = None
        self.starts_on = starts_on or self.starts_on

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

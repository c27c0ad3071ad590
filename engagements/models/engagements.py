from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, FSMField, transition

from core.models import Actor, TransitionLog, User
from core.workflow import Blocker, guard
from engagements.models.clients import Client


class State(models.TextChoices):
    ENQUIRY = "enquiry", _("enquiry")
    SCOPING = "scoping", _("scoping")
    PLANNED = "planned", _("planned")
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    RECRUITING = "recruiting", _("recruiting")
    TRAINING = "training", _("training")
    LIVE = "live", _("live")
    CLOSED = "closed", _("closed")
    ON_HOLD = "on_hold", _("on hold")
    LOST = "lost", _("lost")


BEFORE_AGREEMENT = [State.ENQUIRY, State.SCOPING, State.PLANNED, State.PROPOSED]
STAFFING = [State.AGREED, State.RECRUITING, State.TRAINING]
HOLDABLE = [*BEFORE_AGREEMENT, *STAFFING]


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a client's person, their company's."""
        if actor.is_trusted or actor.has_perm("engagements.view_client"):
            return self
        if actor.has_perm("engagements.view_engagement"):
            return self.filter(client__in=Client.objects.of(actor))
        return self.none()

    def before_agreement(self) -> Self:
        return self.filter(state__in=BEFORE_AGREEMENT)

    def staffing(self) -> Self:
        """Agreed ones whose teams are not yet live."""
        return self.filter(state__in=STAFFING)

    def for_steps(self) -> Self:
        return self.select_related("client").prefetch_related("requirements", "plans", "seats")

    def for_list(self) -> Self:
        return self.select_related("client", "owner").with_seat_counts()

    def for_page(self) -> Self:
        # A plan's figures and structure are large, and its own page reads them.
        plans = apps.get_model("engagements", "StaffingPlan").objects.defer("figures", "structure")
        return self.select_related("client", "owner").prefetch_related(
            "requirements", models.Prefetch("plans", plans), "seats"
        )

    def with_seat_counts(self) -> Self:
        """Annotate `wanted` (seats neither cancelled nor vacated) and `live` seats."""
        gone = Q(seats__state__in=["cancelled", "vacated"])
        return self.annotate(
            wanted=Count("seats", filter=~gone), live=Count("seats", filter=Q(seats__state="live"))
        )


def _state_before(engagement: "Engagement", *args: Any, **kwargs: Any) -> str:
    return engagement.left_state


class Engagement(models.Model):
    """What we do for a client, from the first enquiry until its team is at work."""

    State = State

    client = models.ForeignKey(Client, models.PROTECT, related_name="engagements")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20, unique=True, help_text=_("Short, as in NB-1."))
    owner = models.ForeignKey(User, models.PROTECT, related_name="owned_engagements")
    currency = models.CharField(max_length=3, default="EUR")
    go_live_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    lost_reason = models.CharField(max_length=200, blank=True)
    state = FSMField(choices=State, default=State.ENQUIRY, protected=True)
    left_state = models.CharField(max_length=20, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["client__name", "name", "pk"]
        permissions = [
            ("agree_engagement", "Can mark engagements agreed or lost"),
            ("recruit_engagement", "Can start recruiting and training"),
            ("golive_engagement", "Can take a team live, and close"),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:engagement", args=[self.pk])

    @guard(_("No requirements are accepted."), clears=_("BizDev"))
    def has_accepted_requirements(self) -> bool:
        return any(row.state == "accepted" for row in self.requirements.all())

    @guard(_("There is no staffing plan of the accepted requirements."), clears=_("BizDev"))
    def has_plan(self) -> bool:
        accepted = {row.pk for row in self.requirements.all() if row.state == "accepted"}
        return any(plan.requirements_id in accepted for plan in self.plans.all())

    @guard(_("It has no seats."), clears=_("BizDev"))
    def has_seats(self) -> bool:
        return any(seat.state not in {"cancelled", "vacated"} for seat in self.seats.all())

    @guard(_("Not every seat is live."), clears=_("the delivery manager"))
    def every_seat_is_live(self) -> bool | Blocker:
        wanted = [s for s in self.seats.all() if s.state not in {"cancelled", "vacated"}]
        waiting = [s for s in wanted if s.state != "live"]
        if wanted and not waiting:
            return True
        reason = f"{len(waiting)} of {len(wanted)} seats are not live yet."
        return Blocker(reason, "the delivery manager", self.get_absolute_url())

    @transition(
        state,
        State.ENQUIRY,
        State.SCOPING,
        permission="engagements.change_engagement",
        custom={"label": _("Begin scoping"), "main": True},
    )
    def scope(self) -> None: ...

    @transition(
        state,
        State.SCOPING,
        State.PLANNED,
        permission="engagements.change_engagement",
        conditions=[has_accepted_requirements, has_plan],
        custom={"label": _("Mark as planned"), "main": True},
    )
    def plan(self) -> None: ...

    @transition(
        state,
        State.PLANNED,
        State.PROPOSED,
        custom={"label": _("Propose"), "automatic": True},
    )
    def propose(self) -> None: ...

    @transition(
        state,
        State.PROPOSED,
        State.AGREED,
        permission="engagements.agree_engagement",
        conditions=[has_seats],
        custom={
            "label": _("Mark as agreed"),
            "route": "engagements:agree",
            "asks": False,
            "main": True,
        },
    )
    def agree(self) -> None: ...

    @transition(
        state,
        State.AGREED,
        State.RECRUITING,
        permission="engagements.recruit_engagement",
        conditions=[has_seats],
        custom={"label": _("Start recruiting"), "main": True},
    )
    def recruit(self) -> None: ...

    @transition(
        state,
        State.RECRUITING,
        State.TRAINING,
        permission="engagements.recruit_engagement",
        custom={"label": _("Start training"), "main": True},
    )
    def train(self) -> None: ...

    @transition(
        state,
        State.TRAINING,
        State.LIVE,
        permission="engagements.golive_engagement",
        conditions=[every_seat_is_live],
        custom={"label": _("Take the team live"), "main": True},
    )
    def go_live(self) -> None: ...

    @transition(
        state,
        State.LIVE,
        State.CLOSED,
        permission="engagements.golive_engagement",
        custom={"danger": True},
    )
    def close(self) -> None: ...

    @transition(
        state,
        HOLDABLE,
        State.ON_HOLD,
        permission="engagements.change_engagement",
        custom={"label": _("Put on hold")},
    )
    def hold(self) -> None:
        self.left_state = self.state

    @transition(
        state,
        State.ON_HOLD,
        GET_STATE(_state_before, states=HOLDABLE),
        permission="engagements.change_engagement",
        custom={"main": True},
    )
    def resume(self) -> None: ...

    @transition(
        state,
        BEFORE_AGREEMENT,
        State.LOST,
        permission="engagements.agree_engagement",
        custom={"label": _("Mark as lost"), "route": "engagements:lose", "danger": True},
    )
    def lose(self, *, reason: str) -> None:
        self.lost_reason = reason


class EngagementLog(TransitionLog):
    subject = models.ForeignKey(Engagement, models.CASCADE, related_name="log")

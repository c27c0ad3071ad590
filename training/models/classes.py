from calendar import monthrange
from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_fsm import FSMField, transition

from core.models import Actor, TransitionLog, User
from core.workflow import Blocker, guard
from engagements.models import Engagement


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    RUNNING = "running", _("running")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")


class Programme(models.Model):
    """What is taught for a role, how long, and what has to be reached."""

    name = models.CharField(max_length=200, unique=True)
    description = models.TextField(blank=True)
    days = models.PositiveSmallIntegerField(help_text=_("Working days in class."))
    nesting_days = models.PositiveSmallIntegerField(
        help_text=_("Working days of real contacts with a coach, before the certificate.")
    )
    pass_mark = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(100)], help_text=_("Out of 100.")
    )
    certificate_months = models.PositiveSmallIntegerField(
        default=12, help_text=_("For how long a certificate is valid.")
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="pass_mark_within_100")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("training:programme_edit", args=[self.pk])

    def expires_on(self, issued_on: date) -> date:
        """Return the first day on which a certificate of that day no longer holds.

        31 January and one month make the last day of February.
        """
        years, month = divmod(issued_on.month - 1 + self.certificate_months, 12)
        year = issued_on.year + years
        return date(year, month + 1, min(issued_on.day, monthrange(year, month + 1)[1]))


class TrainingClassQuerySet(models.QuerySet["TrainingClass"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("training.view_trainingclass"):
            return self
        return self.none()

    def for_steps(self) -> Self:
        return self.select_related("engagement__client", "programme").prefetch_related("enrolments")

    def standing(self) -> Self:
        """Neither completed nor cancelled: what trainers still have before them."""
        return self.filter(state__in=[State.PLANNED, State.OPEN, State.RUNNING])

    def with_enrolled(self) -> Self:
        """Annotate `enrolled`: people who have not failed or withdrawn."""
        gone = Q(enrolments__state__in=["failed", "withdrawn"])
        return self.annotate(enrolled=Count("enrolments", filter=~gone))


class TrainingClass(models.Model):
    """A group of hired people who go through a programme together."""

    State = State

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="classes")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="classes")
    name = models.CharField(max_length=100)
    trainer = models.ForeignKey(User, models.PROTECT, related_name="classes")
    starts_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveSmallIntegerField(default=15)
    state = FSMField(choices=State, default=State.PLANNED, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["starts_on", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "name"], name="one_class_name"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="class_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.engagement}"

    def get_absolute_url(self) -> str:
        return reverse("training:class", args=[self.pk])

    @guard(_("Nobody is enrolled."), clears=_("the trainer"))
    def has_people(self) -> bool:
        return any(row.state == "enrolled" for row in self.enrolments.all())

    @guard(_("People have no result yet."), clears=_("the trainer"))
    def everyone_has_a_result(self) -> bool | Blocker:
        open_rows = [row for row in self.enrolments.all() if row.is_open]
        if not open_rows:
            return True
        reason = ngettext(
            "%s person is neither certified, failed nor withdrawn.",
            "%s people are neither certified, failed nor withdrawn.",
            len(open_rows),
        )
        return Blocker(
            reason % len(open_rows),
            str(self.trainer),
            self.get_absolute_url(),
        )

    @transition(
        state,
        State.PLANNED,
        State.OPEN,
        permission="training.change_trainingclass",
        custom={"label": _("Open for enrolment"), "main": True},
    )
    def open(self) -> None: ...

    @transition(
        state,
        State.OPEN,
        State.RUNNING,
        permission="training.change_trainingclass",
        conditions=[has_people],
        custom={
            "label": _("Start the class"),
            "route": "training:start_class",
            "asks": False,
            "main": True,
        },
    )
    def start(self) -> None: ...

    @transition(
        state,
        State.RUNNING,
        State.COMPLETED,
        permission="training.change_trainingclass",
        conditions=[everyone_has_a_result],
        custom={"main": True},
    )
    def complete(self) -> None: ...

    @transition(
        state,
        [State.PLANNED, State.OPEN],
        State.CANCELLED,
        permission="training.change_trainingclass",
        custom={"route": "training:cancel_class", "asks": False, "danger": True},
    )
    def cancel(self) -> None: ...


class TrainingClassLog(TransitionLog):
    subject = models.ForeignKey(TrainingClass, models.CASCADE, related_name="log")

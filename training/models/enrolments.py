from datetime import date
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, StoredFile, TransitionLog
from core.workflow import Blocker, guard
from engagements.models import Seat
from recruiting.models import Application
from training.models.classes import TrainingClass


class State(models.TextChoices):
    ENROLLED = "enrolled", _("enrolled")
    IN_CLASS = "in_class", _("in class")
    ASSESSMENT = "assessment", _("assessment")
    NESTING = "nesting", _("nesting")
    EXTENDED = "extended", _("nesting, extended")
    CERTIFIED = "certified", _("certified")
    FAILED = "failed", _("failed")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Those who may have taken the assessment, and are not yet through.
SCORED = [State.IN_CLASS, State.ASSESSMENT, State.NESTING, State.EXTENDED]
OPEN = [State.ENROLLED, State.IN_CLASS, State.ASSESSMENT, State.NESTING, State.EXTENDED]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("training.view_enrolment"):
            return self
        return self.none()

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def for_steps(self) -> Self:
        return self.select_related(
            "training_class__programme", "training_class__trainer", "application__candidate", "seat"
        )


class Enrolment(models.Model):
    """A hired person in a class, on the way to the certificate that takes their seat live."""

    State = State

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="enrolments")
    application = models.ForeignKey(Application, models.PROTECT, related_name="enrolments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="enrolments")
    score = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("Of the assessment, out of 100."),
    )
    state = FSMField(choices=State, default=State.ENROLLED, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["application__candidate__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=OPEN), name="one_open_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="score_within_100"
            ),
        ]
        permissions = [("certify_enrolment", "Can certify, extend and fail people")]

    def __str__(self) -> str:
        return f"{self.application.candidate} in {self.training_class.name}"

    def get_absolute_url(self) -> str:
        return reverse("training:class", args=[self.training_class_id])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def takes_a_score(self) -> bool:
        return self.state in SCORED

    @guard(_("The class is not running."), clears=_("the trainer"))
    def class_is_running(self) -> bool:
        return self.training_class.state == TrainingClass.State.RUNNING

    @guard(_("The assessment is below the pass mark."), clears=_("the trainer"))
    def has_passed(self) -> bool | Blocker:
        mark = self.training_class.programme.pass_mark
        trainer = str(self.training_class.trainer)
        if self.score is None:
            return Blocker(f"No score is entered; the pass mark is {mark}.", trainer)
        if self.score < mark:
            return Blocker(
                f"The score is {self.score.normalize():f}, the pass mark {mark}.", trainer
            )
        return True

    @transition(
        state,
        State.ENROLLED,
        State.IN_CLASS,
        conditions=[class_is_running],
        custom={"automatic": True},
    )
    def start(self) -> None: ...

    @transition(
        state,
        State.IN_CLASS,
        State.ASSESSMENT,
        permission="training.change_enrolment",
        custom={"label": _("Start the assessment"), "main": True},
    )
    def assess(self) -> None: ...

    @transition(
        state,
        State.ASSESSMENT,
        State.NESTING,
        permission="training.change_enrolment",
        conditions=[has_passed],
        custom={"label": _("Start nesting"), "route": "training:nest", "asks": False, "main": True},
    )
    def nest(self) -> None: ...

    @transition(
        state,
        State.NESTING,
        State.EXTENDED,
        permission="training.certify_enrolment",
        custom={"label": _("Extend nesting")},
    )
    def extend(self) -> None: ...

    @transition(
        state,
        State.EXTENDED,
        State.NESTING,
        permission="training.certify_enrolment",
        custom={"label": _("End the extension")},
    )
    def end_extension(self) -> None: ...

    @transition(
        state,
        [State.NESTING, State.EXTENDED],
        State.CERTIFIED,
        permission="training.certify_enrolment",
        conditions=[has_passed],
        custom={"route": "training:certify", "asks": False, "main": True},
    )
    def certify(self) -> None: ...

    @transition(
        state,
        [State.IN_CLASS, State.ASSESSMENT, State.NESTING, State.EXTENDED],
        State.FAILED,
        permission="training.certify_enrolment",
        custom={"route": "training:fail", "danger": True},
    )
    def fail(self) -> None: ...

    @transition(
        state,
        OPEN,
        State.WITHDRAWN,
        permission="training.change_enrolment",
        custom={"route": "training:withdraw", "danger": True},
    )
    def withdraw(self) -> None: ...


class EnrolmentLog(TransitionLog):
    subject = models.ForeignKey(Enrolment, models.CASCADE, related_name="log")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.visible_to(actor))

    def expiring_before(self, day: date) -> Self:
        return self.filter(expires_on__lt=day)

    def of_people_at_work(self) -> Self:
        """The newest for each live seat: what says that whoever sits there may."""
        live = self.filter(enrolment__seat__state=Seat.State.LIVE)
        newest = live.order_by("enrolment__seat_id", "-issued_on", "-pk")
        return self.filter(pk__in=newest.distinct("enrolment__seat_id").values("pk"))

    def next_number(self, year: int) -> str:
        """Return the next number of a year, as in CERT-2026-0001; none is given twice or left out.

        The lock is held until the transaction ends, so that numbers are given one after another.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('training.certificate'))")
        start = f"CERT-{year}-"
        given = self.filter(number__startswith=start).annotate(
            counter=Cast(Substr("number", len(start) + 1), models.IntegerField())
        )
        last = given.aggregate(last=models.Max("counter"))["last"] or 0
        return f"{start}{last + 1:04}"


class Certificate(models.Model):
    """That a person may do the work of their seat, until a day."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=30, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]

    def __str__(self) -> str:
        return self.number

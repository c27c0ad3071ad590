"""Approvals: the policy of each kind, its rounds on a subject, who is asked, and who stands in."""

from datetime import date
from typing import Self

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models.actors import Actor
from core.models.logs import TransitionLog
from core.models.people import User
from core.models.subjects import OnSubject, SubjectQuerySet


class ApprovalPolicyQuerySet(models.QuerySet["ApprovalPolicy"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_trusted or actor.has_perm("core.manage_approvals"):
            return self
        return self.none()


class ApprovalPolicy(models.Model):
    """How one kind of subject is approved from now on: what is under way goes on as it began."""

    kind = models.CharField(max_length=100, unique=True)
    in_order = models.BooleanField(
        _("One step after the other"),
        default=True,
        help_text=_("Otherwise all steps are asked at once, side by side."),
    )
    own_allowed = models.BooleanField(
        _("Whoever asks may approve as well"),
        default=False,
        help_text=_("If they are among the approvers. Otherwise somebody else must."),
    )
    changed_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ApprovalPolicyQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        permissions = [
            ("manage_approvals", "Can edit approval policies, skip steps and ask others"),
            ("give_approval", "Can be asked for approvals"),
        ]

    def __str__(self) -> str:
        return f"Approval of {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("core:approval_policy", args=[self.kind])


class ApprovalPolicyStep(models.Model):
    """One step: who is asked, how many of them must approve, in what time, and when at all."""

    policy = models.ForeignKey(ApprovalPolicy, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("Order"), default=1)
    label = models.CharField(_("Name"), max_length=100)
    roles = models.ManyToManyField(Group, blank=True, related_name="+", verbose_name=_("Roles"))
    people = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=_("People"))
    needed = models.PositiveSmallIntegerField(_("How many must approve"), default=1)
    due_hours = models.PositiveSmallIntegerField(_("Within working hours"), default=16)
    rule = models.CharField(_("Only when"), max_length=50, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(needed__gte=1), name="policy_step_needs_somebody")
        ]

    def __str__(self) -> str:
        return self.label


class RoundState(models.TextChoices):
    WAITING = "waiting", _("in approval")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")
    VOID = "void", _("void")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ApprovalRoundQuerySet(SubjectQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Those one began, is asked in, or stands in for; all for whoever keeps the policies."""
        if actor.is_trusted or actor.has_perm("core.manage_approvals"):
            return self
        asked = ApprovalAsk.objects.to(actor, on=timezone.localdate())
        return self.filter(Q(by=actor) | Q(pk__in=asked.values("step__round")))

    def waiting(self) -> Self:
        return self.filter(state=RoundState.WAITING)

    def for_page(self) -> Self:
        return self.select_related("by").prefetch_related(
            "steps__asks__user__groups", "steps__asks__decided_by", "steps__skipped_by", "log__by"
        )


class ApprovalRound(OnSubject):
    """One time that approval is asked for. Steps, approvers and what they read are frozen."""

    State = RoundState

    kind = models.CharField(max_length=100)
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    in_order = models.BooleanField()
    own_allowed = models.BooleanField()
    # What is approved: {"name", "label", "value", "text"} of each field; the hash is of the values.
    snapshot = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    # What changed since the round before, in words.
    changes = models.JSONField(default=list)
    state = FSMField(choices=State, default=State.WAITING, protected=True)

    objects = ApprovalRoundQuerySet.as_manager()

    class Meta(OnSubject.Meta):
        abstract = False
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "number"], name="one_round_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=Q(state="waiting"),
                name="one_round_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Approval round {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("core:approval", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == RoundState.WAITING

    @transition(state, State.WAITING, State.APPROVED, custom={"automatic": True})
    def approve(self) -> None: ...

    @transition(state, State.WAITING, State.SENT_BACK, custom={"automatic": True})
    def send_back(self) -> None: ...

    @transition(
        state,
        [State.WAITING, State.APPROVED],
        State.VOID,
        custom={"automatic": True, "label": _("Void")},
    )
    def void(self) -> None: ...

    @transition(state, State.WAITING, State.WITHDRAWN, custom={"automatic": True})
    def withdraw(self) -> None: ...


class ApprovalRoundLog(TransitionLog):
    subject = models.ForeignKey(ApprovalRound, models.CASCADE, related_name="log")


class ApprovalStepQuerySet(models.QuerySet["ApprovalStep"]):
    def asked(self) -> Self:
        """Those that wait for answers now."""
        return self.filter(
            asked_at__isnull=False,
            done_at=None,
            skipped_at=None,
            round__state=RoundState.WAITING,
        )


class ApprovalStep(models.Model):
    """A step of a round, as the policy said when the round began."""

    round = models.ForeignKey(ApprovalRound, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)
    because = models.CharField(max_length=200, blank=True)  # the rule that held
    needed = models.PositiveSmallIntegerField()
    due_hours = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # On which hours these two were counted, in words: the calendar may be another one later.
    clock = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)
    skipped_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    skip_note = models.TextField(blank=True)

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(skipped_at=None, skipped_by=None, skip_note="")
                | (Q(skipped_at__isnull=False, skipped_by__isnull=False) & ~Q(skip_note="")),
                name="skip_is_stamped",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.skipped_at is None

    @property
    def is_asked(self) -> bool:
        return self.is_open and self.asked_at is not None

    def has_answered(self, user: User) -> bool:
        """Whether somebody has approved here, or somebody else in their place."""
        given = self.asks.filter(decided_at__isnull=False)
        return given.filter(Q(user=user) | Q(decided_by__user=user)).exists()


class ApprovalAskQuerySet(models.QuerySet["ApprovalAsk"]):
    def to(self, actor: Actor, *, on: date) -> Self:
        """Those to somebody, and to whoever they stand in for on that day."""
        if actor.user_id is None:
            return self.none()
        absent = Delegation.objects.on(on).filter(delegate=actor.user_id).values("user")
        return self.filter(Q(user=actor.user_id) | Q(user__in=absent), passed_on_at=None)

    def open(self) -> Self:
        """Those that wait for an answer now."""
        return self.open_or_to_come().filter(
            user__is_active=True,
            step__asked_at__isnull=False,
            step__done_at=None,
            step__skipped_at=None,
            step__round__state=RoundState.WAITING,
        )

    def open_or_to_come(self) -> Self:
        """Those that wait for an answer now, or will when their step's turn comes.

        Who is asked by a role is asked as long as they have it.
        """
        in_role = User.groups.through.objects.filter(
            user=OuterRef("user"), group__name=OuterRef("role")
        )
        return self.filter(Q(role="") | Exists(in_role), decided_at=None, passed_on_at=None)

    def answerable_by(self, actor: Actor, *, on: date) -> Self:
        """Open ones that somebody may answer: not their own request, and no step twice."""
        answered = ApprovalAsk.objects.filter(decided_by=actor).values("step")
        own = Q(step__round__own_allowed=False, step__round__by=actor)
        return self.open().to(actor, on=on).exclude(step__in=answered).exclude(own)


class ApprovalAsk(models.Model):
    """That somebody is asked in a step, and their yes once it is given."""

    step = models.ForeignKey(ApprovalStep, models.CASCADE, related_name="asks")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=150, blank=True)  # by which role they are asked
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    # When it went to somebody else, since this person has left.
    passed_on_at = models.DateTimeField(null=True)

    objects = ApprovalAskQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "user"], name="asked_once_in_a_step"),
            models.UniqueConstraint(
                fields=["step", "decided_by"],
                condition=Q(decided_by__isnull=False),
                name="nobody_decides_twice",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decision_has_its_decider",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"],
                condition=Q(decided_at=None, passed_on_at=None),
                name="waits_for_approver",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, asked in {self.step}"

    @property
    def can_be_given(self) -> bool:
        """Whether whom it asks is still here, in the role they are asked by. Reads their groups."""
        if self.passed_on_at or not self.user.is_active:
            return False
        return not self.role or any(group.name == self.role for group in self.user.groups.all())

    @property
    def by_delegate(self) -> bool:
        """Whether somebody else answered in this person's place."""
        return self.decided_by is not None and self.decided_by.user_id != self.user_id


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those one stands in for."""
        if actor.user_id is None:
            return self.none()
        return self.filter(Q(user=actor.user_id) | Q(delegate=actor.user_id))

    def on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day, delegate__is_active=True)

    def standing(self, day: date) -> Self:
        """Those that hold that day, or will."""
        return self.filter(ends_on__gte=day)

    def within(self, starts_on: date, ends_on: date) -> Self:
        """Those that hold on any of these days."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)


class Delegation(models.Model):
    """Who gives a person's approvals while they are away, both days included."""

    user = models.ForeignKey(User, models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(User, models.CASCADE, related_name="delegated")
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    made_at = models.DateTimeField(default=timezone.now)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends"),
            models.CheckConstraint(
                condition=~Q(user=F("delegate")), name="nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} for {self.user}"

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

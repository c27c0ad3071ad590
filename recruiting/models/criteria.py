from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from core.models import Actor, TransitionLog
from core.workflow import Blocker, guard
from engagements.models import Client, Engagement
from vendors.models import Role


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("with the client")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")
    SUPERSEDED = "superseded", _("superseded")


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff; for a client's person, their company's once they were sent."""
        if actor.is_trusted or actor.has_perm("engagements.view_client"):
            return self
        if not actor.has_perm("recruiting.view_criteriaset"):
            return self.none()
        own = self.filter(engagement__client__in=Client.objects.of(actor))
        return own.exclude(state=State.DRAFT)

    def for_steps(self) -> Self:
        return self.select_related("engagement__client", "engagement__owner").prefetch_related(
            "items"
        )

    def with_items(self) -> Self:
        """Annotate how many items there are, and how many of them the client has approved."""
        return self.annotate(
            item_count=Count("items"),
            approved_count=Count("items", filter=Q(items__answer="approved")),
        )


class CriteriaSet(models.Model):
    """By what people are chosen for a role, as one version that the client approves."""

    State = State

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="criteria_sets")
    role = models.CharField(max_length=30, choices=Role, default=Role.AGENT)
    title = models.CharField(max_length=200, help_text=_("As in: agent, phone, German."))
    version = models.PositiveSmallIntegerField(default=1)
    # Set when it is approved: what was agreed, and its hash (core.versions).
    frozen = models.JSONField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    state = FSMField(choices=State, default=State.DRAFT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        ordering = ["engagement", "title", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "title", "version"], name="one_criteria_version"
            ),
            models.UniqueConstraint(
                fields=["engagement", "title"],
                condition=Q(state="approved"),
                name="one_approved_criteria_set",
            ),
        ]
        permissions = [("decide_criteriaset", "Can approve criteria for the client")]

    def __str__(self) -> str:
        return f"{self.title}, v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("recruiting:criteria", args=[self.pk])

    @guard(_("There is no item yet."), clears=_("the recruiter"))
    def has_items(self) -> bool:
        return bool(self.items.all())

    @guard(_("The weights do not add up to 100."), clears=_("the recruiter"))
    def weights_add_up(self) -> bool | Blocker:
        weights = [item.weight for item in self.items.all() if item.kind == Criterion.Kind.WEIGHTED]
        if not weights or sum(weights) == 100:
            return True
        return Blocker(f"The weights add up to {sum(weights)}, not to 100.", "the recruiter")

    @guard(_("Not every item is approved."), clears=_("the client"))
    def every_item_is_approved(self) -> bool | Blocker:
        items = self.items.all()
        waiting = [item for item in items if item.answer != Criterion.Answer.APPROVED]
        if items and not waiting:
            return True
        return Blocker(f"{len(waiting)} of {len(items)} items are not approved.", "the client")

    @guard(_("No item was answered with a change or a question."), clears=_("the client"))
    def has_an_open_answer(self) -> bool:
        asked = {Criterion.Answer.CHANGE, Criterion.Answer.ASK}
        return any(item.answer in asked for item in self.items.all())

    @transition(
        state,
        State.DRAFT,
        State.IN_REVIEW,
        permission="recruiting.change_criteriaset",
        conditions=[has_items, weights_add_up],
        custom={
            "label": _("Send to the client"),
            "route": "recruiting:send_criteria",
            "asks": True,
            "main": True,
        },
    )
    def send(self) -> None: ...

    @transition(
        state,
        State.IN_REVIEW,
        State.APPROVED,
        permission="recruiting.decide_criteriaset",
        conditions=[every_item_is_approved],
        custom={"label": _("Approve"), "automatic": True},
    )
    def approve(self, *, frozen: dict[str, object], sha256: str) -> None:
        self.frozen, self.sha256 = frozen, sha256

    @transition(
        state,
        State.IN_REVIEW,
        State.CHANGES_REQUESTED,
        permission="recruiting.decide_criteriaset",
        conditions=[has_an_open_answer],
        custom={"label": _("Request changes"), "automatic": True},
    )
    def request_changes(self) -> None: ...

    @transition(
        state,
        State.CHANGES_REQUESTED,
        State.IN_REVIEW,
        permission="recruiting.change_criteriaset",
        conditions=[has_items, weights_add_up],
        custom={
            "label": _("Send again"),
            "route": "recruiting:send_criteria",
            "asks": True,
            "main": True,
        },
    )
    def resubmit(self) -> None: ...

    @transition(
        state,
        State.APPROVED,
        State.SUPERSEDED,
        custom={"label": _("Supersede"), "automatic": True},
    )
    def supersede(self) -> None: ...


class CriteriaSetLog(TransitionLog):
    subject = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="log")


class Criterion(models.Model):
    """One item of a criteria set, with what the client said to it."""

    class Kind(models.TextChoices):
        MUST = "must", _("must-have")
        WEIGHTED = "weighted", _("weighted")
        TRAINABLE = "trainable", _("trainable")

    class Proof(models.TextChoices):
        QUESTION = "question", _("question on the form")
        DOCUMENT = "document", _("document")
        TEST = "test", _("test")
        INTERVIEW = "interview", _("interview")
        REFERENCE = "reference", _("reference")

    class Answer(models.TextChoices):
        OPEN = "", _("open")
        APPROVED = "approved", _("approved")
        CHANGE = "change", _("change")
        ASK = "ask", _("question")

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    skill = models.CharField(
        max_length=100, blank=True, help_text=_("Its name among candidates' facts.")
    )
    level = models.CharField(max_length=50, blank=True, help_text=_("As in C1, or 1 year."))
    proof = models.CharField(max_length=10, choices=Proof)
    weight = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    reason = models.TextField(
        verbose_name=_("why it is needed"), help_text=_("What in the work asks for it.")
    )
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN, blank=True)
    comment = models.TextField(blank=True)
    answered_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="weighted", weight__gt=0) | ~Q(kind="weighted") & Q(weight=0),
                name="weighted_and_only_weighted_have_a_weight",
            )
        ]

    def __str__(self) -> str:
        return self.name

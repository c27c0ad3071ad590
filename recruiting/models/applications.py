from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, FSMField, transition

from core.models import Actor, TransitionLog
from core.workflow import Blocker, guard
from recruiting import matching
from recruiting.models.application_rows import ApplicationQuerySet
from recruiting.models.candidates import Candidate, Fact, Source
from recruiting.models.criteria import CriteriaSet
from recruiting.models.requisitions import Requisition
from recruiting.models.stages import ACTIVE, HOLDABLE, STAGES, State
from vendors.models import Vendor


def _stage_before(application: "Application", *args: Any, **kwargs: Any) -> str:
    return application.left_state


class Application(models.Model):
    """A candidate put forward for a requisition, on the way to being hired or not."""

    State = State
    card_template = "recruiting/_card.html"

    class ClientDecision(models.TextChoices):
        NONE = "", _("not asked")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="applications")
    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="applications")
    # The version by which this person is judged, whatever comes later.
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="applications")
    vendor = models.ForeignKey(
        Vendor, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    source = models.CharField(max_length=10, choices=Source)
    state = FSMField(choices=State, default=State.SOURCED, protected=True)
    left_state = models.CharField(max_length=20, blank=True, editable=False)
    rejection_reason = models.CharField(max_length=200, blank=True)
    put_forward_at = models.DateTimeField(null=True, editable=False)
    client_decision = models.CharField(
        max_length=10, choices=ClientDecision, default=ClientDecision.NONE, blank=True
    )
    client_comment = models.TextField(blank=True)
    client_decided_by = models.ForeignKey(
        Actor, models.PROTECT, null=True, editable=False, related_name="+"
    )
    client_decided_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    # When it entered the stage it is in: boards and "stuck since" read it without the log.
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["requisition", "state", "moved_at"]),
            # Who has sat longest of all, on the home of whoever recruits.
            models.Index(
                fields=["moved_at", "id"], condition=Q(state__in=ACTIVE), name="longest_sitting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "requisition"],
                condition=Q(state__in=ACTIVE),
                name="one_active_application_for_a_requisition",
            )
        ]
        permissions = [
            ("move_application", "Can move applications through the stages"),
            ("reject_application", "Can reject applications and undo it"),
            ("withdraw_application", "Can withdraw applications"),
            ("score_application", "Can fill in scorecards"),
            ("review_application", "Can decide on candidates for the client"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} for {self.requisition}"

    def get_absolute_url(self) -> str:
        return reverse("recruiting:application", args=[self.pk])

    @property
    def score(self) -> Decimal | None:
        """What its scorecards say, of 100; None before there is one."""
        return matching.mean_score(self.scorecards.all())

    @property
    def must_haves(self) -> tuple[int, int]:
        """How many must-haves are met by what is known, and how many there are: a hint."""
        return matching.must_haves(self.criteria_set.items.all(), self.candidate.facts.all())

    @property
    def key_facts(self) -> list[Fact]:
        """What is known that the criteria ask about, at most three."""
        known = matching.newest(self.candidate.facts.all())
        asked = [item.skill.casefold() for item in self.criteria_set.items.all()]
        return [known[skill] for skill in dict.fromkeys(asked) if skill in known][:3]

    @property
    def open_offer(self) -> Any:
        return next((offer for offer in self.offers.all() if offer.is_open), None)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @guard(_("The requisition is not open."), clears=_("the recruiter"))
    def requisition_is_open(self) -> bool:
        return self.requisition.state == Requisition.State.OPEN

    @guard(
        _("The candidate has not consented to our keeping their data."), clears=_("the candidate")
    )
    def has_consent(self) -> bool:
        return self.candidate.consented_at is not None

    @guard(
        _("The plan has a test after screening: start the assessment."), clears=_("the recruiter")
    )
    def is_past_assessment(self) -> bool:
        return not self.requisition.has_assessment or self.state == State.ASSESSMENT

    @guard(_("The plan has no assessment."), clears=_("the recruiter"))
    def plan_has_assessment(self) -> bool:
        return self.requisition.has_assessment

    @guard(_("The plan has no client review."), clears=_("the recruiter"))
    def plan_has_client_review(self) -> bool:
        return self.requisition.has_client_review

    @guard(_("There is no scorecard yet."), clears=_("the interviewer"))
    def is_scored(self) -> bool:
        return any(card.submitted_at for card in self.scorecards.all())

    @guard(_("The client has not approved this candidate."), clears=_("the client"))
    def is_past_client_review(self) -> bool | Blocker:
        if not self.requisition.has_client_review:
            return True
        if self.client_decision == self.ClientDecision.DECLINED:
            return Blocker("The client declined this candidate.", "the client")
        return self.client_decision == self.ClientDecision.APPROVED

    @guard(_("An offer is open: rescind it first."), clears=_("the recruiter"))
    def has_no_open_offer(self) -> bool:
        return not any(offer.is_open for offer in self.offers.all())

    @guard(_("No offer is accepted."), clears=_("the candidate"))
    def has_accepted_offer(self) -> bool:
        return any(offer.state == "accepted" for offer in self.offers.all())

    @transition(
        state,
        State.SOURCED,
        State.APPLIED,
        conditions=[has_consent],
        permission="recruiting.move_application",
        custom={"label": _("Mark as applied"), "main": True},
    )
    def apply(self) -> None:
        self.moved()

    @transition(
        state,
        State.APPLIED,
        State.SCREENING,
        conditions=[requisition_is_open],
        permission="recruiting.move_application",
        custom={"label": _("Start screening"), "main": True},
    )
    def screen(self) -> None:
        self.moved()

    @transition(
        state,
        State.SCREENING,
        State.ASSESSMENT,
        conditions=[requisition_is_open, plan_has_assessment],
        permission="recruiting.move_application",
        custom={"label": _("Start assessment")},
    )
    def assess(self) -> None:
        self.moved()

    @transition(
        state,
        [State.SCREENING, State.ASSESSMENT],
        State.INTERVIEW,
        conditions=[requisition_is_open, is_past_assessment],
        permission="recruiting.move_application",
        custom={"label": _("Invite to interview"), "main": True},
    )
    def interview(self) -> None:
        self.moved()

    @transition(
        state,
        State.INTERVIEW,
        State.CLIENT_REVIEW,
        conditions=[requisition_is_open, plan_has_client_review, is_scored],
        permission="recruiting.move_application",
        custom={
            "label": _("Put before the client"),
            "route": "recruiting:put_forward",
            "main": True,
        },
    )
    def put_forward(self, *, at: datetime | None = None) -> None:
        self.put_forward_at = at or timezone.now()
        self.client_decision = self.ClientDecision.NONE
        self.client_comment, self.client_decided_by, self.client_decided_at = "", None, None
        self.moved()

    @transition(
        state,
        [State.INTERVIEW, State.CLIENT_REVIEW],
        State.OFFERED,
        conditions=[requisition_is_open, is_scored, is_past_client_review],
        permission="recruiting.draft_offer",
        custom={"label": _("Offer"), "route": "recruiting:offer", "main": True},
    )
    def offer(self) -> None:
        self.moved()

    @transition(
        state,
        State.OFFERED,
        State.OFFERED,
        conditions=[requisition_is_open, has_no_open_offer],
        permission="recruiting.draft_offer",
        custom={"label": _("Offer again"), "route": "recruiting:offer"},
    )
    def offer_again(self) -> None:
        """The first offer was rescinded or expired, and another is drafted."""
        self.moved()

    @transition(
        state,
        State.OFFERED,
        State.HIRED,
        conditions=[has_accepted_offer],
        custom={"automatic": True},
    )
    def hire(self) -> None:
        self.moved()

    @transition(
        state,
        ACTIVE,
        State.REJECTED,
        conditions=[has_no_open_offer],
        permission="recruiting.reject_application",
        custom={"route": "recruiting:reject", "danger": True},
    )
    def reject(self, *, reason: str) -> None:
        self.left_state = self.left_state if self.state == State.ON_HOLD else self.state
        self.rejection_reason = reason
        self.moved()

    @transition(
        state,
        State.REJECTED,
        GET_STATE(_stage_before, states=STAGES),
        conditions=[requisition_is_open],
        permission="recruiting.reject_application",
        custom={
            "label": _("Undo the rejection"),
            "route": "recruiting:undo_rejection",
            "asks": False,
        },
    )
    def undo_rejection(self) -> None:
        self.rejection_reason = ""
        self.moved()

    @transition(
        state,
        ACTIVE,
        State.WITHDRAWN,
        conditions=[has_no_open_offer],
        permission="recruiting.withdraw_application",
        custom={"danger": True},
    )
    def withdraw(self) -> None:
        self.moved()

    @transition(
        state,
        HOLDABLE,
        State.ON_HOLD,
        permission="recruiting.move_application",
        custom={"label": _("Put on hold")},
    )
    def hold(self) -> None:
        self.left_state = self.state
        self.moved()

    @transition(
        state,
        State.ON_HOLD,
        GET_STATE(_stage_before, states=HOLDABLE),
        permission="recruiting.move_application",
        custom={"main": True},
    )
    def resume(self) -> None:
        self.moved()

    def moved(self) -> None:
        self.moved_at = timezone.now()


class ApplicationLog(TransitionLog):
    subject = models.ForeignKey(Application, models.CASCADE, related_name="log")

    class Meta(TransitionLog.Meta):
        # By time alone for the audit, which lists the steps of all machines, the newest first.
        indexes = [models.Index(fields=["subject", "at"]), models.Index(fields=["-at"])]

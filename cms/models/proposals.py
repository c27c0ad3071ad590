from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from cms.figures import Json
from cms.models.pages import ProposalPage
from core.models import Actor, TransitionLog, User
from core.workflow import Blocker, guard
from engagements.models import Client, Engagement
from engagements.pricing import price_table


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("superseded")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for our staff who may see prices; for a client's person, what was sent to it."""
        if actor.is_trusted:
            return self
        if not actor.has_perm("cms.view_proposal"):
            return self.none()
        if actor.has_perm("engagements.view_client"):
            return self
        return self.filter(engagement__client__in=Client.objects.of(actor), frozen__isnull=False)

    def overdue(self, *, on: date) -> Self:
        return self.filter(state=State.SENT, frozen__valid_until__lt=on)

    def with_reads(self) -> Self:
        """Annotate who of the client has read it: when last, and how many people."""
        return self.annotate(
            read_at=Max("frozen__views__at"),
            reader_count=Count("frozen__views__by", distinct=True),
        )

    def for_list(self) -> Self:
        """With what a list shows: client, who has read it last, and until when it is valid."""
        return self.select_related("engagement__client", "page", "frozen").with_reads()

    def for_steps(self) -> Self:
        return self.select_related("engagement__client", "page", "frozen").prefetch_related(
            "engagement__plans",
            "engagement__seats",
            "engagement__proposals",
            "engagement__client__people__user",
        )


class Proposal(models.Model):
    """One version of what we propose: a draft page, then frozen text, then an answer."""

    State = State

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="proposals")
    page = models.ForeignKey(ProposalPage, models.PROTECT, related_name="proposals")
    number = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    answer_name = models.CharField(max_length=200, blank=True)
    answer_title = models.CharField(max_length=200, blank=True)
    answer_note = models.TextField(blank=True)
    state = FSMField(choices=State, default=State.DRAFT, protected=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="one_proposal_version"),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(state__in=["sent", "accepted"]),
                name="one_proposal_before_the_client",
            ),
        ]
        permissions = [
            ("approve_proposal", "Can approve proposals or send them back"),
            ("send_proposal", "Can send and withdraw proposals"),
            ("decide_proposal", "Can accept or decline proposals for the client"),
        ]

    def __str__(self) -> str:
        words = gettext("Proposal %(number)s, version %(version)s")
        return words % {"number": self.number, "version": self.version}

    def get_absolute_url(self) -> str:
        return reverse("cms:proposal", args=[self.pk])

    def is_newest(self) -> bool:
        return all(
            each.version <= self.version
            for each in self.engagement.proposals.all()
            if each.number == self.number
        )

    def may_be_drawn(self) -> bool:
        """Whether a contract can be drawn from it: it is accepted, and there is none in force."""
        return self.state == State.ACCEPTED and not self.contracts.current().exists()

    def live_figures(self, *, on: date) -> Json:
        """Return what it would say if it were sent that day."""
        return self.page.figures(number=self.number, version=self.version, on=on)

    def readers(self) -> list[tuple[User, datetime | None]]:
        """Return the client's people, each with when they last opened it, if they did."""
        views = ProposalView.objects.filter(version__proposal=self)
        last = dict(views.order_by().values_list("by__user").annotate(last=Max("at")))
        people = self.engagement.client.people.all()
        return [(person.user, last.get(person.user_id)) for person in people]

    @guard(_("The engagement has no staffing plan."), clears=_("BizDev"))
    def has_plan(self) -> bool:
        return bool(self.engagement.plans.all())

    @guard(_("The engagement has no seats."), clears=_("BizDev"))
    def has_seats(self) -> bool:
        return any(seat.state != "cancelled" for seat in self.engagement.seats.all())

    @guard(_("The engagement is not planned."), clears=_("BizDev"))
    def engagement_is_planned(self) -> bool | Blocker:
        if self.engagement.state in {Engagement.State.PLANNED, Engagement.State.PROPOSED}:
            return True
        state = self.engagement.get_state_display()
        return Blocker(
            gettext("The engagement is %(state)s: mark it as planned first.") % {"state": state},
            gettext("BizDev"),
            self.engagement.get_absolute_url(),
        )

    @guard(_("A price is missing."), clears=_("whoever keeps our rate card"))
    def has_every_price(self) -> bool | Blocker:
        table = price_table(self.engagement, on=timezone.localdate())
        if not table.missing:
            return True
        reason = " ".join(table.problems)
        if all(line.choice.card for line in table.lines):
            words = gettext("Our rate card has no price for: %(roles)s.")
            reason = words % {"roles": ", ".join(table.missing)}
        return Blocker(reason, gettext("whoever keeps our rate card"), reverse("vendors:ours"))

    @guard(_("Nobody at the client can receive it: invite someone."), clears=_("BizDev"))
    def has_receivers(self) -> bool:
        return any(person.user.is_active for person in self.engagement.client.people.all())

    @guard(_("The client has accepted another version."), clears=_("nobody"))
    def nothing_is_accepted(self) -> bool:
        return all(each.state != State.ACCEPTED for each in self.engagement.proposals.all())

    @guard(_("The team was planned anew since: we send a new version."), clears=_("BizDev"))
    def plan_stands(self) -> bool:
        """What is accepted is what is recruited for: the seats of the plan it was sent with."""
        newest = next(iter(self.engagement.plans.all()), None)
        return newest is None or self.frozen.data.get("plan_version") == newest.version

    @guard(_("The day until which it is valid is past."), clears=_("BizDev"))
    def is_in_time(self) -> bool:
        """What was sent holds until the day it names: the draft may be changed for the next one."""
        written = self.frozen if self.state == State.SENT else self.page
        return written.valid_until >= timezone.localdate()

    @transition(
        state,
        State.DRAFT,
        State.IN_REVIEW,
        permission="cms.change_proposal",
        conditions=[has_plan, has_seats],
        custom={"label": _("Ask for approval"), "main": True},
    )
    def submit(self) -> None: ...

    @transition(
        state,
        State.IN_REVIEW,
        State.DRAFT,
        custom={"label": _("Send back"), "automatic": True},
    )
    def send_back(self) -> None: ...

    # Taken by a round of approval, which knows who may: see cms/approvals.py.
    @transition(state, State.IN_REVIEW, State.APPROVED, custom={"automatic": True})
    def approve(self) -> None: ...

    # Where the plan or a price has changed since: what is sent is what was approved.
    @transition(
        state,
        State.APPROVED,
        State.IN_REVIEW,
        permission="cms.change_proposal",
        conditions=[has_plan, has_seats],
        custom={"label": _("Ask for approval again")},
    )
    def ask_again(self) -> None: ...

    @transition(
        state,
        State.APPROVED,
        State.SENT,
        permission="cms.send_proposal",
        conditions=[
            has_plan,
            has_seats,
            has_every_price,
            engagement_is_planned,
            has_receivers,
            nothing_is_accepted,
            is_in_time,
        ],
        custom={"label": _("Send to the client"), "route": "cms:send_proposal", "main": True},
    )
    def send(self) -> None: ...

    @transition(
        state,
        State.SENT,
        State.ACCEPTED,
        permission="cms.decide_proposal",
        conditions=[is_in_time, plan_stands],
        custom={"automatic": True},
    )
    def accept(self, *, answer_name: str, answer_title: str, answer_note: str = "") -> None:
        self.answer_name, self.answer_title = answer_name, answer_title
        self.answer_note = answer_note

    @transition(
        state,
        State.SENT,
        State.DECLINED,
        permission="cms.decide_proposal",
        custom={"automatic": True},
    )
    def decline(self, *, answer_name: str, answer_title: str, answer_note: str = "") -> None:
        self.answer_name, self.answer_title = answer_name, answer_title
        self.answer_note = answer_note

    @transition(state, State.SENT, State.EXPIRED, custom={"automatic": True})
    def expire(self) -> None: ...

    @transition(
        state,
        [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SENT],
        State.WITHDRAWN,
        permission="cms.send_proposal",
        custom={"route": "cms:withdraw_proposal", "danger": True},
    )
    def withdraw(self) -> None: ...

    @transition(state, State.SENT, State.SUPERSEDED, custom={"automatic": True})
    def supersede(self) -> None: ...


class ProposalLog(TransitionLog):
    subject = models.ForeignKey(Proposal, models.CASCADE, related_name="log")


class ProposalVersion(models.Model):
    """A proposal as it was sent: text, figures, and the hash of both. Never changed."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="frozen")
    html = models.TextField()
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal} as sent"


class ProposalView(models.Model):
    """That somebody of the client opened a sent proposal."""

    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="views")
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} at {self.at}"

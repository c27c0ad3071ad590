"""What each kind of our staff lands on: gathered here, drawn by `portal/home_….html`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import Proposal, ProposalView
from core import approvals
from core.models import Actor, Effect, Link, Message, User
from core.people import INVITATION
from engagements.models import Engagement
from portal import todos
from portal.policies import EXPIRING_DAYS, STUCK_DAYS
from portal.staffing import staffing, with_training_days
from portal.training import readiness
from training.models import Certificate, Enrolment, TrainingClass

Context = dict[str, Any]


@dataclass(frozen=True)
class Home:
    """A page to land on: who has it, and what it shows."""

    key: str
    label: Any
    permission: str
    gather: Callable[[Actor], Context]

    @property
    def template(self) -> str:
        return f"portal/home_{self.key}.html"


def staffing_home(actor: Actor) -> Context:
    """Every team being staffed, and what waits for the HR director or a recruiter."""
    now = timezone.now()
    engagements = Engagement.objects.visible_to(actor).staffing().select_related("client")
    ordered = with_training_days(engagements).order_by("go_live_on", "client__name", "pk")
    rows = staffing(ordered, now=now)
    items = [
        *todos.approvals_to_give(actor, now=now),
        *todos.offers_to_send(actor),
        *todos.criteria_to_change(actor),
        *todos.longest_sitting(actor, before=now - timedelta(days=STUCK_DAYS.value())),
    ]
    return {
        "rows": rows,
        "late": sum(row.forecast.is_late for row in rows),
        "filled": sum(row.filled for row in rows),
        "wanted": sum(row.wanted for row in rows),
        "items": items,
        "labels": [label for label, _ in rows[0].parts] if rows else [],
    }


def sales_home(actor: Actor) -> Context:
    """Engagements before agreement: what is next, and who has looked at their proposal."""
    now = timezone.now()
    today = timezone.localdate(now)
    views = Prefetch(
        "frozen__views", ProposalView.objects.select_related("by"), to_attr="looked_at"
    )
    proposals = Prefetch(
        "proposals",
        Proposal.objects.visible_to(actor).select_related("frozen").prefetch_related(views),
        to_attr="offered",
    )
    engagements = Engagement.objects.visible_to(actor).before_agreement()
    rows = list(
        engagements.select_related("client", "owner")
        .annotate(moved_at=Max("log__at"))
        .prefetch_related(proposals)
        .order_by("next_step_on", "client__name", "pk")
    )
    return {
        "rows": [(row, row.offered[0] if row.offered else None) for row in rows],  # type: ignore[attr-defined]
        "late": sum(row.next_step_on is not None and row.next_step_on < today for row in rows),
        "items": [
            *todos.approvals_to_give(actor, now=now),
            *todos.requirements_to_answer(actor),
            *todos.contracts_to_sign(actor),
        ],
    }


def training_home(actor: Actor) -> Context:
    """Classes before us and running, certificates that end, and teams ready to go live or not."""
    today = timezone.localdate()
    waiting = Q(enrolments__state__in=[Enrolment.State.IN_CLASS, Enrolment.State.ASSESSMENT])
    classes = TrainingClass.objects.visible_to(actor).standing().with_enrolled()
    classes = classes.annotate(without_result=Count("enrolments", filter=waiting))
    certificates = Certificate.objects.visible_to(actor).of_people_at_work()
    expiring = certificates.expiring_before(
        today + timedelta(days=EXPIRING_DAYS.value())
    ).select_related("enrolment__application__candidate", "enrolment__seat__engagement__client")
    engagements = Engagement.objects.visible_to(actor).staffing().select_related("client")
    teams = readiness(engagements.order_by("go_live_on", "client__name", "pk"), today=today)
    rows = list(classes.select_related("engagement__client", "programme", "trainer"))
    return {
        "classes": rows,
        "running": sum(row.state == TrainingClass.State.RUNNING for row in rows),
        "without_result": sum(row.without_result for row in rows),  # type: ignore[attr-defined]
        "expiring": list(expiring.order_by("expires_on", "number")[:20]),
        "teams": teams,
        "ready": sum(team.is_ready for team in teams),
    }


def administration_home(actor: Actor) -> Context:
    """What failed, what nobody can approve, and who was invited and has not come."""
    now = timezone.now()
    invited = User.objects.filter(
        pk__in=Link.objects.open(now=now).filter(scope=INVITATION.name).values("subject_id"),
        last_login=None,
    )
    return {
        "failed": list(Message.objects.failed()[:10]),
        "dead": list(Effect.objects.filter(state=Effect.State.DEAD)[:10]),
        "held": approvals.held_up(now=now) if actor.has_perm("core.manage_approvals") else [],
        "invited": list(invited[:20]),
    }


HOMES = [
    Home("administration", _("Administration"), "core.manage_people", administration_home),
    Home("staffing", _("Staffing"), "recruiting.move_application", staffing_home),
    Home("sales", _("Before agreement"), "cms.change_proposal", sales_home),
    Home("training", _("Training and go-live"), "training.view_enrolment", training_home),
]


def homes_of(actor: Actor) -> list[Home]:
    return [home for home in HOMES if actor.has_perm(home.permission)]

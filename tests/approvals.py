"""Rounds of approval for tests: subjects, policies, answers, and what was mailed."""

from datetime import date

from core import approvals, links
from core.models import Actor, ApprovalAsk, ApprovalPolicy, ApprovalRound, Effect, Link, Message
from core.tasks import run_effect
from core.workflow import take_step
from tests.factories.core import UserFactory
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import RequisitionFactory

REQUISITION = "recruiting.requisition"


def ask_of(subject, by):
    """Return what somebody is asked about a subject now."""
    return ApprovalAsk.objects.open().get(step__round=approvals.waiting(subject), user=by.user)


def asked(subject, by):
    """Have one more person asked about a subject in its first step, and return what they are."""
    step = approvals.waiting(subject).steps.first()
    if not step.asks.filter(user=by.user).exists():
        approvals.ask_also(step, by.user, by=Actor.objects.system())
    return ask_of(subject, by)


def approved_by(subject, by):
    """Have a subject asked for and approved by somebody, whoever else is asked."""
    system = Actor.objects.system()
    by = by if by.user else UserFactory().actor
    if subject.state == "draft":
        subject = take_step(subject, "submit", by=system)
    if approvals.waiting(subject) is None:
        approvals.begin(subject, by=system)
    approvals.approve(asked(subject, by), by=by)
    return type(subject).objects.get(pk=subject.pk)


def step(label, *people, roles=(), position=1, needed=1, due_hours=16, rule=""):
    """Say a step of a policy, as the administrator's form does."""
    users = [getattr(person, "user", None) or person for person in people]
    details = {"needed": needed, "due_hours": due_hours, "rule": rule}
    return {"label": label, "position": position, "people": users, "roles": roles, **details}


def policy(*steps, kind=REQUISITION, in_order=True, own_allowed=False):
    """Have a kind approved by these steps from now on."""
    row = ApprovalPolicy.objects.get(kind=kind)
    row.in_order, row.own_allowed = in_order, own_allowed
    return approvals.save(row, steps, by=Actor.objects.system())


def draft(**fields):
    """A draft requisition with a free seat and criteria that the client has approved."""
    row = RequisitionFactory(**fields)
    row.seats.add(SeatFactory(engagement=row.engagement, state="approved"))
    return row


def requested(by=None, at=None, **fields):
    """A requisition that somebody has asked approval for, by the policy that holds."""
    return take_step(draft(**fields), "submit", by=by or Actor.objects.system(), at=at)


def say_yes(subject, *people):
    for person in people:
        approvals.approve(ask_of(subject, person), by=person)
    return type(subject).objects.get(pk=subject.pk)


def changed(subject, by=None, **fields):
    """Change a subject while it is in approval, as its page does."""
    row = type(subject).objects.get(pk=subject.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return approvals.changed(row, by=by or Actor.objects.system())


def rounds_of(subject):
    """Return the states of its rounds, the first first."""
    rows = ApprovalRound.objects.on(subject).order_by("number")
    return list(rows.values_list("state", flat=True))


def token_for(subject, person):
    """Return the token of the link that was mailed to somebody about a subject."""
    ask_pks = ApprovalAsk.objects.filter(step__round__subject_id=subject.pk).values("pk")
    rows = Link.objects.filter(scope="approval", email=person.user.email, subject_id__in=ask_pks)
    link = rows.order_by("-pk").first()
    return links.mint(link.pk, to=link.email).rstrip("/").rsplit("/", 1)[-1]


def code_for(person):
    """Return the code that was mailed to somebody last."""
    link = Link.objects.filter(scope="approval_code", email=person.user.email).latest("pk")
    return links.mint(link.pk, to=link.email)


def mails_to(person, template=None):
    rows = Message.objects.filter(to=person.user.email).order_by("pk")
    return list(rows.filter(template=template) if template else rows)


def run_effects():
    """Do what waits, as a worker does; what that causes is done too."""
    while pks := list(Effect.objects.filter(state="pending").values_list("pk", flat=True)):
        for pk in pks:
            run_effect(pk)


def days(first, last):
    return {"starts_on": date.fromisoformat(first), "ends_on": date.fromisoformat(last)}

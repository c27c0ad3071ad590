"""Approval by its round, for tests that are about something else."""

from core import approvals
from core.models import Actor, ApprovalAsk
from core.workflow import take_step
from tests.factories.core import UserFactory


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

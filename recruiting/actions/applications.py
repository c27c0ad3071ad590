from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import workflow
from core.models import Actor
from core.workflow import Blocker, StepRefused, take_step
from recruiting import mails, told
from recruiting.models import Application, Candidate, Requisition
from vendors.models import Vendor


def open_application(
    candidate: Candidate, requisition: Requisition, *, source: str, vendor: Vendor | None = None
) -> Application:
    """Begin an application, judged by the requisition's criteria as they are now."""
    if candidate.applications.filter(requisition=requisition).active().exists():
        words = _("%(candidate)s has an open application for this requisition already.")
        raise StepRefused(Blocker(words % {"candidate": candidate}))
    return Application.objects.create(
        candidate=candidate,
        requisition=requisition,
        criteria_set=requisition.criteria_set,
        source=source,
        vendor=vendor,
    )


@transaction.atomic
def source(candidate: Candidate, requisition: Requisition, *, by: Actor) -> Application:
    """Consider a known candidate for an open requisition; they have not applied themselves."""
    if not by.has_perm("recruiting.move_application"):
        raise PermissionDenied
    row = Requisition.objects.select_for_update().get(pk=requisition.pk)
    if row.state != Requisition.State.OPEN:
        raise StepRefused(Blocker(f"{row} is {row.get_state_display()}.", str(row.recruiter)))
    return open_application(candidate, row, source=candidate.source, vendor=candidate.vendor)


@transaction.atomic
def ask_to_apply(application: Application, *, by: Actor) -> None:
    """Mail the public form to somebody sourced, who consents and applies by it, or does neither."""
    if not by.has_perm("recruiting.move_application"):
        raise PermissionDenied
    row = workflow.locked(application)
    if row.state != Application.State.SOURCED:
        raise StepRefused(Blocker(f"They have applied: it is {row.get_state_display()}."))
    mail = mails.ask_to_apply(row)
    if mail is None:
        raise StepRefused(
            Blocker(
                f"There is no e-mail address of {row.candidate}.",
                "the recruiter",
                row.candidate.get_absolute_url(),
            )
        )
    mail.send()


@transaction.atomic
def put_forward(application: Application, *, by: Actor) -> Application:
    """Put the candidate before the client, and mail each of its approvers."""
    application = take_step(application, "put_forward", by=by)
    written = mails.put_forward(application, by=by)
    if not written:
        client = application.requisition.engagement.client
        raise StepRefused(
            Blocker(
                f"Nobody at {client} may decide on candidates yet: invite an approver.",
                "BizDev",
                client.get_absolute_url(),
            )
        )
    for mail in written:
        mail.send()
    return application


@transaction.atomic
def client_decide(
    application: Application, *, decision: str, comment: str, by: Actor
) -> Application:
    """Note whether the client agrees to the candidate, and tell the recruiter.

    It may be changed until we act on it. To decline needs words.
    """
    if not by.has_perm("recruiting.review_application"):
        raise PermissionDenied
    row = workflow.locked(application)
    if row.state != Application.State.CLIENT_REVIEW:
        raise StepRefused(workflow.moved_on(row))
    row.client_decision = Application.ClientDecision(decision)
    if row.client_decision == Application.ClientDecision.DECLINED and not comment.strip():
        raise StepRefused(Blocker(_("Say in a sentence why: we choose the next people by it.")))
    row.client_comment = comment.strip()
    row.client_decided_by, row.client_decided_at = by, timezone.now()
    row.save()
    told.client_decided(row, by=by)
    return row


@transaction.atomic
def reject(
    application: Application, *, reason: str, by: Actor, with_mail: bool = False
) -> Application:
    """Reject, with the reason for our own eyes; the candidate is told only where asked for."""
    application = take_step(application, "reject", by=by, note=reason, reason=reason)
    if with_mail and (mail := mails.rejection(application)):
        mail.send()
    return application


@transaction.atomic
def undo_rejection(application: Application, *, by: Actor) -> Application:
    """Bring an application back to the stage it left, unless the candidate has applied again."""
    Requisition.objects.select_for_update().get(pk=application.requisition_id)
    others = Application.objects.active().filter(
        candidate=application.candidate_id, requisition=application.requisition_id
    )
    if others.exclude(pk=application.pk).exists():
        raise StepRefused(
            Blocker("They have another open application for this requisition: go on with that.")
        )
    return take_step(application, "undo_rejection", by=by)


@transaction.atomic
def withdraw(application: Application, *, by: Actor, note: str = "") -> Application:
    return take_step(application, "withdraw", by=by, note=note)

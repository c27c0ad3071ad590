"""An answer by a link from the mail: only by whom it was mailed to, and after a code."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import links, messages
from core.approvals import decisions
from core.approvals.links import APPROVAL, CODE
from core.links import LinkInvalid
from core.models import ApprovalAsk, ApprovalRound, Link, Message, User


@dataclass(frozen=True)
class Opened:
    """A link that opens, the ask it is for, and who it was mailed to."""

    link: Link
    ask: ApprovalAsk
    user: User


def opened(token: str) -> Opened:
    """Return what a token opens. Raises LinkInvalid with the reason.

    The one it was mailed to must still be asked that day, or stand in for who is.
    """
    link = links.opened(APPROVAL, token)
    user = User.objects.select_related("actor").filter(email=link.email, is_active=True).first()
    if user is None:
        raise LinkInvalid(_("The account that this link was mailed to is closed."))
    rows = ApprovalAsk.objects.to(user.actor, on=timezone.localdate())
    ask = rows.select_related("step__round__by", "user").filter(pk=link.subject_id or 0).first()
    if ask is None or ask.step.round.subject is None:
        raise LinkInvalid(_("You are not asked for this any more."))
    return Opened(link, ask, user)


@transaction.atomic
def send_code(found: Opened) -> Message:
    """Mail a code of six digits; an earlier one ends."""
    by = found.user.actor
    code = links.promise(CODE, found.ask, email=found.user.email, by=by)
    return messages.send(
        "core.approval_code",
        to=found.user.email,
        about=found.ask.step.round.subject,
        links={"code": code},
        language=found.user.language,
        **code_says(found.ask, found.user),
    )


def code_says(ask: ApprovalAsk, user: User) -> dict[str, str]:
    return {"name": user.name, "subject": str(ask.step.round.subject)}


def answer(found: Opened, *, code: str, answer: str, reason: str) -> ApprovalRound:
    """Approve or send back, if the code is right. Link and code are spent with the answer.

    The code is checked before the transaction begins, so that a refusal gives no try back.
    """
    proof = links.check_code(CODE, found.ask, code, email=found.user.email)
    by, spent = found.user.actor, [found.link, proof]
    if answer == "send_back":
        return decisions.send_back(found.ask, by=by, reason=reason, spent=spent)
    return decisions.approve(found.ask, by=by, note=reason, spent=spent)

"""Signing a contract: a code by mail proves the address, and the hash says what was signed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms import mails
from cms.actions.contracts import MILESTONE, SIGNATURES
from cms.links import SIGNING
from cms.models import Contract, Signature
from core import effects, links, workflow
from core.models import Actor, Message, User
from core.workflow import StepRefused, take_step
from engagements import actions as engagement_actions
from engagements.models.milestones import Turn


def _signer(contract: Contract, by: Actor) -> tuple[User, str]:
    """Return who wants to sign and for which side, if they may and can do it now."""
    side = contract.side_of(by)
    if by.user is None or not side:
        raise PermissionDenied
    if (blocker := contract.signing_blocker(side)) is not None:
        raise StepRefused(blocker)
    return by.user, side


@transaction.atomic
def request_signing_code(contract: Contract, *, by: Actor) -> Message:
    """Mail the signer a code of six digits; an earlier one ends."""
    contract = workflow.locked(contract)
    user, _ = _signer(contract, by)
    link = links.promise(SIGNING, contract, email=user.email, by=by)
    return mails.signing_code(contract, user).send(code=link)


def sign(contract: Contract, *, code: str, name: str, title: str, by: Actor) -> Contract:
    """Sign for one side, if the code is right. Raises LinkInvalid with what is wrong with it.

    The code is checked before the transaction begins, so that a refusal gives no try back.
    """
    user, _ = _signer(Contract.objects.for_steps().get(pk=contract.pk), by)
    link = links.check_code(SIGNING, contract, code, email=user.email)
    with transaction.atomic():
        links.spend(link)
        return _signed(contract, name=name, title=title, by=by)


def _signed(contract: Contract, *, name: str, title: str, by: Actor) -> Contract:
    """Write the signature down: the first one makes it partly signed, the second executed.

    Both sides may sign at once: under the contract's lock the second sees the first.
    """
    contract = workflow.locked(contract)
    _, side = _signer(contract, by)
    now = timezone.now()
    Signature.objects.create(
        contract=contract,
        side=side,
        by=by,
        name=name,
        title=title,
        signed_at=now,
        document_sha256=contract.document_sha256,
    )
    if contract.state == Contract.State.ISSUED:
        contract = take_step(contract, "sign_first", by=by, at=now)
        _next_turn(contract, side)
        return contract
    contract = take_step(contract, "execute", by=by, at=now)
    engagement_actions.finish_milestone(contract.engagement, MILESTONE, at=now)
    effects.cause(
        "cms.render_executed_contract", key=f"contract:{contract.pk}:executed", contract=contract.pk
    )
    return contract


def _next_turn(contract: Contract, signed: str) -> None:
    engagement_actions.set_milestone(
        contract.engagement,
        MILESTONE,
        says=SIGNATURES,
        arguments={"contract": contract.number},
        due_on=contract.engagement.go_live_on,
        turn=Turn.STAFF if signed == Signature.Side.CLIENT else Turn.CLIENT,
        url=reverse("cms:contract", args=[contract.pk]),
    )

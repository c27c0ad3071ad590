from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext_noop, override
from wagtail.rich_text import expand_db_html

from cms import documents, mails
from cms.links import SIGNING
from cms.models import Clause, Contract, HomePage, NumberSeries, Proposal
from cms.templatetags.frozen import amount, day
from core import effects, links, versions, workflow
from core.models import Actor
from core.templatetags.ui import NOTHING, money
from core.workflow import Blocker, StepRefused, take_step
from engagements import actions as engagement_actions
from engagements.models import Engagement
from engagements.models.milestones import Turn

MILESTONE = "contract"
TO_BE_DRAWN = gettext_noop("Contract: to be drawn and issued")
SIGNATURES = gettext_noop("Contract %(contract)s: signatures")


@transaction.atomic
def draw_contract(proposal: Proposal, *, by: Actor, optional: Collection[str] = ()) -> Contract:
    """Draw a contract from an accepted proposal's frozen figures and the clauses as they stand now.

    It takes the mandatory clauses, and of the others those whose keys are named.
    """
    if not by.has_perm("cms.change_contract"):
        raise PermissionDenied
    engagement = Engagement.objects.select_for_update().get(pk=proposal.engagement_id)
    proposal = workflow.locked(proposal)
    refuse_unless_free(proposal)
    clauses = Clause.objects.filter(Q(is_mandatory=True) | Q(key__in=optional))
    today = timezone.localdate()
    number = NumberSeries.next("C", on=today)
    with override(settings.LANGUAGE_CODE):
        data, _ = versions.freeze(_data(proposal, clauses, number=number, on=today))
    contract = Contract.objects.create(
        engagement=engagement,
        proposal=proposal,
        number=number,
        data=data,
        html=documents.contract_html(data),
    )
    effects.cause(
        "cms.render_contract", key=f"contract:{contract.pk}:document", contract=contract.pk
    )
    return contract


def refuse_unless_free(proposal: Proposal) -> None:
    """Raise StepRefused if no contract can be drawn from the proposal now."""
    if proposal.state != Proposal.State.ACCEPTED:
        raise StepRefused(Blocker(f"{proposal} is not accepted.", "the client"))
    other = proposal.contracts.current().first()
    if other:
        raise StepRefused(
            Blocker(f"{other} is drawn from it already.", url=other.get_absolute_url())
        )


def _data(
    proposal: Proposal, clauses: Collection[Clause], *, number: str, on: date
) -> dict[str, Any]:
    frozen = proposal.frozen
    go_live_on = day(frozen.data["go_live_on"])
    figures = {key: value for key, value in frozen.data.items() if key not in {"body", "why"}}
    provider = HomePage.objects.get().company
    values = {
        "[provider]": provider,
        "[client]": figures["client_legal_name"],
        "[seats]": str(figures["seats"]),
        "[total]": money(amount(figures["price"]["total"]), figures["currency"]),
        "[go_live]": date_format(go_live_on, "j F Y") if go_live_on else NOTHING,
    }
    return {
        "number": number,
        "drawn_on": on,
        "provider": provider,
        "proposal": {
            "number": proposal.number,
            "version": proposal.version,
            "sha256": frozen.sha256,
            "accepted_by": proposal.answer_name,
            "accepted_as": proposal.answer_title,
        },
        "figures": figures,
        "clauses": [
            {
                "key": clause.key,
                "title": clause.title,
                "version": clause.version,
                "html": _filled(expand_db_html(clause.body), values),
            }
            for clause in clauses
        ],
    }


def _filled(html: str, values: dict[str, str]) -> str:
    for placeholder, value in values.items():
        html = html.replace(placeholder, escape(value))
    return html


@transaction.atomic
def issue_contract(contract: Contract, *, by: Actor) -> Contract:
    """Put the contract before the client, and mail those who may sign it."""
    engagement = Engagement.objects.select_for_update().get(pk=contract.engagement_id)
    contract = take_step(contract, "issue", by=by)
    written = mails.contract_issued(contract)
    if not written:
        raise StepRefused(
            Blocker(
                f"Nobody at {engagement.client} may sign: invite an approver.",
                "BizDev",
                engagement.client.get_absolute_url(),
            )
        )
    engagement_actions.set_milestone(
        engagement,
        MILESTONE,
        says=SIGNATURES,
        arguments={"contract": contract.number},
        due_on=engagement.go_live_on,
        turn=Turn.CLIENT,
        url=reverse("cms:contract", args=[contract.pk]),
    )
    for mail in written:
        mail.send()
    return contract


@transaction.atomic
def void_contract(contract: Contract, *, reason: str, by: Actor) -> Contract:
    """Make a contract void that is not executed, end its codes, and tell those concerned."""
    engagement = Engagement.objects.select_for_update().get(pk=contract.engagement_id)
    contract = take_step(contract, "void", by=by, note=reason, reason=reason)
    links.revoke(SIGNING, contract)
    engagement_actions.set_milestone(
        engagement,
        MILESTONE,
        says=TO_BE_DRAWN,
        turn=Turn.STAFF,
        url=reverse("cms:proposal", args=[contract.proposal_id]),
    )
    for mail in mails.contract_void(contract):
        mail.send()
    return contract

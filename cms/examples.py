"""On which of our rows the texts of our mails can be looked at."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from cms import mails
from cms.models import Contract, Proposal
from core.mail_texts import example
from core.models import Actor
from recruiting.mails import Mail


def _proposals(by: Actor) -> "QuerySet[Any]":
    rows = Proposal.objects.visible_to(by).select_related("page", "engagement__client")
    return rows.select_related("engagement__owner").order_by("-pk")


def _contracts(by: Actor) -> "QuerySet[Any]":
    return Contract.objects.visible_to(by).select_related("engagement__client").order_by("-pk")


def _first(found: list[Mail]) -> Mail | None:
    return found[0] if found else None


def _code(contract: Contract, by: Actor) -> Mail | None:
    people = mails.client_people(contract.engagement)
    return mails.signing_code(contract, people[0]) if people else None


def _to_the_first(write: Callable[[Any], list[Mail]]) -> Callable[[Any, Actor], Mail | None]:
    return lambda row, by: _first(write(row))


def declare() -> None:
    for name, to_client in [
        ("proposal_sent", mails.proposal_sent),
        ("proposal_withdrawn", mails.proposal_withdrawn),
    ]:
        example(f"cms.{name}", rows=_proposals, mail=_to_the_first(to_client))
    example(
        "cms.proposal_answered",
        rows=_proposals,
        mail=lambda row, by: mails.proposal_answered(row),
    )
    for name, to_signers in [
        ("contract_issued", mails.contract_issued),
        ("contract_executed", mails.contract_executed),
        ("contract_void", mails.contract_void),
    ]:
        example(f"cms.{name}", rows=_contracts, mail=_to_the_first(to_signers))
    example("cms.signing_code", rows=_contracts, mail=_code)

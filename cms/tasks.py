"""Work done by Celery. Each may run twice, and does its work once."""

from celery import shared_task
from django.utils import timezone

from cms import actions, documents, mails
from cms.models import Contract
from core import effects, files
from core.models import Actor


@effects.effect("cms.render_contract")
def render_contract(contract: int) -> None:
    """Store the PDF of a contract, unless it has one."""
    row = Contract.objects.select_for_update().get(pk=contract)
    if row.document_id:
        return
    row.document = files.store(
        row, name=f"{row.number}.pdf", content=documents.contract(row), by=Actor.objects.system()
    )
    row.save(update_fields=["document"])


@effects.effect("cms.render_executed_contract")
def render_executed_contract(contract: int) -> None:
    """Store the PDF with both signatures, unless there is one, and tell those who signed."""
    row = Contract.objects.select_for_update().get(pk=contract)
    if row.executed_document_id:
        return
    row.executed_document = files.store(
        row,
        name=f"{row.number}-signed.pdf",
        content=documents.executed_contract(row),
        by=Actor.objects.system(),
    )
    row.save(update_fields=["executed_document"])
    for mail in mails.contract_executed(row):
        mail.send()


@shared_task
def expire_proposals() -> None:
    """Every day: end the proposals that nobody answered in time."""
    actions.expire_proposals(on=timezone.localdate())

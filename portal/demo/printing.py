"""The documents of contracts that the demo says were signed long ago."""

from cms import documents
from cms.models import Contract
from cms.tasks import render_contract
from core import effects, files
from core.models import Actor


@effects.effect("portal.print_demo_contract")
def print_contract(contract: int) -> None:
    """Print a contract, give its signatures the hash of what they signed, and print it signed.

    Done once: what is there already stays. Nobody is mailed, unlike when somebody signs now.
    """
    render_contract(contract=contract)
    row = Contract.objects.for_steps().get(pk=contract)
    row.signatures.filter(document_sha256="").update(document_sha256=row.document_sha256)
    if row.state != Contract.State.EXECUTED or row.executed_document_id:
        return
    row = Contract.objects.select_for_update().get(pk=contract)
    row.executed_document = files.store(
        row,
        name=f"{row.number}-signed.pdf",
        content=documents.executed_contract(row),
        by=Actor.objects.system(),
    )
    row.save(update_fields=["executed_document"])

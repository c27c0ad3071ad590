"""What the search finds of proposals and contracts."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.models import Contract, Proposal
from core import search
from core.models import Actor
from core.search import Asked, Hit

FIELDS = ["number", "engagement__client__name", "engagement__name"]


def proposals(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = Proposal.objects.visible_to(by).select_related("engagement__client")
    for row in search.among(rows, asked, FIELDS, code="number")[:limit]:
        note = f"{row.engagement}, {row.get_state_display()}"
        yield Hit(str(row), row.get_absolute_url(), note)


def contracts(by: Actor, asked: Asked, limit: int) -> Iterator[Hit]:
    rows = Contract.objects.visible_to(by).select_related("engagement__client")
    for row in search.among(rows, asked, FIELDS, code="number")[:limit]:
        note = f"{row.engagement}, {row.get_state_display()}"
        yield Hit(str(row), row.get_absolute_url(), note)


search.add("cms.proposals", _("Proposals"), proposals, permission="cms.view_proposal", order=50)
search.add("cms.contracts", _("Contracts"), contracts, permission="cms.view_contract", order=60)

"""The lists of agreements: proposals and contracts, which differ in little but their columns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.models import Contract, Proposal
from core import lists
from engagements.models import Engagement

CLIENT = ("engagement__client__name", "engagement__name")
SEARCH = lists.Search(
    ["number", "engagement__name", "engagement__client__name"],
    label=_("Client, engagement or number"),
)


def _engagements(listing: Any) -> Any:
    return Engagement.objects.visible_to(listing.actor).select_related("client")


ENGAGEMENT = lists.Key("engagement", _("Engagement"), _engagements, more=True)
CLIENT_COLUMN = lists.Column(
    "client", _("Client"), value="engagement.client.name", sort=CLIENT, rich=True
)
ABOUT = lists.Column("engagement", _("Engagement"), sort=CLIENT, shown=False)


@lists.register
class ProposalList(lists.List[Proposal]):
    key = "cms.proposals"
    title = _("Proposals")
    noun = ngettext_lazy("%(count)s proposal", "%(count)s proposals", "number")
    permission = ("engagements.view_client", "cms.view_proposal")
    route = "cms:proposals"
    model = Proposal
    cells = "cms/_agreement_cell.html"
    columns = (
        lists.Column(
            "number",
            _("Proposal"),
            value=lambda row: f"{row.number}, version {row.version}",
            sort=["number", "version"],
            rich=True,
        ),
        CLIENT_COLUMN,
        lists.state(),
        lists.Column(
            "read", _("Read"), value="read_at", sort="read_at", needs="with_reads", rich=True
        ),
        lists.Column(
            "valid", _("Valid until"), value="page.valid_until", sort="page__valid_until", rich=True
        ),
        lists.Column("created", _("Drafted"), value="created_at", sort="created_at", shown=False),
        ABOUT,
    )
    filters = (
        SEARCH,
        lists.Choice("state", _("State"), Proposal.State.choices),
        ENGAGEMENT,
        lists.Dates("valid", _("Valid until"), "page__valid_until", more=True),
    )
    sort = "-created"
    empty = lists.Empty(
        _("No proposal here."),
        _("Clear the filters, or make a proposal for an engagement that has a staffing plan."),
        _("New proposal…"),
        "cms:create_proposal",
        "cms.change_proposal",
    )

    def shown(self, rows: Any) -> Any:
        return rows.for_list()


@lists.register
class ContractList(lists.List[Contract]):
    key = "cms.contracts"
    title = _("Contracts")
    noun = ngettext_lazy("%(count)s contract", "%(count)s contracts", "number")
    permission = ("engagements.view_client", "cms.view_contract")
    route = "cms:contracts"
    model = Contract
    cells = "cms/_agreement_cell.html"
    columns = (
        lists.Column("number", _("Contract"), sort="number", link=True),
        CLIENT_COLUMN,
        lists.state(),
        lists.Column(
            "signed",
            _("Signed by"),
            value=lambda row: ", ".join(each.name for each in row.signatures.all()),
            rich=True,
        ),
        lists.Column("created", _("Drawn on"), value="created_at", sort="created_at"),
        ABOUT,
    )
    filters = (
        SEARCH,
        lists.Choice("state", _("State"), Contract.State.choices),
        ENGAGEMENT,
        lists.Dates("created", _("Drawn on"), "created_at__date", more=True),
    )
    sort = "-created"
    empty = lists.Empty(
        _("No contract here."),
        _("Clear the filters, or draw one from an accepted proposal."),
        _("Proposals"),
        "cms:proposals",
        "cms.view_proposal",
    )

    def shown(self, rows: Any) -> Any:
        return rows.for_steps()

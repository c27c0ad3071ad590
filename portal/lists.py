"""The lists of the portals: what a vendor and a client see, in their own words and no others."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.models import Contract, Proposal
from core import lists
from recruiting.models import Application, CriteriaSet, Requisition
from vendors.models import VendorDocument


class PortalList(lists.List[Any]):
    base = "base_calm.html"
    keeps = False


@lists.register
class VendorRequisitionList(PortalList):
    key = "portal.vendor_requisitions"
    title = _("Requisitions")
    noun = ngettext_lazy("%(count)s requisition", "%(count)s requisitions", "number")
    permission = "core.use_vendor_portal"
    route = "portal:vendor_requisitions"
    model = Requisition
    cells = "portal/_vendor_requisition_cell.html"
    columns = (
        lists.Column("title", _("Requisition"), sort=["title", "number"], rich=True),
        lists.Column("seats", _("Seats"), value="seat_count", css="num"),
        lists.Column("own", _("Your candidates"), value="put_forward", css="num"),
        lists.Column("target", _("Filled by"), value="target_on", sort="target_on", css="nowrap"),
        # Open ones first: those are what a vendor can do something about.
        lists.Column(
            "state",
            _("State"),
            value="get_state_display",
            sort=["is_past", "target_on"],
            needs="with_is_past",
            state=True,
        ),
    )
    filters = (
        lists.Search(["title", "number", "place"]),
        lists.Flag("open", _("Open only"), lambda rows, actor: rows.open()),
    )
    sort = "state"
    empty = lists.Empty(
        _("Nothing was given to you yet."),
        _("When we look for people through you, the requisition appears here."),
    )

    def shown(self, rows: Any) -> Any:
        own = Application.objects.visible_to(self.actor).filter(requisition=OuterRef("pk"))
        counted = own.order_by().values("requisition").annotate(n=Count("pk")).values("n")
        return rows.with_counts().annotate(put_forward=Coalesce(Subquery(counted), 0))


@lists.register
class VendorCandidateList(PortalList):
    key = "portal.vendor_candidates"
    title = _("Candidates")
    noun = ngettext_lazy("%(count)s candidate", "%(count)s candidates", "number")
    permission = "core.use_vendor_portal"
    route = "portal:vendor_candidates"
    model = Application
    cells = "portal/_vendor_candidate_cell.html"
    columns = (
        lists.Column("name", _("Candidate"), value="candidate.name", sort="candidate__sort_name"),
        lists.Column(
            "requisition",
            _("For"),
            value="requisition.title",
            sort=["requisition__title", "created_at"],
            rich=True,
        ),
        lists.state(_("Stage")),
        lists.Column("since", _("Since"), value="moved_at", sort="moved_at"),
        lists.Column("created", _("Put forward"), value="created_at", sort="created_at"),
    )
    filters = (
        lists.Search(by=lambda rows, text: rows.found_by(q=text), label=_("Name or e-mail")),
        lists.Choice("state", _("Stage"), Application.State.choices),
    )
    sort = "-created"
    empty = lists.Empty(
        _("You put nobody forward yet."),
        _("Open a requisition and put somebody forward."),
        _("Requisitions"),
        "portal:vendor_requisitions",
    )

    def shown(self, rows: Any) -> Any:
        return rows.select_related("candidate", "requisition")


@lists.register
class ClientCandidateList(PortalList):
    """Those put before the client: by code, and searched by nothing that would give a name away."""

    key = "portal.candidates"
    title = _("Candidates")
    noun = ngettext_lazy("%(count)s candidate", "%(count)s candidates", "number")
    permission = "core.use_client_portal"
    route = "portal:candidates"
    model = Application
    cells = "portal/_candidate_cell.html"
    columns = (
        lists.Column(
            "code", _("Candidate"), value="candidate.code", sort="candidate__pk", rich=True
        ),
        lists.Column(
            "position", _("Position"), value="requisition.title", sort="requisition__title"
        ),
        lists.Column(
            "must_haves",
            _("Must-haves"),
            export=lambda row: f"{row.must_haves[0]} / {row.must_haves[1]}",
            rich=True,
        ),
        lists.Column("score", _("Score"), css="num", rich=True),
        # Those who wait for an answer first, then the latest.
        lists.Column(
            "decision",
            _("Your decision"),
            value="get_client_decision_display",
            sort=["is_answered", "-put_forward_at"],
            needs="with_is_answered",
            rich=True,
        ),
        lists.Column(
            "asked", _("Since"), value="put_forward_at", sort="put_forward_at", css="nowrap"
        ),
    )
    filters = (
        lists.Search(["requisition__title"], label=_("Position")),
        lists.Flag("open", _("Waiting for you"), lambda rows, actor: rows.waiting_for_client()),
    )
    sort = "decision"
    empty = lists.Empty(
        _("Nobody was put before you yet."),
        _("Once we have interviewed people whom we can recommend, you find them here."),
    )

    def rows(self) -> Any:
        return Application.objects.put_before(self.actor)

    def shown(self, rows: Any) -> Any:
        return rows.for_rows().select_related("requisition__engagement")


@lists.register
class VendorDocumentList(PortalList):
    key = "portal.vendor_documents"
    title = _("Documents")
    noun = ngettext_lazy("%(count)s document", "%(count)s documents", "number")
    permission = "core.use_vendor_portal"
    route = "portal:vendor_documents"
    model = VendorDocument
    cells = "portal/_document_cell.html"
    columns = (
        lists.Column("kind", _("Document"), value="get_kind_display", sort="kind", rich=True),
        lists.Column("begins", _("Valid from"), value="valid_from", sort="valid_from"),
        lists.Column("expires", _("Expires"), value="expires_on", sort="expires_on", rich=True),
    )
    sort = "kind"
    empty = lists.Empty(
        _("There is no document yet."),
        _("Add your registration, the data processing agreement and your insurance."),
        _("Add a document…"),
        "portal:vendor_document_add",
    )

    def shown(self, rows: Any) -> Any:
        return rows.select_related("file")


class ClientDocumentList(PortalList):
    """What was sent to a client, or agreed with it: of one kind, as each kind has its own page."""

    noun = ngettext_lazy("%(count)s document", "%(count)s documents", "number")
    permission = "core.use_client_portal"
    cells = "portal/_client_document_cell.html"


ENGAGEMENT = lists.Column(
    "engagement",
    _("For"),
    value="engagement.name",
    sort=["engagement__name", "-created_at"],
)


@lists.register
class ClientContractList(ClientDocumentList):
    key = "portal.contracts"
    title = _("Contracts")
    route = "portal:documents"
    model = Contract
    columns = (
        lists.Column("contract", _("Document"), value=str, sort="number", rich=True),
        ENGAGEMENT,
        lists.state(),
    )
    filters = (
        lists.Search(["number", "engagement__name"]),
        lists.Choice("state", _("State"), Contract.State.choices),
    )
    sort = "-contract"
    empty = lists.Empty(_("No contract yet."), _("It follows an accepted proposal."))

    def shown(self, rows: Any) -> Any:
        return rows.select_related("engagement")


@lists.register
class ClientProposalList(ClientDocumentList):
    key = "portal.proposals"
    title = _("Proposals")
    route = "portal:sent_proposals"
    model = Proposal
    columns = (
        lists.Column("proposal", _("Document"), value=str, sort=["number", "version"], rich=True),
        ENGAGEMENT,
        lists.state(),
        lists.Column(
            "valid", _("Valid until"), value="frozen.valid_until", sort="frozen__valid_until"
        ),
    )
    filters = (
        lists.Search(["number", "engagement__name"]),
        lists.Choice("state", _("State"), Proposal.State.choices),
        lists.Dates("valid", _("Valid until"), "frozen__valid_until", more=True),
    )
    sort = "-proposal"
    empty = lists.Empty(_("No proposal yet."), _("We write one from your requirements."))

    def shown(self, rows: Any) -> Any:
        return rows.select_related("engagement", "frozen")


@lists.register
class ClientCriteriaList(ClientDocumentList):
    """Criteria once they were agreed, with the hash of what was."""

    key = "portal.criteria"
    title = _("Criteria")
    route = "portal:agreed_criteria"
    model = CriteriaSet
    columns = (
        lists.Column("criteria", _("Document"), value=str, sort=["title", "version"], rich=True),
        ENGAGEMENT,
        lists.state(),
        lists.Column("sha256", "SHA-256", css="hash"),
    )
    filters = (
        lists.Search(["title", "engagement__name"]),
        lists.Choice("state", _("State"), CriteriaSet.State.choices),
    )
    sort = "criteria"
    empty = lists.Empty(
        _("No criteria are approved yet."),
        _("They are put before you before anybody is chosen."),
    )

    def rows(self) -> Any:
        return super().rows().exclude(sha256="")

    def shown(self, rows: Any) -> Any:
        return rows.select_related("engagement")

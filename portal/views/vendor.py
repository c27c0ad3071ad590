"""A vendor's portal: what it is asked for, whom it put forward, and its documents."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.files import FileRefused
from core.http import Request
from core.views.lists import show
from core.workflow import StepRefused
from portal.lists import VendorCandidateList, VendorDocumentList, VendorRequisitionList
from recruiting import actions
from recruiting.forms import VendorSubmissionForm
from recruiting.models import Application, Criterion, Requisition
from vendors import actions as vendor_actions
from vendors.forms import DocumentForm
from vendors.models import Vendor

vendor_only = permission_required("core.use_vendor_portal", raise_exception=True)


def _own(request: Request) -> Vendor:
    rows = Vendor.objects.visible_to(request.actor).for_steps()
    return get_object_or_404(rows, people__user=request.user)


@require_GET
@vendor_only
def vendor_requisitions(request: Request) -> HttpResponseBase:
    """List what the vendor is asked for, open ones first."""
    context = {
        "open_count": Requisition.objects.visible_to(request.actor).open().count(),
        "blockers": vendor_actions.submission_blockers(_own(request), timezone.localdate()),
    }
    listing = VendorRequisitionList(request.actor)
    return show(request, listing, template="portal/vendor_requisitions.html", **context)


def _is_open(row: Requisition) -> bool:
    return row.state == Requisition.State.OPEN


@require_http_methods(["GET", "POST"])
@vendor_only
def vendor_requisition(request: Request, pk: int) -> HttpResponse:
    """Show a requisition and its must-haves, and take a candidate, or say why none is taken now."""
    rows = Requisition.objects.visible_to(request.actor).select_related(
        "criteria_set", "recruiter", "engagement"
    )
    row = get_object_or_404(rows, pk=pk)
    vendor = _own(request)
    blockers = vendor_actions.submission_blockers(vendor, timezone.localdate())
    posted = request.method == "POST"
    form = VendorSubmissionForm(request.POST, request.FILES) if posted else VendorSubmissionForm()
    if posted and form.is_valid():
        try:
            actions.submit_by_vendor(row, vendor=vendor, by=request.actor, **form.for_action())
        except (StepRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s is put forward.") % form.cleaned_data["name"])
            return redirect("portal:vendor_candidates")
    context = {
        "requisition": row,
        "must_haves": row.criteria_set.items.filter(kind=Criterion.Kind.MUST),
        "blockers": blockers,
        "is_open": _is_open(row),
        "form": form,
    }
    status = 422 if posted else 200
    return render(request, "portal/vendor_requisition.html", context, status=status)


@require_GET
@vendor_only
def vendor_candidates(request: Request) -> HttpResponseBase:
    """List those whom the vendor put forward, with the stage each is in."""
    counts = Application.objects.visible_to(request.actor).counts_by_state()
    active = sum(counts.get(state, 0) for state in Application.State if state in ACTIVE)
    hired = counts.get(Application.State.HIRED, 0)
    listing = VendorCandidateList(request.actor)
    template = "portal/vendor_candidates.html"
    return show(request, listing, template=template, active=active, hired=hired)


ACTIVE = {*Application.State} - {
    Application.State.HIRED,
    Application.State.REJECTED,
    Application.State.WITHDRAWN,
}


@require_GET
@vendor_only
def vendor_documents(request: Request) -> HttpResponseBase:
    """List the vendor's documents, and what is missing or about to expire."""
    lacking = _own(request).lacking_documents(timezone.localdate())
    listing = VendorDocumentList(request.actor)
    return show(request, listing, template="portal/vendor_documents.html", lacking=lacking)


@require_http_methods(["GET", "POST"])
@vendor_only
def vendor_document_add(request: Request) -> HttpResponse:
    vendor = _own(request)
    posted = request.method == "POST"
    initial = {"kind": request.GET.get("kind", "")}
    form = DocumentForm(request.POST, request.FILES) if posted else DocumentForm(initial=initial)
    if posted and form.is_valid():
        vendor_actions.add_document(vendor, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The document is kept."))
        return redirect("portal:vendor_documents")
    context = {"form": form, "vendor": vendor}
    return render(
        request, "portal/vendor_document_form.html", context, status=422 if posted else 200
    )

"""A vendor's portal: what it is asked for, whom it put forward, and its documents."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.files import FileRefused
from core.http import Request
from core.workflow import StepRefused
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
def vendor_requisitions(request: Request) -> HttpResponse:
    """List what the vendor is asked for, open ones first."""
    own = Q(applications__vendor__people__user=request.user)
    rows = Requisition.objects.visible_to(request.actor).select_related("criteria_set")
    rows = rows.annotate(
        asked_for=Count("seats", distinct=True),
        put_forward=Count("applications", filter=own, distinct=True),
    )
    listed = sorted(rows.order_by("target_on", "pk"), key=lambda row: not _is_open(row))
    vendor = _own(request)
    context = {
        "rows": listed,
        "open_count": sum(map(_is_open, listed)),
        "blockers": vendor_actions.submission_blockers(vendor, timezone.localdate()),
    }
    return render(request, "portal/vendor_requisitions.html", context)


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
def vendor_candidates(request: Request) -> HttpResponse:
    """List those whom the vendor put forward, with the stage each is in."""
    rows = Application.objects.visible_to(request.actor).select_related("candidate", "requisition")
    counts = rows.counts_by_state()
    page = Paginator(rows.order_by("-created_at", "-pk"), 50).get_page(request.GET.get("page"))
    active = sum(counts.get(state, 0) for state in Application.State if state in ACTIVE)
    hired = counts.get(Application.State.HIRED, 0)
    context = {"page": page, "active": active, "hired": hired}
    return render(request, "portal/vendor_candidates.html", context)


ACTIVE = {*Application.State} - {
    Application.State.HIRED,
    Application.State.REJECTED,
    Application.State.WITHDRAWN,
}


@require_GET
@vendor_only
def vendor_documents(request: Request) -> HttpResponse:
    """List the vendor's documents, and what is missing or about to expire."""
    vendor = _own(request)
    today = timezone.localdate()
    context = {
        "vendor": vendor,
        "documents": vendor.documents.select_related("file"),
        "lacking": vendor.lacking_documents(today),
        "today": today,
    }
    return render(request, "portal/vendor_documents.html", context)


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

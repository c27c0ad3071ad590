from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.http import Request
from core.views.lists import show
from vendors import actions
from vendors.forms import DocumentForm, PersonForm, VendorForm
from vendors.lists import DocumentList, VendorList
from vendors.models import Vendor


@require_GET
@permission_required("vendors.view_vendor", raise_exception=True)
def vendors(request: Request) -> HttpResponseBase:
    return show(request, VendorList(request.actor), template="vendors/vendors.html")


@require_GET
@permission_required("vendors.view_vendor", raise_exception=True)
def documents(request: Request) -> HttpResponseBase:
    """List the documents of all vendors, those that expire first on top."""
    return show(request, DocumentList(request.actor), template="vendors/documents.html")


@require_GET
@permission_required("vendors.view_vendor", raise_exception=True)
def vendor(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Vendor.objects.visible_to(request.actor).for_page(), pk=pk)
    today = timezone.localdate()
    context = {
        "vendor": row,
        "documents": [(document, document.is_valid(today)) for document in row.documents.all()],
        "blockers": actions.submission_blockers(row, today),
        "next_expiry": row.next_expiry(today),
        "today": today,
    }
    return render(request, "vendors/vendor.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def vendor_add(request: Request) -> HttpResponse:
    form = VendorForm(request.POST or None)
    if form.is_valid():
        return redirect(form.save())
    context = {"form": form, "title": "Add a vendor", "submit": "Add vendor"}
    return render(request, "vendors/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def vendor_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Vendor.objects.visible_to(request.actor), pk=pk)
    form = VendorForm(request.POST or None, instance=row)
    if form.is_valid():
        row.save(update_fields=list(form.fields))  # not its state, which may have moved on
        return redirect(row)
    context = {"form": form, "vendor": row, "title": "Edit the vendor"}
    return render(request, "vendors/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def document_add(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Vendor.objects.visible_to(request.actor), pk=pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        document = actions.add_document(row, by=request.actor, **form.cleaned_data)
        messages.success(request, f"Added: {document.get_kind_display()}.")
        return redirect(row)
    context = {"form": form, "vendor": row, "title": "Add a document", "submit": "Add document"}
    return render(request, "vendors/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("vendors.change_vendor", raise_exception=True)
def person_invite(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Vendor.objects.visible_to(request.actor), pk=pk)
    form = PersonForm(row, request.POST or None)
    if form.is_valid():
        person = actions.invite_person(row, by=request.actor, **form.cleaned_data)
        messages.success(request, f"An invitation is on its way to {person.user.email}.")
        return redirect(row)
    context = {"form": form, "vendor": row, "title": "Invite a person", "submit": "Invite"}
    return render(request, "vendors/form.html", context, status=422 if form.errors else 200)

"""Take candidates over from files: read, look, take over, report."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.http import Request
from core.throttling import person, throttle
from core.workflow import StepRefused
from recruiting import actions
from recruiting.forms import ImportForm
from recruiting.models import CandidateImport

SHOWN = 20


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.add_candidate", raise_exception=True)
@throttle("imports", "60/h", key=person, each="30/h", methods={"POST"})
def import_candidates(request: Request) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(request.actor, *sent)
    if form.is_valid():
        uploads, requisition = form.cleaned_data["uploads"], form.cleaned_data["requisition"]
        try:
            batch = actions.receive_import(uploads, by=request.actor, requisition=requisition)
            return redirect(batch)
        except StepRefused as error:
            form.add_error("uploads", str(error))
    status = 422 if form.errors else 200
    return render(request, "recruiting/import.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.add_candidate", raise_exception=True)
def import_preview(request: Request, pk: int) -> HttpResponse:
    """Show what would become of the first rows; on confirmation leave all of them to a worker."""
    batch = get_object_or_404(CandidateImport.objects.visible_to(request.actor), pk=pk)
    if batch.job is not None:
        return redirect(batch.job)
    if request.method == "POST":
        return redirect(actions.begin_import(batch, by=request.actor))
    people = list(batch.people.all()[:SHOWN])
    context = {
        "batch": batch,
        "again": reverse("recruiting:import_candidates"),
        "rows": actions.would(people),
        "total": batch.people.count(),
        "readable": batch.people.filter(problem="").count(),
        "problems": batch.people.filter(~Q(problem=""), row__gte=len(people))[:SHOWN],
    }
    return render(request, "recruiting/import_preview.html", context)

"""Candidates: who they are, and what is known of them."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core import audit
from core.files import FileRefused
from core.http import Request
from core.models import StoredFile
from core.views.lists import show
from core.workflow import StepRefused
from recruiting import actions
from recruiting.forms import (
    CandidateForm,
    CvForm,
    FactForm,
    NewCandidateForm,
    SourceForm,
)
from recruiting.lists import CandidateList
from recruiting.models import Candidate, Fact


@require_GET
@permission_required("recruiting.view_candidate", raise_exception=True)
def candidates(request: Request) -> HttpResponseBase:
    return show(request, CandidateList(request.actor), template="recruiting/candidates.html")


def _visible(request: Request, pk: int) -> Candidate:
    return get_object_or_404(Candidate.objects.visible_to(request.actor), pk=pk)


@require_GET
@permission_required("recruiting.view_candidate", raise_exception=True)
def candidate(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    audit.note("view", did="candidate_seen", by=request.actor, about=row)
    applications = row.applications.visible_to(request.actor).with_scorecards()
    context = {
        "candidate": row,
        "facts": row.facts.all(),
        "applications": applications.select_related("requisition__engagement__client"),
        "files": StoredFile.objects.on(row).select_related("created_by"),
    }
    return render(request, "recruiting/candidate.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.add_candidate", raise_exception=True)
def candidate_add(request: Request) -> HttpResponse:
    form = NewCandidateForm(request.actor, request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        try:
            return redirect(_add(request, form))
        except StepRefused as error:
            form.add_error("requisition", str(error))
    context = {"form": form, "title": "Add a candidate", "submit": "Add", "two": True}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _add(request: Request, form: NewCandidateForm) -> Candidate:
    row = actions.add_candidate(
        **form.person(),
        headline=form.cleaned_data["headline"],
        source=Candidate.Source.HAND,
        by=request.actor,
        facts=[Fact(skill=s, level=level, source="entered by hand") for s, level in form.skills()],
    )
    if form.cleaned_data["requisition"]:
        actions.source(row, form.cleaned_data["requisition"], by=request.actor)
    return row


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_candidate", raise_exception=True)
def candidate_edit(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    form = CandidateForm(request.POST or None, instance=row)
    if form.is_valid():
        return redirect(form.save())
    # The form has written what was sent into its row: the page's title is the stored name.
    context = {"form": form, "title": "Edit the candidate", "two": True, "subject": row}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_candidate", raise_exception=True)
def fact_add(request: Request, pk: int) -> HttpResponse:
    """Add what somebody learned; earlier facts stay, with their dates."""
    row = _visible(request, pk)
    form = FactForm(
        request.POST or None, instance=Fact(candidate=row, source=str(request.user)[:100])
    )
    if form.is_valid():
        form.save()
        return redirect(row)
    context = {"form": form, "title": "Add a fact", "submit": "Add fact", "subject": row}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_candidate", raise_exception=True)
def cv_add(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    form = CvForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.add_cv(row, upload=form.cleaned_data["cv"], by=request.actor)
            return redirect(row)
        except FileRefused as error:
            form.add_error("cv", str(error))
    context = {"form": form, "title": "Add a CV", "submit": "Add file", "subject": row}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.move_application", raise_exception=True)
def source(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    form = SourceForm(request.actor, row, request.POST or None)
    if form.is_valid():
        try:
            made = actions.source(row, form.cleaned_data["requisition"], by=request.actor)
            messages.success(request, f"{row} is considered for {made.requisition}.")
            return redirect(made)
        except StepRefused as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "title": "Consider for a requisition",
        "submit": "Consider",
        "subject": row,
    }
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)

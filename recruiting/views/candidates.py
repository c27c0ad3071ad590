"""Candidates: who they are, and what is known of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.exports import csv_response
from core.files import FileRefused
from core.http import Request
from core.models import StoredFile
from core.workflow import StepRefused
from recruiting import actions
from recruiting.forms import (
    CandidateFilter,
    CandidateForm,
    CvForm,
    FactForm,
    NewCandidateForm,
    SourceForm,
)
from recruiting.models import Candidate, Fact
from recruiting.views.requisitions import ordering

SORTS = {"name": "sort_name", "created": "created_at", "country": "country"}


def _found(request: Request) -> tuple[CandidateFilter, Any]:
    form = CandidateFilter(request.GET)
    rows: Any = Candidate.objects.visible_to(request.actor)
    sort = ""
    if form.is_valid():
        given = dict(form.cleaned_data)
        sort = given.pop("sort")
        rows = rows.found_by(**given)
    return form, rows.for_list().order_by(*ordering(sort, SORTS, "sort_name"))


@require_GET
@permission_required("recruiting.view_candidate", raise_exception=True)
def candidates(request: Request) -> HttpResponse:
    form, rows = _found(request)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "recruiting/candidates.html", {"page": page, "form": form})


@require_GET
@permission_required("recruiting.view_candidate", raise_exception=True)
def candidates_csv(request: Request) -> HttpResponse:
    _, rows = _found(request)
    header = ["name", "email", "phone", "country", "city", "source", "headline", "skills"]
    lines = (
        [
            c.name,
            c.email,
            c.phone,
            c.country,
            c.city,
            c.source,
            c.headline,
            "; ".join(str(fact) for fact in c.facts.all()),
        ]
        for c in rows
    )
    return csv_response("candidates.csv", header, lines)


def _visible(request: Request, pk: int) -> Candidate:
    return get_object_or_404(Candidate.objects.visible_to(request.actor), pk=pk)


@require_GET
@permission_required("recruiting.view_candidate", raise_exception=True)
def candidate(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
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

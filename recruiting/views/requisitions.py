"""Requisitions: the orders to fill seats, their board and their applications."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import approvals
from core.http import Request
from core.views.lists import show
from engagements.models import Engagement
from recruiting import actions
from recruiting.board import columns
from recruiting.forms import (
    EngagementChoice,
    RequisitionForm,
)
from recruiting.lists import ApplicationList, RequisitionList
from recruiting.models import STAGES, Requisition
from recruiting.models.stages import State

VOIDED = "Approvals given before are void: it has changed, and its approvers are asked anew."
EDITABLE = {Requisition.State.DRAFT, Requisition.State.IN_APPROVAL}


@require_GET
@permission_required("recruiting.view_requisition", raise_exception=True)
def requisitions(request: Request) -> HttpResponseBase:
    return show(request, RequisitionList(request.actor), template="recruiting/requisitions.html")


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_requisition", raise_exception=True)
def requisition_add(request: Request) -> HttpResponse:
    """Ask for the engagement first: what can be chosen next depends on it."""
    given = request.GET.get("engagement", "")
    if not given.isdecimal():
        return _choose_engagement(request)
    rows = Engagement.objects.visible_to(request.actor)
    engagement = get_object_or_404(rows, pk=int(given))
    new = Requisition(engagement=engagement, recruiter=request.user)
    return _edit(request, new, f"New requisition for {engagement}")


def _choose_engagement(request: Request) -> HttpResponse:
    context = {
        "form": EngagementChoice(request.actor),
        "title": "New requisition: for which engagement?",
        "hint": "Those with approved seats that nobody has asked for yet.",
        "submit": "Go on",
        "by_get": True,
    }
    return render(request, "recruiting/form.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.change_requisition", raise_exception=True)
@transaction.atomic
def requisition_edit(request: Request, pk: int) -> HttpResponse:
    # Locked: whoever approves it meanwhile approves what was there before, or what is saved here.
    rows = Requisition.objects.visible_to(request.actor).select_for_update(of=("self",))
    row = get_object_or_404(rows, pk=pk)
    if row.state not in EDITABLE:
        messages.error(request, "It is approved: what was ordered stands. Cancel it to order anew.")
        return redirect(row)
    return _edit(request, row, f"Edit {row}")


def _edit(request: Request, row: Requisition, title: str) -> HttpResponse:
    form = RequisitionForm(request.POST or None, instance=row)
    if form.is_valid():
        with transaction.atomic():
            if row.pk is None:
                form.instance.number = actions.next_number()
            saved = form.save()
            if approvals.changed(saved, by=request.actor):
                messages.warning(request, VOIDED)
            return redirect(saved)
    context = {"form": form, "title": title, "two": True, "subject": row if row.pk else None}
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_GET
@permission_required("recruiting.view_requisition", raise_exception=True)
def requisition(request: Request, pk: int) -> HttpResponse:
    rows = Requisition.objects.visible_to(request.actor).for_steps().with_counts()
    rows = rows.select_related("recruiter", "line")
    # The guards of its steps read seats and offers too: one query each does for both.
    rows = rows.prefetch_related("seats__team", "seats__offers__application__candidate")
    row = get_object_or_404(rows, pk=pk)
    counts = row.applications.counts_by_state()
    stages = [(State(s).label, counts.get(s, 0)) for s in [*STAGES, State.HIRED]]
    context = {
        "requisition": row,
        "stages": stages,
        "active": sum(counts.get(stage, 0) for stage in STAGES),
        "seats": row.seats.all(),
        "vendors": row.vendors.all(),
        "editable": row.state in EDITABLE,
    }
    return render(request, "recruiting/requisition.html", context)


@require_POST
@permission_required("recruiting.approve_requisition", raise_exception=True)
def cancel_requisition(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requisition.objects.visible_to(request.actor), pk=pk)
    row = actions.cancel_requisition(row, by=request.actor)
    messages.success(request, f"{row} is cancelled, its free seats can be asked for again.")
    return redirect(row)


@require_GET
@permission_required("recruiting.view_application", raise_exception=True)
def board(request: Request, pk: int) -> HttpResponse:
    rows = Requisition.objects.visible_to(request.actor).select_related("engagement__client")
    row = get_object_or_404(rows.with_counts(), pk=pk)
    found = columns(row, request.actor)
    count = sum(column.count for column in found)
    context = {"requisition": row, "columns": found, "count": count}
    return render(request, "recruiting/board.html", context)


@require_GET
@permission_required("recruiting.view_application", raise_exception=True)
def applications(request: Request, pk: int) -> HttpResponseBase:
    row = get_object_or_404(Requisition.objects.visible_to(request.actor), pk=pk)
    listing = ApplicationList(request.actor, row)
    return show(request, listing, template="recruiting/applications.html", requisition=row)

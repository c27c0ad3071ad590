from typing import Any

from django.contrib.auth.decorators import permission_required
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.http import Request
from core.views.lists import show
from engagements import actions, holders, pages
from engagements.forms import ReopenForm, VacateForm
from engagements.lists import SeatList
from engagements.models import Engagement, Seat


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def seats(request: Request, pk: int) -> HttpResponseBase:
    engagement = get_object_or_404(
        Engagement.objects.visible_to(request.actor).select_related("client"), pk=pk
    )
    listing = SeatList(request.actor, engagement)
    return show(request, listing, template="engagements/seats.html", engagement=engagement)


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def seat(request: Request, pk: int) -> HttpResponse:
    rows = Seat.objects.visible_to(request.actor).with_vacancy_now().for_list()
    row = get_object_or_404(rows, pk=pk)
    context = {
        "seat": row,
        "lead": pages.leads_of(row.engagement).get(row.team_id),
        "holder": holders.holders_of([row], request.actor).get(row.pk),
        "duties": pages.duties(row),
        "today": timezone.localdate(),
    }
    return render(request, "engagements/seat.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_seat", raise_exception=True)
def vacate(request: Request, pk: int) -> HttpResponse:
    """Ask for the last day of whoever leaves, and vacate the seat."""
    row = get_object_or_404(Seat.objects.visible_to(request.actor).for_list(), pk=pk)
    form = VacateForm(row, request.POST or None)
    if form.is_valid():
        return redirect(actions.vacate_seat(row, by=request.actor, **form.cleaned_data))
    return _ask(request, row, form, title=f"Vacate seat {row}", submit="Vacate", danger=True)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_seat", raise_exception=True)
def reopen(request: Request, pk: int) -> HttpResponse:
    """Ask from when a backfill is wanted, and reopen the seat."""
    row = get_object_or_404(Seat.objects.visible_to(request.actor).for_list(), pk=pk)
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        return redirect(actions.reopen_seat(row, by=request.actor, **form.cleaned_data))
    return _ask(request, row, form, title=f"Reopen seat {row} for a backfill", submit="Reopen")


def _ask(request: Request, row: Seat, form: BaseForm, **context: Any) -> HttpResponse:
    context |= {"form": form, "above": [row.engagement.client, row.engagement, row]}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)

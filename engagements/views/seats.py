from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.http import Request
from engagements import pages
from engagements.forms import SeatFilter
from engagements.models import Engagement, Seat

SORTS = {
    "number": ["number"],
    "state": ["state", "number"],
    "role": ["role", "number"],
    "team": ["team__name", "number"],
    "starts_on": ["starts_on", "number"],
}


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def seats(request: Request, pk: int) -> HttpResponse:
    engagement = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    form = SeatFilter(engagement, request.GET)
    rows = engagement.seats.for_list()
    if form.is_valid():
        rows = rows.found_by(**form.cleaned_data)
    rows = pages.ordered(rows, request.GET.get("sort", ""), SORTS)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    leads = pages.leads_of(engagement)
    context = {"engagement": engagement, "form": form, "page": page, "sort": "number"}
    context["lines"] = [(seat, leads.get(seat.team_id)) for seat in page]
    return render(request, "engagements/seats.html", context)


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def seat(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Seat.objects.visible_to(request.actor).for_list(), pk=pk)
    context = {"seat": row, "lead": pages.leads_of(row.engagement).get(row.team_id)}
    return render(request, "engagements/seat.html", context)

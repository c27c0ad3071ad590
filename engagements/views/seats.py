from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.http import Request
from core.views.lists import show
from engagements import pages
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
    row = get_object_or_404(Seat.objects.visible_to(request.actor).for_list(), pk=pk)
    context = {"seat": row, "lead": pages.leads_of(row.engagement).get(row.team_id)}
    return render(request, "engagements/seat.html", context)

from collections import Counter

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.http import Request
from engagements.models import Engagement
from portal.chain import chain
from portal.homes import homes_of
from portal.staffing import staffing, with_training_days
from portal.timeline import timeline


@require_GET
def home(request: Request) -> HttpResponse:
    """Lead each to what waits for them. Who has several homes finds them as tabs."""
    if request.actor.has_perm("core.use_client_portal"):
        return redirect("portal:decisions")
    if request.actor.has_perm("core.use_vendor_portal"):
        return redirect("portal:vendor_requisitions")
    if not request.user.is_staff:
        raise PermissionDenied
    tabs = homes_of(request.actor)
    if not tabs:
        return render(request, "portal/home_nobody.html")
    shown = next((tab for tab in tabs if tab.key == request.GET.get("of")), tabs[0])
    context = {"tabs": tabs, "shown": shown, **shown.gather(request.actor)}
    return render(request, shown.template, context)


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def engagement(request: Request, pk: int) -> HttpResponse:
    """Show one engagement across all apps: the chain, its steps, its people, its timeline."""
    rows = Engagement.objects.visible_to(request.actor).for_steps().select_related("owner")
    row = get_object_or_404(with_training_days(rows), pk=pk)
    now = timezone.now()
    seats = {row.pk: Counter(seat.state for seat in row.seats.all())}
    context = {
        "engagement": row,
        "staffing": staffing([row], now=now, seats=seats)[0],
        "chain": chain(row, request.actor),
        "milestones": timeline(row.milestones.all(), today=now.date(), actor=request.actor),
    }
    return render(request, "portal/engagement.html", context)

"""The org chart of an engagement on any day, as a page and on paper."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.http import Request
from engagements import changes, documents
from engagements.chart import chart as draw
from engagements.forms import DayForm
from engagements.models import Engagement


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def chart(request: Request, pk: int) -> HttpResponse:
    row, form = _engagement(request, pk), DayForm(request.GET)
    zone = timezone.get_current_timezone()
    made = changes.plans(row)
    plan = changes.plan_on(made, form.day, zone)
    found = changes.changes(row, made, zone)
    before, after = changes.around(found, form.day)
    context: dict[str, Any] = {
        "form": form,
        "engagement": row,
        "plan": plan,
        "chart": draw(row, plan, form.day, zone, actor=request.actor),
        "changes": found,
        "before": before,
        "after": after,
        "is_today": form.day == timezone.localdate(),
    }
    return render(request, "engagements/chart.html", context, status=422 if form.errors else 200)


@require_GET
@permission_required("engagements.view_seat", raise_exception=True)
def chart_pdf(request: Request, pk: int) -> HttpResponse:
    row, form = _engagement(request, pk), DayForm(request.GET)
    name = f"{row.code}-organisation-{form.day:%Y-%m-%d}.pdf"
    return HttpResponse(
        _paper(row, form.day),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _paper(row: Engagement, day: date) -> bytes:
    zone = timezone.get_current_timezone()
    plan = changes.plan_on(changes.plans(row), day, zone)
    return documents.chart(draw(row, plan, day, zone), row, plan, at=timezone.now())


def _engagement(request: Request, pk: int) -> Engagement:
    rows = Engagement.objects.visible_to(request.actor).select_related("client")
    return get_object_or_404(rows, pk=pk)

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.exports import csv_response
from core.http import Request
from engagements import coverage, pages, pages_price
from engagements.models import StaffingPlan


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def plan(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(StaffingPlan.objects.visible_to(request.actor).for_page(), pk=pk)
    context = {**pages.plan(row), "price": pages_price.price(row, request.actor)}
    return render(request, "engagements/plan.html", context)


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def plan_week(request: Request, pk: int) -> HttpResponse:
    """Show the agents on duty in each half-hour, of each line and at each site."""
    row = get_object_or_404(StaffingPlan.objects.visible_to(request.actor).for_page(), pk=pk)
    context = {"plan": row, "weeks": coverage.weeks(row)}
    return render(request, "engagements/plan_week.html", context)


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def plan_json(request: Request, pk: int) -> HttpResponse:
    """Send every figure with its inputs, formula and steps, so that anyone can redo it."""
    row = get_object_or_404(StaffingPlan.objects.visible_to(request.actor), pk=pk)
    data = {"plan": str(row), "made_at": row.made_at, "figures": row.figures}
    return JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def plan_csv(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(StaffingPlan.objects.visible_to(request.actor), pk=pk)
    name = f"{row.engagement.code}-plan-{row.version}.csv"
    header, *lines = pages.figure_rows(row)
    return csv_response(name, header, lines)


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def plan_week_csv(request: Request, pk: int) -> HttpResponse:
    """Send the agents of each half-hour, from which the week's hours can be summed by hand."""
    row = get_object_or_404(StaffingPlan.objects.visible_to(request.actor), pk=pk)
    name = f"{row.engagement.code}-plan-{row.version}-week.csv"
    return csv_response(name, coverage.HEADER, coverage.rows(row))

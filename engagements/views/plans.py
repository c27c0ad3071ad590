from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.exports import csv_response
from core.http import Request
from core.workflow import StepRefused
from engagements import actions, coverage, pages
from engagements.forms import PlanForm
from engagements.models import Requirements, StaffingPlan
from engagements.recommendation import recommended


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_staffingplan", raise_exception=True)
def make_plan(request: Request, pk: int) -> HttpResponse:
    """Suggest how the plan is built, by the published rules, and make it as it is then chosen."""
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    found = recommended(row, today=timezone.localdate())
    form = PlanForm(found, request.POST or None, wish=row.get_structure_wish_display())
    if form.is_valid():
        try:
            return redirect(actions.make_plan(row, by=request.actor, **form.for_action()))
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
    above = [row.engagement.client, row.engagement, row]
    context = {"form": form, "above": above, "title": "Make the staffing plan", "submit": "Plan"}
    status = 422 if form.errors else 200
    return render(request, "engagements/plan_form.html", context, status=status)


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def plan(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(StaffingPlan.objects.visible_to(request.actor).for_page(), pk=pk)
    return render(request, "engagements/plan.html", pages.plan(row))


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

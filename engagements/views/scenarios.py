from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.exports import csv_response
from core.http import Request
from engagements import actions
from engagements.forms import ScenarioForm
from engagements.models import Requirements, Scenario
from engagements.scenarios import Column, Row, compare, scenario_choices
from engagements.views.parts import form_of_part

CHANGE = "engagements.change_requirements"


@require_GET
@permission_required(CHANGE, raise_exception=True)
def scenarios(request: Request, pk: int) -> HttpResponse:
    requirements, columns, rows = _compared(request, pk)
    titles = [column.title for column in columns]
    context = {
        "requirements": requirements,
        "columns": columns,
        "rows": [
            (row, list(zip(titles, row.values, row.differences, strict=True))) for row in rows
        ],
    }
    return render(request, "engagements/scenarios.html", context)


@require_GET
@permission_required(CHANGE, raise_exception=True)
def scenarios_csv(request: Request, pk: int) -> HttpResponse:
    requirements, columns, rows = _compared(request, pk)
    name = f"{requirements.engagement.code}-scenarios.csv"
    header = ["figure", *(column.title for column in columns)]
    changes = ["changes", *("; ".join(column.changes) for column in columns)]
    return csv_response(name, header, [changes, *([row.label, *row.values] for row in rows)])


def _compared(request: Request, pk: int) -> tuple[Requirements, list[Column], list[Row]]:
    rows = Requirements.objects.visible_to(request.actor).for_page()
    requirements = get_object_or_404(rows, pk=pk)
    own = requirements.scenarios.visible_to(request.actor).select_related("line")
    return requirements, *compare(requirements, list(own), on=timezone.localdate())


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE, raise_exception=True)
def scenario_add(request: Request, pk: int) -> HttpResponse:
    requirements = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return _scenario(request, requirements, Scenario(), title="Try a scenario")


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE, raise_exception=True)
def scenario_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Scenario.objects.visible_to(request.actor), pk=pk)
    return _scenario(request, row.requirements, row, title=f"Edit {row}")


def _scenario(
    request: Request, requirements: Requirements, row: Scenario, *, title: str
) -> HttpResponse:
    form = ScenarioForm(requirements, request.actor, request.POST or None, instance=row)
    if form.is_valid():
        form.save()
        return redirect("engagements:scenarios", requirements.pk)
    return form_of_part(request, requirements, form, title=title, submit="Compare")


@require_POST
@permission_required(CHANGE, raise_exception=True)
def scenario_remove(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Scenario.objects.visible_to(request.actor), pk=pk)
    row.delete()
    return redirect("engagements:scenarios", row.requirements_id)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def scenario_adopt(request: Request, pk: int) -> HttpResponse:
    """Make a scenario the next version: a draft that tells its changes like any other."""
    row = get_object_or_404(Scenario.objects.visible_to(request.actor), pk=pk)
    made = actions.adopt_scenario(row)
    later = scenario_choices(row)
    choose = f" When you make its plan, choose: {', '.join(later)}." if later else ""
    messages.success(request, f"“{row}” is version {made.version} now, a draft.{choose}")
    return redirect(made)

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from engagements import actions
from engagements.forms import AssumptionForm
from engagements.models import Assumption, Requirements
from engagements.views.parts import form_of_part


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def assumption_add(request: Request, pk: int) -> HttpResponse:
    requirements = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    row = Assumption(owner_id=request.user.pk)
    return _assumption(request, requirements, row, title="Note an assumption")


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def assumption_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Assumption.objects.visible_to(request.actor), pk=pk)
    return _assumption(request, row.requirements, row, title=f"Edit {row}")


def _assumption(
    request: Request, requirements: Requirements, row: Assumption, *, title: str
) -> HttpResponse:
    form = AssumptionForm(requirements, request.POST or None, instance=row)
    if form.is_valid():
        actions.save_assumption(requirements, form.instance)
        messages.success(request, f"Saved: {row}.")
        return redirect(requirements)
    return form_of_part(request, requirements, form, title=title)


@require_POST
@permission_required("engagements.change_requirements", raise_exception=True)
def assumption_remove(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Assumption.objects.visible_to(request.actor), pk=pk)
    actions.remove_assumption(row)
    messages.success(request, f"Removed: {row}.")
    return redirect(row.requirements)

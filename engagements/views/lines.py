from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from engagements import actions
from engagements.forms import LineForm
from engagements.models import LineOfBusiness, Requirements
from engagements.views.parts import form_of_part


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def line_add(request: Request, pk: int) -> HttpResponse:
    requirements = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return _line(request, requirements, LineOfBusiness(), title="Add a line of business")


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def line_edit(request: Request, pk: int) -> HttpResponse:
    line = get_object_or_404(LineOfBusiness.objects.visible_to(request.actor), pk=pk)
    return _line(request, line.requirements, line, title=f"Edit {line}")


def _line(
    request: Request, requirements: Requirements, line: LineOfBusiness, *, title: str
) -> HttpResponse:
    form = LineForm(requirements, request.POST or None, request.FILES or None, instance=line)
    form.fields["skills"].for_staff = request.user.is_staff  # type: ignore[attr-defined]
    if form.is_valid():
        actions.save_line(requirements, form.instance)
        messages.success(request, f"Saved: {line}.")
        return redirect(requirements)
    return form_of_part(request, requirements, form, title=title)


@require_POST
@permission_required("engagements.change_requirements", raise_exception=True)
def line_remove(request: Request, pk: int) -> HttpResponse:
    line = get_object_or_404(LineOfBusiness.objects.visible_to(request.actor), pk=pk)
    actions.remove_line(line)
    messages.success(request, f"Removed: {line}.")
    return redirect(line.requirements)

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from engagements import actions, intake
from engagements.forms import LineForm
from engagements.models import LineOfBusiness, Requirements
from engagements.views.parts import GIVE, form_of_part, to_fill_in


@require_http_methods(["GET", "POST"])
@GIVE
def line_add(request: Request, pk: int) -> HttpResponse:
    requirements = to_fill_in(request, pk)
    return _line(request, requirements, LineOfBusiness(), title=_("Add a line of business"))


@require_http_methods(["GET", "POST"])
@GIVE
def line_edit(request: Request, pk: int) -> HttpResponse:
    line = get_object_or_404(LineOfBusiness.objects.visible_to(request.actor), pk=pk)
    requirements = to_fill_in(request, line.requirements_id)
    return _line(request, requirements, line, title=_("Edit %s") % line)


def _line(
    request: Request, requirements: Requirements, line: LineOfBusiness, *, title: str
) -> HttpResponse:
    form = LineForm(requirements, request.POST or None, request.FILES or None, instance=line)
    back = intake.url(requirements, intake.BY_SLUG["lines"])
    if form.is_valid():
        actions.save_line(requirements, form.instance)
        messages.success(request, _("Saved: %s.") % line)
        return redirect(back)
    return form_of_part(request, requirements, form, title=title, cancel_url=back)


@require_POST
@GIVE
def line_remove(request: Request, pk: int) -> HttpResponse:
    line = get_object_or_404(LineOfBusiness.objects.visible_to(request.actor), pk=pk)
    requirements = to_fill_in(request, line.requirements_id)
    actions.remove_line(line)
    messages.success(request, _("Removed: %s.") % line)
    return redirect(intake.url(requirements, intake.BY_SLUG["lines"]))

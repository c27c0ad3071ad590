from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from engagements import actions, intake
from engagements.forms import AssumptionForm
from engagements.models import Assumption, Requirements
from engagements.views.parts import GIVE, form_of_part, to_fill_in


@require_http_methods(["GET", "POST"])
@GIVE
def assumption_add(request: Request, pk: int) -> HttpResponse:
    """Note an assumption; what a client's person notes, the engagement's owner looks after."""
    requirements = to_fill_in(request, pk)
    ours = request.user.is_staff
    row = Assumption(owner_id=request.user.pk if ours else requirements.engagement.owner_id)
    return _assumption(request, requirements, row, title=_("Note an assumption"))


@require_http_methods(["GET", "POST"])
@GIVE
def assumption_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Assumption.objects.visible_to(request.actor), pk=pk)
    requirements = to_fill_in(request, row.requirements_id)
    return _assumption(request, requirements, row, title=_("Edit %s") % row)


def _assumption(
    request: Request, requirements: Requirements, row: Assumption, *, title: str
) -> HttpResponse:
    form = AssumptionForm(
        requirements, request.POST or None, instance=row, by_client=not request.user.is_staff
    )
    if form.is_valid():
        actions.save_assumption(requirements, form.instance)
        messages.success(request, _("Saved: %s.") % row)
        return _back(request, requirements)
    return form_of_part(request, requirements, form, title=title)


def _back(request: Request, requirements: Requirements) -> HttpResponseRedirect:
    """Lead our staff to the page of all assumptions, a client's person to where theirs stand."""
    if request.user.is_staff:
        return redirect(requirements)
    return redirect(intake.url(requirements, intake.BY_SLUG["review"]))


@require_POST
@GIVE
def assumption_remove(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Assumption.objects.visible_to(request.actor), pk=pk)
    requirements = to_fill_in(request, row.requirements_id)
    actions.remove_assumption(row)
    messages.success(request, _("Removed: %s.") % row)
    return _back(request, requirements)

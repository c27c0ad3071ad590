from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from engagements import actions
from engagements.forms import MeasureForm
from engagements.models import Requirements, SuccessMeasure
from planning.measures import BY_KEY, LIBRARY, Measure

MAY = "engagements.give_requirements"


@require_http_methods(["GET", "POST"])
@permission_required(MAY, raise_exception=True)
def measure_add(request: Request, pk: int) -> HttpResponse:
    requirements = get_object_or_404(Requirements.objects.writable_by(request.actor), pk=pk)
    return _measure(request, requirements, SuccessMeasure(), title=_("Add a success measure"))


@require_http_methods(["GET", "POST"])
@permission_required(MAY, raise_exception=True)
def measure_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    title = _("Edit: %(measure)s") % {"measure": row}
    return _measure(request, row.requirements, row, title=title)


@require_POST
@permission_required(MAY, raise_exception=True)
def measure_remove(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    actions.remove_measure(row)
    messages.success(request, _("Removed: %(measure)s.") % {"measure": row})
    return redirect(_back(request, row.requirements))


def _found(request: Request, pk: int) -> SuccessMeasure:
    rows = SuccessMeasure.objects.visible_to(request.actor)
    drafts = Requirements.objects.writable_by(request.actor)
    return get_object_or_404(rows.filter(requirements__in=drafts), pk=pk)


def _measure(
    request: Request, requirements: Requirements, row: SuccessMeasure, *, title: str
) -> HttpResponse:
    preset = BY_KEY.get(request.GET.get("kpi", "")) if row.pk is None else None
    initial: dict[str, Any] = _initial(preset) if preset else {}
    form = MeasureForm(requirements, request.POST or None, instance=row, initial=initial)
    if form.is_valid():
        actions.save_measure(requirements, form.instance)
        messages.success(request, _("Saved: %(measure)s.") % {"measure": form.instance})
        return redirect(_back(request, requirements))
    context = {
        "form": form,
        "title": title,
        "preset": preset and _(preset.pitfall),
        "preset_target": preset and _(preset.target_source),
        "library": [] if row.pk else [(each.key, _(each.name)) for each in LIBRARY],
        "requirements": requirements,
        "back": _back(request, requirements),
        "next": request.GET.get("next", ""),
        "base": "base.html" if request.user.is_staff else "base_calm.html",
    }
    status = 422 if form.errors else 200
    return render(request, "engagements/measure.html", context, status=status)


def _initial(preset: Measure) -> dict[str, Any]:
    """Return what a measure of the library fills in, in the reader's language."""
    return {
        "name": _(preset.name),
        "formula": _(preset.formula),
        "unit": preset.unit,
        "direction": preset.direction,
        "target": preset.target,
    }


def _back(request: Request, requirements: Requirements) -> str:
    """Return the page of ours that somebody came from, or that of the requirements."""
    target = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()})
    return target if is_ours else requirements.get_absolute_url()

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from core.models import StoredFile
from engagements import actions, arrivals, intake
from engagements.forms import LineForm
from engagements.models import LineOfBusiness, Requirements
from engagements.pages import explained
from engagements.views.parts import GIVE, to_fill_in


@require_http_methods(["GET", "POST"])
@GIVE
def line_add(request: Request, pk: int) -> HttpResponse:
    return _line(request, to_fill_in(request, pk), LineOfBusiness())


@require_http_methods(["GET", "POST"])
@GIVE
def line_edit(request: Request, pk: int) -> HttpResponse:
    line = get_object_or_404(LineOfBusiness.objects.visible_to(request.actor), pk=pk)
    return _line(request, to_fill_in(request, line.requirements_id), line)


def _line(request: Request, requirements: Requirements, line: LineOfBusiness) -> HttpResponse:
    typed = None if request.POST else _typed(request, requirements)
    sent = (request.POST or None, request.FILES or None)
    form = LineForm(requirements, *sent, instance=line, initial=typed)
    if not form.is_valid():
        return line_form(request, requirements, form, line)
    if form.found:
        stored = actions.keep_arrivals(form.keep(), by=request.actor)
        return redirect("engagements:line_arrivals", stored.key)
    actions.save_line(requirements, form.instance)
    messages.success(request, _("Saved: %(line)s.") % {"line": line})
    return redirect(back_to_lines(requirements))


def back_to_lines(requirements: Requirements) -> str:
    return intake.url(requirements, intake.BY_SLUG["lines"])


def _typed(request: Request, requirements: Requirements) -> dict[str, str] | None:
    """Return what was typed beside a file that was looked at and is not to be used."""
    try:
        key = UUID(request.GET.get("typed", ""))
    except ValueError:
        return None
    stored = StoredFile.objects.filter(key=key, media_type=arrivals.KIND).first()
    kept = arrivals.Kept.load(stored) if stored else None
    return kept.typed if kept and kept.requirements == requirements.pk else None


def line_form(
    request: Request, requirements: Requirements, form: LineForm, line: LineOfBusiness
) -> HttpResponse:
    """Answer with the form of a line, which is sent to where that line is added or edited."""
    action = (
        reverse("engagements:line_edit", args=[line.pk])
        if line.pk
        else reverse("engagements:line_add", args=[requirements.pk])
    )
    form.fields["skills"].for_staff = request.user.is_staff  # type: ignore[attr-defined]
    context: dict[str, Any] = {"form": form, "requirements": requirements, "action": action}
    context["base"] = "base.html" if request.user.is_staff else "base_calm.html"
    context["back"] = back_to_lines(requirements)
    if line.pk:
        # As it is stored: what was typed, and not saved, stands in the form.
        saved = LineOfBusiness.objects.select_related("requirements").get(pk=line.pk)
        context |= {"line": saved, "open_year": explained(saved.open_year.to_json())}
    return render(request, "engagements/line.html", context, status=422 if form.errors else 200)


@require_POST
@GIVE
def line_remove(request: Request, pk: int) -> HttpResponse:
    line = get_object_or_404(LineOfBusiness.objects.visible_to(request.actor), pk=pk)
    requirements = to_fill_in(request, line.requirements_id)
    actions.remove_line(line)
    messages.success(request, _("Removed: %(line)s.") % {"line": line})
    return redirect(back_to_lines(requirements))

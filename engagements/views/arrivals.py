"""An uploaded file of arrivals: look at what it holds, then plan on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.exports import csv_response
from core.http import Request
from core.models import StoredFile
from engagements import actions, arrivals
from engagements.forms import ArrivalsForm, filled
from engagements.models import LineOfBusiness, Requirements
from engagements.views.lines import back_to_lines, line_form
from engagements.views.parts import GIVE


@require_http_methods(["GET", "POST"])
@GIVE
def line_arrivals(request: Request, key: UUID) -> HttpResponse:
    """Show what a file holds; on confirmation save its line with the week that was chosen."""
    stored, kept, requirements = _kept(request, key)
    line = _line(kept, requirements)
    form = ArrivalsForm(request.POST or None)
    if form.is_valid():
        try:
            made = filled(kept, requirements, line, take=form.cleaned_data["take"])
        except ValueError as error:
            form.add_error("take", str(error))
        else:
            if made.is_valid():
                actions.use_arrivals(stored, requirements, made.instance)
                messages.success(request, _("Saved: %(line)s.") % {"line": made.instance})
                return redirect(back_to_lines(requirements))
            return line_form(request, requirements, made, line)
    context = {"kept": kept, "stored": stored, "form": form, "line": line}
    context |= {"requirements": requirements, **arrivals.summary(kept)}
    context["base"] = "base.html" if request.user.is_staff else "base_calm.html"
    status = 422 if form.errors else 200
    return render(request, "engagements/arrivals.html", context, status=status)


@require_GET
@GIVE
def line_arrivals_problems(request: Request, key: UUID) -> HttpResponse:
    """Send every row that could not be used, or has a gap before it."""
    kept = _kept(request, key)[1]
    rows = arrivals.problem_rows(kept.found)
    return csv_response("arrivals-problems.csv", arrivals.PROBLEM_HEADER, rows)


@require_GET
@GIVE
def line_arrivals_week(request: Request, key: UUID) -> HttpResponse:
    """Send the mean of each half-hour of the week."""
    kept = _kept(request, key)[1]
    rows = arrivals.week_rows(kept.found)
    return csv_response("arrivals-week.csv", arrivals.WEEK_HEADER, rows)


def _kept(request: Request, key: UUID) -> tuple[StoredFile, arrivals.Kept, Requirements]:
    """Find a file whose requirements somebody may write; whose they are stands in the file."""
    stored = get_object_or_404(StoredFile, key=key, media_type=arrivals.KIND)
    kept = arrivals.Kept.load(stored)
    rows = Requirements.objects.writable_by(request.actor)
    return stored, kept, get_object_or_404(rows, pk=kept.requirements)


def _line(kept: arrivals.Kept, requirements: Requirements) -> LineOfBusiness:
    if kept.line is None:
        return LineOfBusiness()
    return get_object_or_404(requirements.lines.all(), pk=kept.line)

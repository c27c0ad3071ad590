from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import versions
from core.http import Request
from engagements import actions
from engagements.assumed import defaults
from engagements.esco import NOTICE
from engagements.forms import CopyForm, RequirementsForm
from engagements.models import Engagement, Requirements
from engagements.views.parts import form_of_part


@require_GET
@permission_required("engagements.view_client", raise_exception=True)
def requirements(request: Request, pk: int) -> HttpResponse:
    rows = Requirements.objects.visible_to(request.actor).for_page()
    row = get_object_or_404(rows, pk=pk)
    may_change = request.actor.has_perm("engagements.change_requirements")
    skills = [skill for line in row.lines.all() for skill in line.skills]
    context = {
        "has_skills": bool(skills),
        "has_esco": any(skill.get("uri") for skill in skills),
        "notice": NOTICE,
        "may_give": Requirements.objects.writable_by(request.actor).filter(pk=pk).exists(),
        "news": versions.look(row, request.actor),
        "requirements": row,
        "defaults": defaults(row),
        "is_open": may_change and row.state == Requirements.State.DRAFT,
        "may_plan": row.state == Requirements.State.ACCEPTED
        and request.actor.has_perm("engagements.change_staffingplan"),
    }
    return render(request, "engagements/requirements.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def requirements_add(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    initial = {"customer_time_zone": row.client.time_zone, "go_live_on": row.go_live_on}
    form = RequirementsForm(request.POST or None, initial=initial)
    if form.is_valid():
        return redirect(actions.create_requirements(row, lines=[], **form.cleaned_data))
    context = {"form": form, "above": [row.client, row], "title": "Write requirements"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def requirements_copy(request: Request, pk: int) -> HttpResponse:
    """Begin with what another engagement asked for."""
    row = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    form = CopyForm(row, request.actor, request.POST or None)
    if form.is_valid():
        return redirect(actions.copy_requirements(form.cleaned_data["source"], row))
    title = "Begin with the requirements of another engagement"
    context = {"form": form, "above": [row.client, row], "title": title, "submit": "Copy"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.change_requirements", raise_exception=True)
def requirements_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    form = RequirementsForm(request.POST or None, instance=row)
    if form.is_valid():
        return redirect(actions.edit_requirements(row, **form.cleaned_data))
    return form_of_part(request, row, form, title="Edit the requirements")


@require_POST
@permission_required("engagements.change_requirements", raise_exception=True)
def submit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.submit_requirements(row, by=request.actor))


@require_POST
@permission_required("engagements.accept_requirements", raise_exception=True)
def accept(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.accept_requirements(row, by=request.actor))


@require_POST
@permission_required("engagements.change_requirements", raise_exception=True)
def new_version(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.new_version(row))

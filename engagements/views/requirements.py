from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import versions
from core.http import Request
from engagements import actions, pages
from engagements.assumed import defaults
from engagements.forms import CopyForm
from engagements.models import Engagement, Requirements
from engagements.views.parts import CHANGE, GIVE


@require_GET
@permission_required("engagements.view_requirements", raise_exception=True)
def requirements(request: Request, pk: int) -> HttpResponse:
    """Show requirements: to a client's people what they say, to ours what follows from them too."""
    rows = Requirements.objects.visible_to(request.actor)
    may_give = request.actor.has_perm("engagements.give_requirements")
    if not request.actor.has_perm("engagements.view_client"):
        row = get_object_or_404(rows.for_intake(), pk=pk)
        context = {"requirements": row, "is_open": may_give and row.is_draft, **pages.told(row)}
        return render(request, "engagements/requirements_read.html", context)
    row = get_object_or_404(rows.for_page(), pk=pk)
    context = {
        "news": versions.look(row, request.actor),
        "requirements": row,
        "defaults": defaults(row),
        "is_open": may_give and row.is_draft,
        "may_discard": row.is_draft and not row.log.exists(),
        "may_plan": row.state == Requirements.State.ACCEPTED
        and request.actor.has_perm("engagements.change_staffingplan"),
        **pages.told(row),
    }
    return render(request, "engagements/requirements.html", context)


@require_http_methods(["GET", "POST"])
@CHANGE
def requirements_copy(request: Request, pk: int) -> HttpResponse:
    """Begin with what another engagement asked for."""
    row = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    form = CopyForm(row, request.actor, request.POST or None)
    if form.is_valid():
        return redirect(actions.copy_requirements(form.cleaned_data["source"], row))
    title = "Begin with the requirements of another engagement"
    context = {"form": form, "above": [row.client, row], "title": title, "submit": "Copy"}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


@require_POST
@GIVE
def submit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.submit_requirements(row, by=request.actor))


@require_POST
@permission_required("engagements.accept_requirements", raise_exception=True)
def accept(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.accept_requirements(row, by=request.actor))


@require_POST
@CHANGE
def new_version(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    return redirect(actions.begin_requirements(row.engagement))

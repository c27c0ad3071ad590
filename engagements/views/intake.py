"""Requirements asked for step by step, of our staff and of a client's people alike."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from engagements import actions, intake, pages
from engagements.forms import DiscardForm, SendBackForm, StepForm
from engagements.models import Engagement, Requirements
from engagements.views.parts import CHANGE, GIVE, form_of_part


@require_POST
@CHANGE
def requirements_begin(request: Request, pk: int) -> HttpResponse:
    """Open the draft of an engagement's requirements, made where there is none, at its start."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    return redirect(intake.url(actions.begin_requirements(engagement), intake.STEPS[0]))


@require_http_methods(["GET", "POST"])
@GIVE
def intake_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Ask one step, and keep its fields and no others. What was submitted is read, not asked."""
    asked = intake.BY_SLUG.get(step)
    if asked is None:
        raise Http404
    row = Requirements.objects.writable_by(request.actor).for_intake().filter(pk=pk).first()
    if row is None:
        rows = Requirements.objects.visible_to(request.actor)
        row = get_object_or_404(rows.exclude(state=Requirements.State.DRAFT), pk=pk)
        if request.method == "GET":
            return redirect(row)
    if request.method == "POST":
        return _save(request, row, asked, StepForm(asked, row, request.POST))
    return _show(request, row, asked, StepForm(asked, row))


def _save(request: Request, row: Requirements, asked: intake.Step, form: StepForm) -> HttpResponse:
    """Keep what is possible, be the rest wrong: nobody types it twice."""
    form.is_valid()
    actions.edit_requirements(row, **form.cleaned_data)
    status = 422 if form.errors else 200
    if request.htmx:
        kept = Requirements.objects.for_intake().get(pk=row.pk)
        context = {"form": form, "steps": intake.progress(kept), "step": asked}
        return render(request, "engagements/_intake_saved.html", context, status=status)
    if form.errors:
        return _show(request, row, asked, form)
    turn = -1 if "back" in request.POST else 1
    leaves = "leave" in request.POST
    return redirect(row if leaves else intake.beside(row, asked, turn) or row)


def _show(request: Request, row: Requirements, asked: intake.Step, form: StepForm) -> HttpResponse:
    context = {
        **pages.told(row),
        "requirements": row,
        "form": form,
        "step": asked,
        "number": intake.STEPS.index(asked) + 1,
        "back": intake.beside(row, asked, -1),
        "onward": intake.beside(row, asked, 1),
    }
    status = 422 if form.errors else 200
    return render(request, "engagements/intake.html", context, status=status)


@require_POST
@CHANGE
def requirements_open(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    row = actions.open_to_client(row)
    messages.success(request, f"{row.engagement.client} can fill it in now, and was told.")
    return redirect(row)


@require_POST
@CHANGE
def requirements_take_back(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    row = actions.take_back(row)
    messages.success(request, f"{row.engagement.client} can't change it any more.")
    return redirect(row)


@require_http_methods(["GET", "POST"])
@permission_required("engagements.accept_requirements", raise_exception=True)
def send_back(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        return redirect(actions.send_back(row, by=request.actor, **form.cleaned_data))
    return form_of_part(request, row, form, title="Send back", submit="Send back")


@require_http_methods(["GET", "POST"])
@CHANGE
def requirements_discard(request: Request, pk: int) -> HttpResponse:
    """Ask once whether a draft shall go, and remove it."""
    row = get_object_or_404(Requirements.objects.visible_to(request.actor), pk=pk)
    form = DiscardForm(row, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.discard_draft(row, **form.cleaned_data)
        messages.success(request, f"Removed: requirements v{row.version}.")
        return redirect(row.engagement)
    title = f"Discard version {row.version}, and all that is written in it?"
    return form_of_part(request, row, form, title=title, submit="Discard", danger=True)

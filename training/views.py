from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import Request
from core.views.lists import show
from core.views.site import back
from core.workflow import StepRefused
from training import actions
from training.forms import (
    ClassForm,
    EnrolForm,
    NoteForm,
    ProgrammeForm,
    ScoresForm,
)
from training.lists import CertificateList, ClassList, ProgrammeList
from training.models import Enrolment, Programme, TrainingClass


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_GET
@permission_required("training.view_programme", raise_exception=True)
def programmes(request: Request) -> HttpResponseBase:
    return show(request, ProgrammeList(request.actor), template="training/programmes.html")


@require_http_methods(["GET", "POST"])
@permission_required("training.change_programme", raise_exception=True)
def programme_add(request: Request) -> HttpResponse:
    return _edit_programme(request, Programme())


@require_http_methods(["GET", "POST"])
@permission_required("training.change_programme", raise_exception=True)
def programme_edit(request: Request, pk: int) -> HttpResponse:
    return _edit_programme(request, get_object_or_404(Programme, pk=pk))


def _edit_programme(request: Request, programme: Programme) -> HttpResponse:
    form = ProgrammeForm(_posted(request), instance=programme)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("training:programmes")
    context = {"form": form, "programme": programme}
    return render(
        request, "training/programme_form.html", context, status=422 if form.errors else 200
    )


@require_GET
@permission_required("training.view_trainingclass", raise_exception=True)
def classes(request: Request) -> HttpResponseBase:
    """List the classes: those before us and running, or of one state, or all."""
    return show(request, ClassList(request.actor), template="training/classes.html")


@require_http_methods(["GET", "POST"])
@permission_required("training.change_trainingclass", raise_exception=True)
def class_add(request: Request) -> HttpResponse:
    return _edit_class(request, TrainingClass())


@require_http_methods(["GET", "POST"])
@permission_required("training.change_trainingclass", raise_exception=True)
def class_edit(request: Request, pk: int) -> HttpResponse:
    return _edit_class(request, _class(request, pk))


def _edit_class(request: Request, training_class: TrainingClass) -> HttpResponse:
    form = ClassForm(
        _posted(request),
        instance=training_class,
        actor=request.actor,
        initial={"engagement": request.GET.get("engagement")} if not training_class.pk else None,
    )
    if form.is_valid():
        saved = actions.schedule_class(form.save(commit=False), by=request.actor)
        return redirect(saved)
    context = {"form": form, "training_class": training_class}
    return render(request, "training/class_form.html", context, status=422 if form.errors else 200)


def _class(request: Request, pk: int) -> TrainingClass:
    return get_object_or_404(TrainingClass.objects.visible_to(request.actor).for_steps(), pk=pk)


@require_GET
@permission_required("training.view_trainingclass", raise_exception=True)
def training_class(request: Request, pk: int) -> HttpResponse:
    return _show_class(request, _class(request, pk))


def _show_class(
    request: Request,
    row: TrainingClass,
    *,
    enrol_form: EnrolForm | None = None,
    scores_form: ScoresForm | None = None,
) -> HttpResponse:
    """Draw the page of a class, with a form as it was sent where something is to be mended."""
    visible = Enrolment.objects.visible_to(request.actor).for_steps()
    people = list(visible.filter(training_class=row).select_related("certificate__file"))
    may_change = request.actor.has_perm("training.change_enrolment")
    sent = enrol_form or scores_form
    if may_change and row.state == TrainingClass.State.OPEN:
        enrol_form = enrol_form or EnrolForm(row)
    if may_change:
        scores_form = scores_form or ScoresForm(people)
    # How many is for everybody who sees the class; who they are is not.
    states = [enrolment.state for enrolment in row.enrolments.all()]
    taken = sum(state not in actions.GONE for state in states)
    context = {
        "training_class": row,
        "people": [
            (enrolment, scores_form and _field(scores_form, enrolment)) for enrolment in people
        ],
        "scores_form": scores_form if scores_form and scores_form.fields else None,
        "enrol_form": enrol_form,
        "places_left": row.places - taken,
        "certified": states.count(Enrolment.State.CERTIFIED),
        "taken": taken,
    }
    status = 422 if sent and sent.errors else 200
    return render(request, "training/class.html", context, status=status)


def _field(form: ScoresForm, enrolment: Enrolment) -> object:
    name = f"score_{enrolment.pk}"
    return form[name] if name in form.fields else None


@require_POST
@permission_required("training.change_enrolment", raise_exception=True)
def enrol(request: Request, pk: int) -> HttpResponse:
    """Enrol those who were ticked, all of them or, where that is not possible, nobody."""
    row = _class(request, pk)
    form = EnrolForm(row, request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                for application in form.cleaned_data["people"]:
                    actions.enrol(application, row, by=request.actor)
        except StepRefused as refusal:
            form.add_error("people", str(refusal))
        else:
            count = len(form.cleaned_data["people"])
            text = ngettext("%s person is enrolled.", "%s people are enrolled.", count) % count
            messages.success(request, text)
            return redirect(row)
    return _show_class(request, row, enrol_form=form)


@require_POST
@permission_required("training.change_enrolment", raise_exception=True)
def scores(request: Request, pk: int) -> HttpResponse:
    row = _class(request, pk)
    visible = Enrolment.objects.visible_to(request.actor).for_steps()
    form = ScoresForm(list(visible.filter(training_class=row)), request.POST)
    if form.is_valid():
        count = actions.enter_scores(row, scores=form.scores(), by=request.actor)
        text = ngettext("%s score is saved.", "%s scores are saved.", count) % count
        messages.success(request, text)
        return redirect(row)
    return _show_class(request, row, scores_form=form)


@require_POST
def start_class(request: Request, pk: int) -> HttpResponse:
    row = _class(request, pk)
    actions.start_class(row, by=request.actor)
    return back(request, row)


@require_POST
def cancel_class(request: Request, pk: int) -> HttpResponse:
    row = _class(request, pk)
    actions.cancel_class(row, by=request.actor)
    return back(request, row)


def _enrolment(request: Request, pk: int) -> Enrolment:
    return get_object_or_404(Enrolment.objects.visible_to(request.actor).for_steps(), pk=pk)


@require_POST
def nest(request: Request, pk: int) -> HttpResponse:
    row = _enrolment(request, pk)
    actions.nest(row, by=request.actor)
    return back(request, row)


@require_POST
def certify(request: Request, pk: int) -> HttpResponse:
    row = _enrolment(request, pk)
    certificate = actions.certify(row, by=request.actor)
    text = _("%(name)s is certified: %(number)s. The PDF is being made.")
    name = row.application.candidate
    messages.success(request, text % {"name": name, "number": certificate.number})
    return back(request, row)


@require_http_methods(["GET", "POST"])
def fail(request: Request, pk: int) -> HttpResponse:
    return _leave(request, pk, "training.certify_enrolment", actions.fail, "fail")


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    return _leave(request, pk, "training.change_enrolment", actions.withdraw, "withdraw")


def _leave(
    request: Request, pk: int, permission: str, action: Callable[..., Enrolment], step: str
) -> HttpResponse:
    """Ask why somebody leaves the class, and let them go."""
    row = _enrolment(request, pk)
    if not request.actor.has_perm(permission):
        raise PermissionDenied
    form = NoteForm(_posted(request))
    if form.is_valid():
        action(row, note=form.cleaned_data["note"], by=request.actor)
        return redirect(row)
    context = {"form": form, "enrolment": row, "step": step}
    return render(request, "training/leave.html", context, status=422 if form.errors else 200)


@require_GET
@permission_required("training.view_enrolment", raise_exception=True)
def certificates(request: Request) -> HttpResponseBase:
    """List the certificates of people at work, those that expire first on top."""
    return show(request, CertificateList(request.actor), template="training/certificates.html")

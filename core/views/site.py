from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.http import require_GET, require_POST

from core import audit, files, workflow
from core import styleguide as samples
from core.http import Request
from core.models import StoredFile, User


@login_not_required
@require_GET
def healthz(request: Request) -> HttpResponse:
    """Say that the web server answers; `readyz` looks at the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Keep the language in a cookie, for strangers too; and, of who is signed in, for mails."""
    asked = request.POST.get("language", "")
    if request.user.is_authenticated and asked in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=asked)
    return i18n.set_language(request)


@require_GET
@permission_required("core.view_styleguide", raise_exception=True)
def styleguide(request: Request) -> HttpResponse:
    return render(request, "core/styleguide.html", samples.samples())


@require_GET
def file(request: Request, key: UUID) -> FileResponse:
    row = get_object_or_404(StoredFile, key=key)
    if not files.may_see(row, request.actor):
        raise Http404
    audit.note("view", did="file_downloaded", by=request.actor, about=row)
    return sent(row)


def sent(row: StoredFile) -> FileResponse:
    """Send a file as a download that no browser will mistake for a page."""
    response = FileResponse(row.content.open(), filename=row.name, as_attachment=True)
    response["Content-Type"] = row.media_type
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def step(request: Request, label: str, pk: int, step: str) -> HttpResponse:
    """Take a step that asks for nothing more, of any machine; those with a page are not here."""
    subject = _subject(request, label, pk)
    # From whatever state: the subject may move on before `take_step` has it locked.
    known = [each for each in subject.get_all_state_transitions() if each.name == step]
    if any(each.custom.get("route") or each.custom.get("automatic") for each in known):
        raise Http404
    # Cards say what our staff may read: a client would find the candidate's name on one.
    has_card = request.htmx and request.user.is_staff
    card = getattr(subject, "card_template", "") if has_card else ""
    note = request.POST.get("note", "")[:2000]
    try:
        subject = workflow.take_step(subject, step, by=request.actor, note=note)
    except workflow.StepRefused as refusal:
        if not card:
            raise
        context = {"card": _as_card(subject), "refusal": refusal}
        return render(request, card, context, status=409)
    return render(request, card, {"card": _as_card(subject)}) if card else back(request, subject)


def _as_card(subject: Any) -> Any:
    """Read the subject again with what its card shows: else the card would, piece by piece."""
    manager: Any = type(subject)._default_manager
    return manager.for_cards().get(pk=subject.pk) if hasattr(manager, "for_cards") else subject


def _subject(request: Request, label: str, pk: int) -> Any:
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if model not in workflow.machines():
        raise Http404
    return get_object_or_404(model._default_manager.visible_to(request.actor), pk=pk)


def back(request: Request, subject: Any) -> HttpResponseRedirect:
    """Go back to where a form came from, if that is one of our pages, or else to the subject."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return HttpResponseRedirect(target)
    return redirect(subject)

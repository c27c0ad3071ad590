"""Where somebody is signed in: everybody sees and ends their own; an administrator, anybody's."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import second_factor
from core import sessions as actions
from core.http import Request
from core.models import Session, User


@require_GET
def own_sessions(request: Request) -> HttpResponse:
    rows = Session.objects.filter(user=request.user).open(now=timezone.now())
    context = {"sessions": list(rows), "this": actions.own_number(request.session)}
    return render(request, "core/own_sessions.html", context)


@require_POST
def own_session_end(request: Request, number: UUID) -> HttpResponse:
    if not actions.end(request.user, by=request.actor, number=number):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("core:own_sessions")


@require_POST
def own_sessions_end(request: Request) -> HttpResponse:
    """End all but the one that asks."""
    this = actions.own_number(request.session)
    actions.end(request.user, by=request.actor, but=this)
    messages.success(request, _("Every other browser is signed out."))
    return redirect("core:own_sessions")


@require_POST
@permission_required("core.manage_people", raise_exception=True)
def person_session_end(request: Request, pk: int, number: UUID) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    if not actions.end(person, by=request.actor, number=number):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect(person)


@require_POST
@permission_required("core.manage_people", raise_exception=True)
def person_sessions_end(request: Request, pk: int) -> HttpResponse:
    """End all of a person's; of one's own, all but the one that asks."""
    person = get_object_or_404(User, pk=pk)
    this = actions.own_number(request.session) if person.pk == request.user.pk else None
    actions.end(person, by=request.actor, but=this)
    messages.success(request, _("Every browser of theirs is signed out."))
    return redirect(person)


@require_POST
@permission_required("core.manage_people", raise_exception=True)
def person_factor_reset(request: Request, pk: int) -> HttpResponse:
    """Take away a second factor that somebody lost, and sign them out everywhere."""
    person = get_object_or_404(User, pk=pk)
    second_factor.take_away(person, by=request.actor)
    messages.success(request, _("The second factor is gone: they come in by password alone."))
    return redirect(person)

from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from core import links
from core import people as actions
from core.forms import InvitationForm, InviteForm
from core.http import Request
from core.links import LinkInvalid
from core.lists.own import PeopleList
from core.throttling import throttle
from core.views.lists import show


@require_GET
@permission_required("core.manage_people", raise_exception=True)
def people(request: Request) -> HttpResponseBase:
    return show(request, PeopleList(request.actor), template="core/people.html")


@require_http_methods(["GET", "POST"])
@permission_required("core.manage_people", raise_exception=True)
def invite(request: Request) -> HttpResponse:
    """Invite one of our staff. People at clients and vendors are invited from their pages."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        actions.invite(by=request.actor, **form.cleaned_data)
        messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("core:people")
    context = {"form": form, "days": actions.INVITATION_DAYS.value()}
    return render(request, "core/invite.html", context, status=422 if form.errors else 200)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@throttle("links", "60/5m", methods={"GET", "POST"})
def invitation(request: Request, token: str) -> HttpResponse:
    """Let an invited person choose a password, and sign them in, by their second factor if any."""
    link = links.opened(actions.INVITATION, token)
    user: Any = link.subject
    if not user.is_active:
        raise LinkInvalid(_("This account is closed. Ask the person who invited you."))
    form = InvitationForm(user, request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["new_password1"]
        user = actions.accept(link, name=form.cleaned_data["name"], password=password)
        return perform_login(request, user)
    context = {"form": form, "invited": user}
    return render(request, "core/invitation.html", context, status=422 if form.errors else 200)

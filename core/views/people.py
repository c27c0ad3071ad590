from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from core import links, people as actions
from core.forms import InvitationForm, InviteForm
from core.http import Request
from core.models import User


@require_GET
@permission_required("core.manage_people", raise_exception=True)
def people(request: Request) -> HttpResponse:
    rows = User.objects.prefetch_related("groups").order_by("kind", "name", "pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "core/people.html", {"page": page})


@require_http_methods(["GET", "POST"])
@permission_required("core.manage_people", raise_exception=True)
def invite(request: Request) -> HttpResponse:
    """Invite one of our staff. People at clients and vendors are invited from their pages."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        actions.invite(by=request.actor, **form.cleaned_data)
        messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("core:people")
    return render(request, "core/invite.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Let an invited person choose a password, and sign them in."""
    link = links.opened(actions.INVITATION, token)
    user: User = link.subject
    form = InvitationForm(user, request.POST or None)
    if form.is_valid():
        actions.accept(
            link, name=form.cleaned_data["name"], password=form.cleaned_data["new_password1"]
        )
        user.refresh_from_db()
        login(request, user, backend="core.sign_in.Backend")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "invited": user}
    return render(request, "core/invitation.html", context, status=422 if form.errors else 200)

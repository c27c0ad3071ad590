"""Service accounts: who reads by the API, what, with which token, and when it last did."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import service_accounts as actions
from core.forms import RotateForm, ServiceAccountForm
from core.http import Request
from core.lists.own import ServiceAccountList
from core.models import ServiceAccount
from core.views.lists import show
from core.workflow import Blocker, StepRefused

administrators_only = permission_required("core.manage_people", raise_exception=True)


@require_GET
@administrators_only
def service_accounts(request: Request) -> HttpResponseBase:
    listing = ServiceAccountList(request.actor)
    return show(request, listing, template="core/service_accounts.html")


@never_cache
@require_http_methods(["GET", "POST"])
@administrators_only
def service_account_add(request: Request) -> HttpResponse:
    """Make an account, and show its first token: here, and nowhere again."""
    form = ServiceAccountForm(request.POST or None, initial={"owner": request.user})
    if form.is_valid():
        account, token = actions.create(by=request.actor, **form.for_action())
        return _show(request, account, token=token)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "core/service_account_add.html", context, status=status)


def _show(
    request: Request, account: ServiceAccount, *, token: str = "", form: RotateForm | None = None
) -> HttpResponse:
    rows = ServiceAccount.objects.visible_to(request.actor).select_related("owner", "created_by")
    account = get_object_or_404(rows.prefetch_related("tokens__created_by"), pk=account.pk)
    context = {
        "account": account,
        "scopes": [each for each in actions.scopes() if each.name in account.scopes],
        "token": token,
        "form": form or RotateForm(),
    }
    status = 422 if form and form.errors else 200
    return render(request, "core/service_account.html", context, status=status)


@require_GET
@administrators_only
def service_account(request: Request, pk: int) -> HttpResponse:
    account = get_object_or_404(ServiceAccount.objects.visible_to(request.actor), pk=pk)
    return _show(request, account)


@never_cache
@require_POST
@administrators_only
def service_account_rotate(request: Request, pk: int) -> HttpResponse:
    account = get_object_or_404(ServiceAccount.objects.visible_to(request.actor), pk=pk)
    if account.revoked_at:
        raise StepRefused(Blocker("This account is revoked. Make a new one."))
    form = RotateForm(request.POST)
    if not form.is_valid():
        return _show(request, account, form=form)
    token = actions.rotate(account, by=request.actor, **form.cleaned_data)
    return _show(request, account, token=token)


@require_POST
@administrators_only
def service_account_revoke(request: Request, pk: int) -> HttpResponse:
    account = get_object_or_404(ServiceAccount.objects.visible_to(request.actor), pk=pk)
    actions.revoke(account, by=request.actor)
    messages.success(request, f"{account} is revoked: its tokens open nothing from now on.")
    return redirect(account)

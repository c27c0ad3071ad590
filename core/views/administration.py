"""Settings, audit and health: how Cadre is run; and each person's own page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core import health as own_health
from core import navigation
from core import policies as settings_of_ours
from core.forms_policies import PolicyForm
from core.http import Request
from core.lists.audit import AuditList
from core.models import PolicyValue
from core.policies import Policy
from core.views.lists import show


@require_GET
@permission_required("core.change_policyvalue", raise_exception=True)
def policies(request: Request) -> HttpResponse:
    """Show what holds for each policy, and who decided that."""
    changed = {row.name: row for row in settings_of_ours.newest()}
    groups = [
        (label, [_line(policy, changed.get(policy.name)) for policy in found])
        for label, found in settings_of_ours.grouped()
    ]
    rows = [row for _label, lines in groups for row in lines]
    context = {
        "groups": groups,
        "number": len(rows),
        "changed": sum(row["is_changed"] for row in rows),
    }
    return render(request, "core/policies.html", context)


def _line(policy: Policy, row: PolicyValue | None) -> dict[str, Any]:
    is_changed = row is not None and row.value is not None
    value = policy.read(row.value) if row is not None and is_changed else policy.default
    return {
        "policy": policy,
        "value": policy.in_words(value),
        "default": policy.in_words(policy.default),
        "is_changed": is_changed,
        "row": row,
    }


@require_http_methods(["GET", "POST"])
@permission_required("core.change_policyvalue", raise_exception=True)
def policy(request: Request, name: str) -> HttpResponse:
    """Choose another value, or go back to the default; every earlier one stays in the history."""
    found = settings_of_ours.find(name)
    if found is None:
        raise Http404
    rows = list(PolicyValue.objects.filter(name=name).select_related("by"))
    line = _line(found, rows[0] if rows else None)
    form = PolicyForm(found, request.POST or None)
    if "reset" in request.POST:
        settings_of_ours.change(found, None, by=request.actor)
        messages.success(request, _("The default holds again."))
        return redirect("core:policies")
    if form.is_valid():
        settings_of_ours.change(found, form.cleaned_data["value"], by=request.actor)
        messages.success(request, _("Kept: it holds from now on."))
        return redirect("core:policies")
    history = [
        (row, found.in_words(found.read(row.value)) if row.value is not None else "")
        for row in rows
    ]
    context = {**line, "form": form, "history": history}
    return render(request, "core/policy.html", context, status=422 if form.errors else 200)


@require_GET
@permission_required("core.view_auditentry", raise_exception=True)
def audit(request: Request) -> HttpResponseBase:
    return show(request, AuditList(request.actor))


@require_GET
@permission_required("core.requeue_effect", raise_exception=True)
def health(request: Request) -> HttpResponse:
    found = own_health.findings()
    context = {"findings": found, "troubles": sum(each.tone != "good" for each in found)}
    return render(request, "core/health.html", context)


@login_not_required
@never_cache
@require_GET
def readyz(request: Request) -> HttpResponse:
    """Say whether requests can be sent here: 200, or 503 when the database is not as we need it."""
    ready = own_health.is_ready()
    text = "ok\n" if ready else "not ready\n"
    return HttpResponse(text, content_type="text/plain", status=200 if ready else 503)


@require_GET
def you(request: Request) -> HttpResponse:
    """What a person can set for themselves."""
    return render(request, "core/you.html", {"own": navigation.own(request.actor)})

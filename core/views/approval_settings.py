"""How each kind is approved, as the administrator says; and who stands in for whom."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import approvals
from core.forms_approvals import AbsenceForm, PolicyForm, step_forms
from core.http import Request
from core.models import Delegation

administrators_only = permission_required("core.manage_approvals", raise_exception=True)


@require_GET
@administrators_only
def approval_policies(request: Request) -> HttpResponse:
    found = [(kind, approvals.policy_of(kind)) for kind in approvals.kinds()]
    return render(request, "core/approval_policies.html", {"found": approvals.with_steps(found)})


@require_http_methods(["GET", "POST"])
@administrators_only
def approval_policy(request: Request, key: str) -> HttpResponse:
    """Edit one kind's steps. What is under way goes on as it began."""
    kind = next((each for each in approvals.kinds() if each.key == key), None)
    if kind is None:
        raise Http404
    policy = approvals.policy_of(kind)
    form = PolicyForm(request.POST or None, instance=policy)
    is_valid = form.is_valid()  # and the policy reads as it is to be, for its steps
    steps = step_forms(kind, policy, request.POST or None)
    if is_valid and steps.is_valid():
        approvals.save(form.save(commit=False), steps.for_action(), by=request.actor)
        messages.success(request, _("Whatever is asked for from now on is approved so."))
        return redirect("core:approval_policies")
    context = {"kind": kind, "policy": policy, "form": form, "steps": steps}
    status = 422 if request.method == "POST" else 200
    return render(request, "core/approval_policy.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("core.give_approval", raise_exception=True)
def absence(request: Request) -> HttpResponse:
    """Name who stands in while one is away, and see for whom one does."""
    form = AbsenceForm(request.user, request.POST or None)
    if form.is_valid():
        row = approvals.stand_in(request.user, **form.cleaned_data)
        messages.success(request, _("%(delegate)s stands in for you.") % {"delegate": row.delegate})
        return redirect("core:absence")
    rows = Delegation.objects.visible_to(request.actor).standing(timezone.localdate())
    found = list(rows.select_related("user", "delegate"))
    context = {
        "form": form,
        "mine": [row for row in found if row.user_id == request.user.pk],
        "others": [row for row in found if row.user_id != request.user.pk],
    }
    status = 422 if form.errors else 200
    return render(request, "core/absence.html", context, status=status)


@require_POST
@permission_required("core.give_approval", raise_exception=True)
def absence_end(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Delegation.objects.filter(user=request.user), pk=pk)
    approvals.come_back(row)
    messages.success(request, _("You are back: nobody stands in for you by this any more."))
    return redirect("core:absence")

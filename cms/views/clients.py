"""What a client's people read and decide in their portal. Our staff may look on."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from cms import actions
from cms.forms import AcceptForm, DeclineForm
from cms.models import Contract, Proposal
from core import versions, workflow
from core.http import Request
from core.workflow import StepRefused


def _sent(request: Request, pk: int) -> Proposal:
    """Find a proposal that was sent; nobody reads a draft here."""
    rows = Proposal.objects.visible_to(request.actor).for_steps().select_related("frozen")
    return get_object_or_404(rows, pk=pk, frozen__isnull=False)


@require_GET
@permission_required("cms.view_proposal", raise_exception=True)
def client_proposal(request: Request, pk: int) -> HttpResponse:
    """Show a proposal as it was sent, and note that the client has opened it."""
    proposal = _sent(request, pk)
    actions.record_view(proposal.frozen, by=request.actor, at=timezone.now())
    may_decide = not workflow.blockers(proposal, "accept", request.actor)
    context = {
        "proposal": proposal,
        "frozen": proposal.frozen,
        "written_in": settings.LANGUAGE_CODE,
        "news": versions.look(proposal, request.actor),
        "may_decide": may_decide,
        "is_open": proposal.state == Proposal.State.SENT,
        "contracts": Contract.objects.visible_to(request.actor).filter(proposal=proposal),
        "is_staff": request.user.has_perm("engagements.view_client"),
    }
    return render(request, "cms/client_proposal.html", context)


def _check(request: Request, proposal: Proposal, step: str) -> None:
    if blockers := workflow.blockers(proposal, step, request.actor):
        raise StepRefused(*blockers)


def _myself(request: Request) -> dict[str, str]:
    return {"name": request.user.name, "title": request.user.title}


@require_http_methods(["GET", "POST"])
@permission_required("cms.decide_proposal", raise_exception=True)
def accept_proposal(request: Request, pk: int) -> HttpResponse:
    proposal = _sent(request, pk)
    _check(request, proposal, "accept")
    form = AcceptForm(request.POST or None, initial=_myself(request))
    if form.is_valid():
        answer = {key: form.cleaned_data[key] for key in ["name", "title", "note"]}
        actions.accept_proposal(proposal, by=request.actor, **answer)
        messages.success(request, gettext("Thank you. The proposal is accepted."))
        return redirect("cms:client_proposal", pk)
    context = {"proposal": proposal, "form": form, "figures": proposal.frozen.data}
    status = 422 if form.errors else 200
    return render(request, "cms/client_accept.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("cms.decide_proposal", raise_exception=True)
def decline_proposal(request: Request, pk: int) -> HttpResponse:
    proposal = _sent(request, pk)
    _check(request, proposal, "decline")
    form = DeclineForm(request.POST or None, initial=_myself(request))
    if form.is_valid():
        actions.decline_proposal(proposal, by=request.actor, **form.cleaned_data)
        messages.success(request, gettext("The proposal is declined. We have your reason."))
        return redirect("cms:client_proposal", pk)
    context = {"proposal": proposal, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cms/client_decline.html", context, status=status)


@require_GET
@permission_required("cms.view_contract", raise_exception=True)
def client_contract(request: Request, pk: int) -> HttpResponse:
    rows = Contract.objects.visible_to(request.actor).for_steps()
    contract = get_object_or_404(rows, pk=pk)
    context = {
        "contract": contract,
        "written_in": settings.LANGUAGE_CODE,
        "may_sign": contract.may_be_signed_by(request.actor),
        "is_staff": request.user.has_perm("engagements.view_client"),
    }
    return render(request, "cms/client_contract.html", context)

"""Contracts as our staff see them: drawn, issued, signed."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cms import actions, mails
from cms.forms import DrawForm, VoidForm
from cms.lists import ContractList
from cms.models import Clause, Contract, Proposal
from core import workflow
from core.http import Request
from core.views.lists import show
from core.workflow import StepRefused

STAFF = ["engagements.view_client", "cms.view_contract"]


def _find(request: Request, pk: int) -> Contract:
    return get_object_or_404(Contract.objects.visible_to(request.actor).for_steps(), pk=pk)


def _demand(contract: Contract, step: str, request: Request) -> None:
    if blockers := workflow.blockers(contract, step, request.actor):
        raise StepRefused(*blockers)


@require_GET
@permission_required(STAFF, raise_exception=True)
def contracts(request: Request) -> HttpResponseBase:
    return show(request, ContractList(request.actor))


@require_http_methods(["GET", "POST"])
@permission_required("cms.change_contract", raise_exception=True)
def draw_contract(request: Request, pk: int) -> HttpResponse:
    """Choose the clauses of a contract on a proposal that was accepted."""
    rows = Proposal.objects.visible_to(request.actor).select_related("engagement__client")
    proposal = get_object_or_404(rows, pk=pk)
    actions.refuse_unless_free(proposal)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        drawn = actions.draw_contract(
            proposal, by=request.actor, optional=form.cleaned_data["optional"]
        )
        return redirect(drawn)
    mandatory = Clause.objects.filter(is_mandatory=True)
    context = {"proposal": proposal, "form": form, "mandatory": mandatory}
    status = 422 if form.errors else 200
    return render(request, "cms/contract_draw.html", context, status=status)


@require_GET
@permission_required(STAFF, raise_exception=True)
def contract(request: Request, pk: int) -> HttpResponse:
    found = _find(request, pk)
    context = {"contract": found, "may_sign": found.may_be_signed_by(request.actor)}
    return render(request, "cms/contract.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("cms.change_contract", raise_exception=True)
def issue_contract(request: Request, pk: int) -> HttpResponse:
    """Show to whom it goes and what they read, then issue it."""
    found = _find(request, pk)
    if request.method == "POST":
        return redirect(actions.issue_contract(found, by=request.actor))
    _demand(found, "issue", request)
    letters = mails.contract_issued(found)
    context = {
        "contract": found,
        "letters": letters,
        "letter": letters[0].preview() if letters else None,
    }
    return render(request, "cms/contract_issue.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("cms.change_contract", raise_exception=True)
def void_contract(request: Request, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return redirect(actions.void_contract(found, reason=reason, by=request.actor))
    _demand(found, "void", request)
    letters = mails.contract_void(found)
    context = {"contract": found, "form": form, "letters": letters}
    status = 422 if form.errors else 200
    return render(request, "cms/contract_void.html", context, status=status)

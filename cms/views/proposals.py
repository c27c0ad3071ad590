"""Proposals as our staff see them: drafted, sent, read and answered."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import actions, mails
from cms.forms import ProposalForm, WithdrawForm
from cms.lists import ProposalList
from cms.models import Proposal
from core import versions as marks
from core import workflow
from core.http import Request
from core.views.lists import show
from core.workflow import StepRefused

STAFF = ["engagements.view_client", "cms.view_proposal"]


def _find(request: Request, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.actor).for_steps(), pk=pk)


def _demand(proposal: Proposal, step: str, request: Request) -> None:
    """Refuse a step that has no form to show: its blockers say why."""
    if blockers := workflow.blockers(proposal, step, request.actor):
        raise StepRefused(*blockers)


@require_GET
@permission_required(STAFF, raise_exception=True)
def proposals(request: Request) -> HttpResponseBase:
    return show(request, ProposalList(request.actor), template="cms/proposals.html")


@require_http_methods(["GET", "POST"])
@permission_required("cms.change_proposal", raise_exception=True)
def create_proposal(request: Request) -> HttpResponse:
    initial = {"engagement": request.GET.get("engagement")}
    form = ProposalForm(request.actor, request.POST or None, initial=initial)
    if form.is_valid():
        return redirect(actions.create_proposal(**form.cleaned_data, by=request.actor))
    status = 422 if form.errors else 200
    return render(request, "cms/proposal_create.html", {"form": form}, status=status)


@require_GET
@permission_required(STAFF, raise_exception=True)
def proposal(request: Request, pk: int) -> HttpResponse:
    found = _find(request, pk)
    frozen = getattr(found, "frozen", None)
    figures = frozen.data if frozen else found.live_figures(on=timezone.localdate())
    versions = found.engagement.proposals.filter(number=found.number).select_related("frozen")
    context = {
        "proposal": found,
        "frozen": frozen,
        "news": marks.look(found, request.actor),
        "figures": figures,
        "readers": found.readers(),
        "versions": versions.order_by("-version"),
        "contracts": found.contracts.all(),
        "may_draw": found.may_be_drawn() and request.actor.has_perm("cms.change_contract"),
        "may_follow": found.state in actions.FOLLOWED and found.is_newest(),
    }
    return render(request, "cms/proposal.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("cms.send_proposal", raise_exception=True)
def send_proposal(request: Request, pk: int) -> HttpResponse:
    """Show to whom it goes and what they read, then send it."""
    found = _find(request, pk)
    if request.method == "POST":
        return redirect(actions.send_proposal(found, by=request.actor))
    _demand(found, "send", request)
    letters = mails.proposal_sent(found)
    figures = found.live_figures(on=timezone.localdate())
    context = {
        "proposal": found,
        "letters": letters,
        "letter": letters[0].preview(),
        "html": found.page.render(figures),
    }
    return render(request, "cms/proposal_send.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("cms.send_proposal", raise_exception=True)
def withdraw_proposal(request: Request, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        return redirect(actions.withdraw_proposal(found, by=request.actor, note=note))
    _demand(found, "withdraw", request)
    letters = mails.proposal_withdrawn(found) if found.state == Proposal.State.SENT else []
    context = {
        "proposal": found,
        "form": form,
        "letters": letters,
        "letter": letters[0].preview() if letters else None,
    }
    status = 422 if form.errors else 200
    return render(request, "cms/proposal_withdraw.html", context, status=status)


@require_POST
@permission_required("cms.change_proposal", raise_exception=True)
def new_proposal_version(request: Request, pk: int) -> HttpResponse:
    return redirect(actions.new_proposal_version(_find(request, pk), by=request.actor))

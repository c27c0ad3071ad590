"""What waits for somebody's approval, the answer to it, and what an administrator does about it."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import approvals as actions
from core.forms_approvals import AskForm, ReasonForm
from core.http import Request
from core.models import ApprovalAsk, ApprovalRound, ApprovalStep
from core.views.site import back
from core.workflow import StepRefused

for_approvers = permission_required("core.give_approval", raise_exception=True)
MANAGE = "core.manage_approvals"
administrators_only = permission_required(MANAGE, raise_exception=True)


@require_GET
@for_approvers
def approvals(request: Request) -> HttpResponse:
    """Show what waits for the person, or for whoever they stand in for: what is late first."""
    now = timezone.now()
    found = actions.waiting_for(request.actor, now=now)
    context = {
        "found": found,
        "late": sum(each.is_late for each in found),
        # Whoever looks after all of them sees what waits for anybody.
        "all": request.user.has_perm(MANAGE),
        "steps": actions.open_steps(now=now) if request.user.has_perm(MANAGE) else [],
    }
    return render(request, "core/approvals.html", context)


def _round(request: Request, pk: int) -> ApprovalRound:
    rows = ApprovalRound.objects.visible_to(request.actor).for_page()
    found: ApprovalRound = get_object_or_404(rows, pk=pk)
    if found.subject is None:
        raise Http404
    return found


@require_GET
@for_approvers
def approval(request: Request, pk: int) -> HttpResponse:
    """Show what is to be approved, as it was when it was asked for, and where it stands."""
    found = _round(request, pk)
    standing = actions.drawn(found, found.subject, request.actor, now=timezone.now())
    context = {"round": found, "standing": standing, "may_open": _may_open(request, found)}
    context["beside"] = actions.facts(found.subject, request.actor)
    return render(request, "core/approval.html", context)


def _may_open(request: Request, found: ApprovalRound) -> bool:
    """Say whether the person may see the subject's own page, besides what is asked here."""
    model: Any = type(found.subject)
    return bool(
        model._default_manager.visible_to(request.actor).filter(pk=found.subject_id).exists()
    )


def _ask(request: Request, pk: int) -> ApprovalAsk:
    rows = ApprovalAsk.objects.to(request.actor, on=timezone.localdate())
    return get_object_or_404(rows.select_related("step__round"), pk=pk)


@require_POST
@for_approvers
def approval_give(request: Request, pk: int) -> HttpResponse:
    ask = _ask(request, pk)
    given = actions.approve(ask, by=request.actor, note=request.POST.get("note", ""))
    over = given.state == ApprovalRound.State.APPROVED
    messages.success(request, _("Approved.") if over else _("Your approval is noted."))
    return back(request, given)


@require_http_methods(["GET", "POST"])
@for_approvers
def approval_back(request: Request, pk: int) -> HttpResponse:
    """Ask why, then send the subject back: the whole round ends."""
    ask = _ask(request, pk)
    if found := actions.blockers(ask, request.actor):
        raise StepRefused(*found)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        ended = actions.send_back(ask, by=request.actor, **form.cleaned_data)
        messages.success(request, _("It is sent back with your reason."))
        return redirect(ended)
    context = {"form": form, "round": ask.step.round, "subject": ask.step.round.subject}
    status = 422 if form.errors else 200
    return render(request, "core/approval_back.html", context, status=status)


@require_POST
@for_approvers
def approval_go_on(request: Request, pk: int) -> HttpResponse:
    """Try again to approve what nobody has to approve any more."""
    ended = actions.go_on_alone(_round(request, pk), by=request.actor)
    messages.success(request, _("Approved."))
    return back(request, ended)


@require_POST
@for_approvers
def approval_begin(request: Request, label: str, pk: int) -> HttpResponse:
    """Ask the approvers of something that stands in approval without a round."""
    kind = actions.kind_named(label) if label in {k.key for k in actions.kinds()} else None
    if kind is None:
        raise Http404
    model: Any = apps.get_model(label)
    subject = get_object_or_404(model._default_manager.visible_to(request.actor), pk=pk)
    begun = actions.begin_late(subject, by=request.actor)
    messages.success(request, _("Its approvers are asked."))
    return back(request, begun.subject)


@require_GET
@administrators_only
def approval_step(request: Request, pk: int) -> HttpResponse:
    return _step_page(request, _step(pk), ReasonForm(), AskForm())


def _step(pk: int) -> ApprovalStep:
    rows = ApprovalStep.objects.select_related("round__by").prefetch_related("asks__user")
    return get_object_or_404(rows, pk=pk)


def _step_page(
    request: Request, step: ApprovalStep, skip: ReasonForm, ask: AskForm
) -> HttpResponse:
    context = {"step": step, "round": step.round, "skip": skip, "ask": ask}
    status = 422 if skip.errors or ask.errors else 200
    return render(request, "core/approval_step.html", context, status=status)


@require_POST
@administrators_only
def approval_skip(request: Request, pk: int) -> HttpResponse:
    step, form = _step(pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _step_page(request, step, form, AskForm())
    this = actions.skip(step, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The step is skipped, in your name and with your reason."))
    return redirect(this)


@require_POST
@administrators_only
def approval_ask(request: Request, pk: int) -> HttpResponse:
    step, form = _step(pk), AskForm(request.POST)
    if not form.is_valid():
        return _step_page(request, step, ReasonForm(), form)
    ask = actions.ask_also(step, form.cleaned_data["user"], by=request.actor)
    messages.success(request, _("%(user)s is asked.") % {"user": ask.user})
    return redirect(step.round)

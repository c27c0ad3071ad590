"""One application: what is known against what is wanted, and what to do next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import audit
from core.http import Request
from core.models import StoredFile
from core.workflow import StepRefused, blockers, steps
from recruiting import actions, mails, matching
from recruiting.forms import OfferForm, PutForwardForm, RejectForm, ScorecardForm
from recruiting.models import Application, Offer


def _visible(request: Request, pk: int) -> Application:
    """Staff see an application here; clients and vendors have their own pages."""
    rows = Application.objects.visible_to(request.actor).for_steps()
    rows = rows.select_related("requisition__engagement__client", "requisition__recruiter")
    return get_object_or_404(rows.prefetch_related("criteria_set__items"), pk=pk)


@require_GET
@permission_required("recruiting.view_application", raise_exception=True)
def application(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    audit.note("view", did="application_seen", by=request.actor, about=row)
    facts = list(row.candidate.facts.all())
    cards = row.scorecards.select_related("by").prefetch_related("marks__criterion")
    scored = [(card, matching.score(card), matching.contributions(card)) for card in cards]
    offers = row.offers.visible_to(request.actor).select_related("seat")
    context = {
        "application": row,
        "comparisons": matching.compare(row.criteria_set.items.all(), facts),
        "must_haves": row.must_haves,
        "scorecards": scored,
        "may_score": request.actor.has_perm("recruiting.score_application")
        and row.is_active
        and all(card.by_id != request.user.pk for card in cards),
        "offers": offers,
        "files": StoredFile.objects.on(row.candidate),
    }
    return render(request, "recruiting/application.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.score_application", raise_exception=True)
def scorecard(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    form = ScorecardForm(row, request.POST or None)
    if form.is_valid():
        try:
            actions.save_scorecard(
                row,
                marks=form.marks(),
                summary=form.cleaned_data["summary"],
                by_user=request.user,
            )
            return redirect(row)
        except StepRefused as error:
            form.add_error(None, str(error))
    context = {"form": form, "title": f"Scorecard for {row.candidate}", "submit": "Submit"}
    context |= {"hint": "It stands once it is submitted. 1 clearly below, 4 clearly above."}
    return _form(request, context, row)


def _form(request: Request, context: dict[str, Any], row: Application) -> HttpResponse:
    context = {**context, "subject": row}
    status = 422 if context["form"].errors else 200
    return render(request, "recruiting/form.html", context, status=status)


def _demand_step(request: Request, row: Application, *names: str) -> None:
    """Refuse a page whose step can't be taken now: filling it in would be for nothing."""
    possible = [name for name in names if name in steps(row)] or [names[0]]
    if found := blockers(row, possible[0], request.actor):
        raise StepRefused(*found)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.move_application", raise_exception=True)
def ask_to_apply(request: Request, pk: int) -> HttpResponse:
    """Ask somebody sourced to apply, and so to consent: the mail is looked at first."""
    row = _visible(request, pk)
    if request.method == "POST":
        actions.ask_to_apply(row, by=request.actor)
        messages.success(request, f"{row.candidate} is asked to apply.")
        return redirect(row)
    mail = mails.ask_to_apply(row)
    context = {
        "subject": row,
        "title": f"Ask {row.candidate} to apply",
        "hint": "By applying they consent to our keeping their data. Until then nothing moves.",
        "mails": [(mail.to, *mail.preview())] if mail else [],
        "nobody": f"There is no e-mail address of {row.candidate}: add it to the candidate first.",
        "submit": "Send",
    }
    return render(request, "recruiting/send.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.move_application", raise_exception=True)
def put_forward(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    _demand_step(request, row, "put_forward")
    form = PutForwardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = actions.put_forward(row, by=request.actor)
        messages.success(request, f"{row.candidate} is before the client.")
        return redirect(row)
    client = row.requisition.engagement.client
    context = {
        "subject": row,
        "title": f"Put {row.candidate} before {client}",
        "hint": f"The client reads {row.candidate.code} in place of the name.",
        "mails": [(mail.to, *mail.preview()) for mail in mails.put_forward(row, by=request.actor)],
        "nobody": f"Nobody at {client} may decide on candidates yet.",
        "submit": "Put forward",
    }
    return render(request, "recruiting/send.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.reject_application", raise_exception=True)
def reject(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    _demand_step(request, row, "reject")
    form = RejectForm(request.POST or None)
    mail = mails.rejection(row)
    if mail is None:
        del form.fields["with_mail"]
    if form.is_valid():
        row = actions.reject(row, by=request.actor, **form.cleaned_data)
        messages.success(request, f"{row.candidate} is rejected. You can undo it on this page.")
        return redirect(row)
    context = {
        "form": form,
        "title": f"Reject {row.candidate}?",
        "submit": "Reject",
        "danger": True,
        "mails": [(mail.to, *mail.preview())] if mail else [],
    }
    return _form(request, context, row)


@require_POST
@permission_required("recruiting.reject_application", raise_exception=True)
def undo_rejection(request: Request, pk: int) -> HttpResponse:
    row = actions.undo_rejection(_visible(request, pk), by=request.actor)
    messages.success(request, f"{row.candidate} is back: {row.get_state_display()}.")
    return redirect(row)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.draft_offer", raise_exception=True)
def offer(request: Request, pk: int) -> HttpResponse:
    """Draft an offer for the candidate, and keep a seat for it."""
    row = _visible(request, pk)
    _demand_step(request, row, "offer", "offer_again")
    form = OfferForm(row, timezone.localdate(), request.POST or None)
    if form.is_valid():
        try:
            made: Offer = actions.draft_offer(row, by=request.actor, **form.cleaned_data)
            messages.success(request, f"Seat {made.seat} is kept for {row.candidate}.")
            return redirect(made)
        except StepRefused as error:
            form.add_error("seat", str(error))
    context = {"form": form, "title": f"Offer to {row.candidate}", "submit": "Draft the offer"}
    return _form(request, context, row)

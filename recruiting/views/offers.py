"""Offers: drafted, approved, sent, and answered by whoever holds the link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core import links
from core.http import Request, chosen_language
from core.links import LinkInvalid
from core.models import Link
from core.throttling import throttle
from core.views.site import sent
from core.workflow import StepRefused, blockers
from recruiting import actions, mails
from recruiting.forms import AnswerForm, RescindForm, ReviseForm
from recruiting.links import OFFER
from recruiting.models import Offer


def _visible(request: Request, pk: int) -> Offer:
    rows = Offer.objects.visible_to(request.actor).for_steps()
    rows = rows.select_related(
        "application__requisition__engagement__client",
        "application__requisition__recruiter",
        "letter",
    )
    return get_object_or_404(rows, pk=pk)


def _demand_step(request: Request, row: Offer, name: str) -> None:
    if found := blockers(row, name, request.actor):
        raise StepRefused(*found)


@require_GET
@permission_required("recruiting.view_offer", raise_exception=True)
def offer_detail(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    context = {"offer": row, "requisition": row.application.requisition}
    return render(request, "recruiting/offer.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.send_offer", raise_exception=True)
def send_offer(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    _demand_step(request, row, "send")
    if request.method == "POST":
        row = actions.send_offer(row, by=request.actor)
        messages.success(request, "The offer is on its way.")
        return redirect(row)
    mail = mails.offer(row)
    context = {
        "subject": row,
        "title": f"Send the offer to {row.application.candidate}",
        "hint": "The letter is printed as a PDF at the same time; both open by the link.",
        "mails": [(mail.to, *mail.preview(link=mails.link_in_preview()))] if mail else [],
        "nobody": f"There is no e-mail address of {row.application.candidate}.",
        "submit": "Send",
    }
    return render(request, "recruiting/send.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.draft_offer", raise_exception=True)
def revise_offer(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    _demand_step(request, row, "revise")
    terms = ["monthly_salary", "starts_on", "expires_on"]
    initial = {name: getattr(row, name) for name in terms}
    form = ReviseForm(row, timezone.localdate(), request.POST or None, initial=initial)
    if form.is_valid():
        row = actions.revise_offer(row, by=request.actor, **form.cleaned_data)
        messages.success(request, f"Version {row.version} is a draft, to be approved anew.")
        return redirect(row)
    context = {
        "form": form,
        "title": f"Revise the offer to {row.application.candidate}",
        "hint": "The seat stays kept. A link that was sent ends at once.",
        "submit": "Make a new draft",
        "subject": row,
    }
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required("recruiting.draft_offer", raise_exception=True)
def rescind_offer(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    _demand_step(request, row, "rescind")
    form = RescindForm(request.POST or None)
    if form.is_valid():
        row = actions.rescind_offer(row, by=request.actor, note=form.cleaned_data["note"])
        messages.success(request, f"The offer is rescinded, seat {row.seat} is free.")
        return redirect(row)
    mail = mails.offer_rescinded(row) if row.state == Offer.State.SENT else None
    context = {
        "form": form,
        "title": f"Rescind the offer to {row.application.candidate}?",
        "submit": "Rescind",
        "danger": True,
        "subject": row,
        "mails": [(mail.to, *mail.preview())] if mail else [],
    }
    return render(request, "recruiting/form.html", context, status=422 if form.errors else 200)


def _opened(token: str) -> tuple[Link, Offer]:
    """Return the link and its offer, if that can still be answered."""
    link = links.opened(OFFER, token)
    offer = get_object_or_404(Offer.objects.for_steps(), pk=link.subject_id or 0)
    if offer.state != Offer.State.SENT or offer.expires_on < timezone.localdate():
        raise LinkInvalid(
            gettext("This offer can no longer be answered. Answer our mail to talk about it.")
        )
    return link, offer


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@throttle("links", "60/5m", methods={"GET", "POST"})
def answer(request: Request, token: str) -> HttpResponse:
    """Show the offer to whoever holds the link; a POST answers it. Nothing changes by a GET."""
    link, offer = _opened(token)
    form = AnswerForm(request.POST or None)
    with override(chosen_language(request) or offer.application.candidate.language):
        if form.is_valid():
            return _answer(request, form, link, offer)
        context = {"offer": offer, "form": form, "token": token}
        status = 422 if form.errors else 200
        return render(request, "recruiting/answer.html", context, status=status)


def _answer(request: Request, form: AnswerForm, link: Link, offer: Offer) -> HttpResponse:
    by = links.holder(link, OFFER, who=offer.application.candidate)
    if form.cleaned_data["answer"] == "accept":
        offer = actions.accept_offer(offer, by=by, link=link)
    else:
        offer = actions.decline_offer(offer, by=by, link=link, note=form.cleaned_data["note"])
    return render(request, "recruiting/answered.html", {"offer": offer})


@login_not_required
@never_cache
@require_GET
@throttle("links", "60/5m", methods={"GET"})
def offer_letter(request: Request, token: str) -> FileResponse:
    """Send the letter to whoever holds the link."""
    _, offer = _opened(token)
    if offer.letter is None:
        raise Http404
    return sent(offer.letter)

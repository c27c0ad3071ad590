"""Approving from the mail: a link shows what is asked, a code proves who answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import approvals
from core.approvals.mailed import Opened, answer, opened, send_code
from core.forms_approvals import MailedAnswerForm
from core.http import Request
from core.links import LinkInvalid
from core.throttling import throttle


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@throttle("links", "60/5m", methods={"GET", "POST"})
def approval_by_link(request: Request, token: str) -> HttpResponse:
    """Show what is asked to whoever holds the link; a POST with the code answers it."""
    found = opened(token)
    form = MailedAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            ended = answer(found, **form.cleaned_data)
        except LinkInvalid as error:
            form.add_error("code", str(error))
        else:
            return render(request, "core/approval_answered.html", {"round": ended})
    return _page(request, token, found, form)


def _page(request: Request, token: str, found: Opened, form: MailedAnswerForm) -> HttpResponse:
    context = {
        "ask": found.ask,
        "round": found.ask.step.round,
        "subject": found.ask.step.round.subject,
        "blockers": approvals.blockers(found.ask, found.user.actor),
        "instead_of": "" if found.user == found.ask.user else str(found.ask.user),
        "form": form,
        "token": token,
    }
    status = 422 if form.errors else 200
    return render(request, "core/approval_by_link.html", context, status=status)


@login_not_required
@never_cache
@require_POST
@throttle("codes", "10/10m")
def approval_code(request: Request, token: str) -> HttpResponse:
    """Mail a code to the address that the link was mailed to."""
    message = send_code(opened(token))
    messages.success(request, _("A code is on its way to %(to)s.") % {"to": message.to})
    return redirect("core:approval_by_link", token)

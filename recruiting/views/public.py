"""What anybody may open: the form by which people apply."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core import links
from core.files import FileRefused
from core.http import Request, chosen_language
from core.throttling import posted, throttle
from core.workflow import StepRefused
from recruiting import actions, notices
from recruiting.forms import ApplyForm
from recruiting.links import APPLICATION
from recruiting.models import Requisition, UnprovedApplication
from recruiting.policies import CONFIRM_DAYS


@login_not_required
@require_http_methods(["GET", "POST"])
@throttle("apply", "60/h", key=posted("email"), each="6/h")
def apply(request: Request, pk: int) -> HttpResponse:
    """Take applications while the requisition is open; before that there is no such page."""
    known = Requisition.objects.exclude(state__in=["draft", "in_approval"])
    row = get_object_or_404(known.select_related("recruiter"), pk=pk)
    if row.state != Requisition.State.OPEN:
        return render(request, "recruiting/not_open.html", {"requisition": row})
    form = ApplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_from_a_program:
        return redirect("recruiting:applied", row.pk)  # it need not know that we noticed
    if form.is_valid():
        try:
            language = get_language() or "en"
            actions.apply_publicly(row, language=language, **form.for_action())
            return redirect("recruiting:applied", row.pk)
        except FileRefused as error:
            form.add_error("cv", str(error))
        except StepRefused:
            return render(request, "recruiting/not_open.html", {"requisition": row})
    context = {"requisition": row, "form": form, "notice": notices.template()}
    return render(request, "recruiting/apply.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@throttle("links", "60/5m", methods={"GET", "POST"})
def apply_confirm(request: Request, token: str) -> HttpResponse:
    """Ask whoever holds the link whether it was them; a POST says so. Nothing changes by a GET."""
    link = links.opened(APPLICATION, token)
    rows = UnprovedApplication.objects.select_related("candidate", "requisition")
    unproved = get_object_or_404(rows, pk=link.subject_id or 0)
    with override(chosen_language(request) or unproved.candidate.language):
        if request.method == "POST":
            actions.confirm_application(unproved, link=link)
        context = {
            "requisition": unproved.requisition,
            "is_done": request.method == "POST",
            "days": CONFIRM_DAYS.value(),
        }
        return render(request, "recruiting/apply_confirm.html", context)


@login_not_required
@require_GET
def applied(request: Request, pk: int) -> HttpResponse:
    """Thank: the same words for everybody, so that nobody learns who had applied before."""
    known = Requisition.objects.exclude(state__in=["draft", "in_approval"])
    row = get_object_or_404(known, pk=pk)
    return render(request, "recruiting/applied.html", {"requisition": row})

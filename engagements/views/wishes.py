from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import Request
from core.workflow import Blocker, StepRefused
from engagements import actions
from engagements.forms import AskForSeatsForm
from engagements.models import Engagement, Requirements
from engagements.views.parts import GIVE


@require_http_methods(["GET", "POST"])
@GIVE
def ask_for_seats(request: Request, pk: int) -> HttpResponse:
    """Take a wish for more seats, which becomes a draft of ours that the client does not edit."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.actor), pk=pk)
    states = Requirements.State
    accepted = engagement.requirements.filter(state=states.ACCEPTED).first()
    if accepted is None:
        raise StepRefused(Blocker(_("There are no accepted requirements yet to add to.")))
    form = AskForSeatsForm(accepted, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.ask_for_seats(engagement, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Your wish is noted. We were told, and come back to you."))
        return redirect("portal:progress" if not request.user.is_staff else engagement)
    context = {
        "form": form,
        "engagement": engagement,
        "accepted": accepted,
        "waiting": engagement.requirements.filter(state=states.DRAFT).exclude(asked="").first(),
    }
    status = 422 if form.errors else 200
    return render(request, "engagements/ask_for_seats.html", context, status=status)

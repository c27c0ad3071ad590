from typing import Any

from django.contrib.auth.decorators import permission_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from core.http import Request
from core.workflow import StepRefused
from engagements import actions
from engagements.models import Requirements

CHANGE = permission_required("engagements.change_requirements", raise_exception=True)
GIVE = permission_required("engagements.give_requirements", raise_exception=True)


def to_fill_in(request: Request, pk: int) -> Requirements:
    """Find requirements that the reader may fill in now.

    Others are 404, but those that were submitted are refused with the reason.
    """
    row = Requirements.objects.writable_by(request.actor).filter(pk=pk).first()
    if row is None:
        late = Requirements.objects.visible_to(request.actor)
        raise StepRefused(
            actions.closed(get_object_or_404(late.exclude(state=Requirements.State.DRAFT), pk=pk))
        )
    return row


def form_of_part(
    request: Request, requirements: Requirements, form: BaseForm, **context: Any
) -> HttpResponse:
    """Answer with the form of a part of some requirements, below them and what they are of.

    A client's person finds no page of ours above it.
    """
    above = [requirements.engagement.client, requirements.engagement, requirements]
    if not request.user.is_staff:
        above, context = [requirements], {"base": "base_calm.html", **context}
    context = {"form": form, "above": above, **context}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)

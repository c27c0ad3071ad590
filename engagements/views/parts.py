from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from core.http import Request
from engagements.models import Requirements


def form_of_part(
    request: Request, requirements: Requirements, form: BaseForm, **context: Any
) -> HttpResponse:
    """Answer with the form of a part of some requirements, below them and what they are of."""
    above = [requirements.engagement.client, requirements.engagement, requirements]
    context = {"form": form, "above": above, **context}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)

"""Where the approval of a subject stands, on its own page: `{% approvals subject %}`."""

from typing import Any

from django import template
from django.db import models
from django.utils import timezone

from core import approvals as actions

register = template.Library()


@register.inclusion_tag("core/_approvals.html", takes_context=True)
def approvals(context: dict[str, Any], subject: models.Model) -> dict[str, Any]:
    """Draw who has approved, who is asked and by when, with the reader's own buttons."""
    request = context["request"]
    standing = actions.standing(subject, request.actor, now=timezone.now())
    return {
        "standing": standing,
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }

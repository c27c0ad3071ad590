"""One page part for a subject's steps with their blockers, and one for its history."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import template
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import Transition

from core import turns, workflow
from core.models import Actor
from core.workflow import Blocker

register = template.Library()


@dataclass(frozen=True)
class Offered:
    """A step as a page shows it: a button, or why there is none."""

    name: str
    label: str
    url: str
    asks: bool  # a page with a form follows, or the step is taken at once
    main: bool
    danger: bool
    blockers: list[Blocker] = field(default_factory=list)


def _offered(subject: Any, step: Transition, actor: Actor, *, with_blockers: bool) -> Offered:
    route = step.custom.get("route", "")
    if route:
        url = reverse(route, args=[subject.pk])
    else:
        url = reverse("core:step", args=[subject._meta.label_lower, subject.pk, step.name])
    return Offered(
        name=step.name,
        label=workflow.label_of(step),
        url=url,
        asks=bool(step.custom.get("asks", bool(route))),
        main=bool(step.custom.get("main")),
        danger=bool(step.custom.get("danger")),
        blockers=workflow.blockers(subject, step.name, actor) if with_blockers else [],
    )


def offered(subject: Any, actor: Actor, *, with_blockers: bool = True) -> list[Offered]:
    """Return the steps `actor` has a right to, main ones first; without blockers no queries."""
    found = [
        _offered(subject, step, actor, with_blockers=with_blockers)
        for step in workflow.steps(subject).values()
        if workflow.has_right(subject, step, actor) and not step.custom.get("automatic")
    ]
    return sorted(found, key=lambda step: (not step.main, step.danger))


@register.inclusion_tag("core/_steps.html", takes_context=True)
def steps(context: dict[str, Any], subject: models.Model) -> dict[str, Any]:
    """Draw the steps of a subject, each a button or its blockers."""
    actor = context["request"].actor
    return {
        "offered": offered(subject, actor),
        "subject": subject,
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }


@register.inclusion_tag("core/_steps.html", takes_context=True)
def steps_of_card(context: dict[str, Any], subject: models.Model) -> dict[str, Any]:
    """Draw a card's steps without asking the guards: blockers load when the card is opened."""
    actor = context["request"].actor
    return {
        "offered": offered(subject, actor, with_blockers=False),
        "on_card": bool(getattr(subject, "card_template", "")),
        "subject": subject,
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }


@register.inclusion_tag("core/_history.html", takes_context=True)
def history(context: dict[str, Any], subject: Any) -> dict[str, Any]:
    """Draw what happened to a subject, the latest first, and whose clock runs.

    One query, and two more where a machine has turns: the days off of both sides.
    """
    field: Any = workflow.state_field(type(subject))
    names = dict(field.choices)
    labels = {t.name: workflow.label_of(t) for t in subject.get_all_state_transitions()}
    log = list(subject.log.select_related("by").order_by("-at", "-pk"))
    lines = [
        {
            "at": line.at,
            "step_label": labels.get(line.step, line.step),
            "source_label": names.get(line.source, line.source),
            "target_label": names.get(line.target, line.target),
            "by": line.by.name,
            "note": line.note,
        }
        for line in log
    ]
    reader = getattr(context["request"], "user", None)
    return {
        "lines": lines,
        "turns": turns.spent(subject, log[::-1], now=timezone.now()),
        "is_ours": bool(getattr(reader, "is_staff", False)),
    }


@register.filter
def worked(time: timedelta) -> str:
    """Write working time: "3 h 20 min", and minutes alone below an hour."""
    hours, minutes = divmod(round(time.total_seconds() / 60), 60)
    words = {"hours": hours, "minutes": minutes}
    if not hours:
        return _("%(minutes)s min") % words
    return (_("%(hours)s h %(minutes)s min") if minutes else _("%(hours)s h")) % words

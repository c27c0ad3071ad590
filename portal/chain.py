"""An engagement as one chain, each link with its state and its page."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.models import Contract, Proposal
from core.models import Actor
from engagements.models import Engagement, Requirements, StaffingPlan
from recruiting.models import CriteriaSet, Requisition
from training.models import TrainingClass


@dataclass(frozen=True)
class Chained:
    """One link of the chain: what there is of it, or what to do so that there is something."""

    title: str
    rows: list[tuple[str, Any]]  # what a row is called here, and the row
    missing: str = ""
    action: str = ""
    url: str = ""
    posts: bool = False  # the action is taken at once


def _add(engagement: Engagement, route: str) -> str:
    return f"{reverse(route)}?engagement={engagement.pk}"


def chain(engagement: Engagement, actor: Actor) -> list[Chained]:
    """Return the links in their order; what the actor may not see is left out. Five queries."""
    links = [
        _requirements(engagement, actor),
        _plan(engagement),
        _proposals(engagement, actor),
        _criteria(engagement, actor),
        _requisitions(engagement, actor),
        _classes(engagement, actor),
        _contracts(engagement, actor),
    ]
    return [link for link in links if link is not None]


def _of(engagement: Engagement, model: Any, actor: Actor) -> Any:
    """Return the rows of an upper app that belong to the engagement, and know it already."""
    rows = model.objects.visible_to(actor).filter(engagement=engagement)
    return rows.select_related("engagement__client")


def _link(
    title: str, rows: Any, missing: str, *, action: str = "", url: str = "", may: bool = False
) -> Chained:
    named = [(_name(row), row) for row in rows]
    return Chained(title, named, missing, action if may else "", url if may else "")


def _name(row: Any) -> str:
    """Name a row where its engagement is known already."""
    if isinstance(row, Requirements):
        return _("Version %s") % row.version
    if isinstance(row, StaffingPlan):
        named = {"version": row.version, "seats": row.total_seats}
        return _("Version %(version)s, %(seats)s seats") % named
    return row.name if isinstance(row, TrainingClass) else str(row)


def _requirements(engagement: Engagement, actor: Actor) -> Chained:
    link = _link(
        _("Requirements"),
        list(engagement.requirements.all())[:3],
        _("Nobody has written down yet what the client needs."),
        action=_("Write the requirements"),
        url=reverse("engagements:requirements_begin", args=[engagement.pk]),
        may=actor.has_perm("engagements.change_requirements"),
    )
    return replace(link, posts=True)


def _plan(engagement: Engagement) -> Chained:
    missing = _("A plan is made from accepted requirements.")
    return _link(_("Staffing plan"), list(engagement.plans.all())[:2], missing)


def _proposals(engagement: Engagement, actor: Actor) -> Chained | None:
    if not actor.has_perm("cms.view_proposal"):
        return None
    return _link(
        _("Proposal"),
        _of(engagement, Proposal, actor)[:3],
        _("No proposal is drafted yet."),
        action=_("Draft a proposal…"),
        url=_add(engagement, "cms:create_proposal"),
        may=actor.has_perm("cms.change_proposal"),
    )


def _criteria(engagement: Engagement, actor: Actor) -> Chained:
    return _link(
        _("Criteria"),
        _of(engagement, CriteriaSet, actor),
        _("By what people are chosen is not written down yet."),
        action=_("Write criteria…"),
        url=_add(engagement, "recruiting:criteria_add"),
        may=actor.has_perm("recruiting.change_criteriaset"),
    )


def _requisitions(engagement: Engagement, actor: Actor) -> Chained:
    return _link(
        _("Requisitions"),
        _of(engagement, Requisition, actor),
        _("No seats are asked for yet."),
        action=_("Ask for seats…"),
        url=_add(engagement, "recruiting:requisition_add"),
        may=actor.has_perm("recruiting.change_requisition"),
    )


def _classes(engagement: Engagement, actor: Actor) -> Chained:
    return _link(
        _("Classes"),
        _of(engagement, TrainingClass, actor),
        _("No class is planned yet."),
        action=_("Plan a class…"),
        url=_add(engagement, "training:class_add"),
        may=actor.has_perm("training.change_trainingclass"),
    )


def _contracts(engagement: Engagement, actor: Actor) -> Chained | None:
    if not actor.has_perm("cms.view_contract"):
        return None
    rows = _of(engagement, Contract, actor)
    missing = _("A contract is drawn from an accepted proposal.")
    return _link(_("Contract"), rows, missing)

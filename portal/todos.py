"""What waits for somebody: each list is one query, and says where to go and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.models import Contract, Proposal
from core import approvals
from core.models import Actor
from core.templatetags.ui import since
from engagements import intake
from engagements.models import Requirements
from recruiting.models import Application, CriteriaSet, Offer


@dataclass(frozen=True)
class Todo:
    """As `core/_todo.html` draws it."""

    label: str
    url: str
    note: str = ""
    due: date | None = None
    # Due by an hour that is past, be it still the same day.
    is_late: bool = False


def _note(*words: object) -> str:
    return " · ".join(str(word) for word in words if word)


def _since_step(rows: Any) -> Any:
    """Annotate when a row took its last step: since when it waits."""
    return rows.annotate(waits_since=Max("log__at"))


def approvals_to_give(actor: Actor, *, now: datetime) -> list[Todo]:
    """Return what somebody is asked to approve, of whatever kind: what is late first."""
    return [
        Todo(
            each.label,
            each.round.get_absolute_url(),
            _note(_asker(each), since(each.step.asked_at)),
            each.step.due_at.date() if each.step.due_at else None,
            each.is_late,
        )
        for each in approvals.waiting_for(actor, now=now)
    ]


def _asker(each: approvals.Waiting) -> str:
    words = _("%(by)s asks, in the place of %(name)s") if each.instead_of else _("%(by)s asks")
    return words % {"by": each.round.by, "name": each.instead_of}


def offers_to_send(actor: Actor) -> list[Todo]:
    """Return the approved offers that can go out, for whoever sends offers."""
    if not actor.has_perm("recruiting.send_offer"):
        return []
    rows = Offer.objects.visible_to(actor).filter(state=Offer.State.APPROVED)
    rows = rows.select_related("application__candidate", "application__requisition")
    return [
        Todo(
            _("Send the offer to %s") % row.application.candidate,
            row.get_absolute_url(),
            _note(row.application.requisition.title, since(row.waits_since or row.created_at)),
            row.expires_on,
        )
        for row in _since_step(rows)
    ]


def longest_sitting(actor: Actor, *, before: datetime, most: int = 5) -> list[Todo]:
    """Return the applications that nobody has moved for longest."""
    rows = Application.objects.visible_to(actor).active().exclude(state=Application.State.ON_HOLD)
    rows = rows.filter(moved_at__lt=before).select_related("candidate", "requisition")
    return [
        Todo(
            str(row.candidate),
            row.get_absolute_url(),
            _note(row.get_state_display(), row.requisition.title, since(row.moved_at)),
        )
        for row in rows.order_by("moved_at", "pk")[:most]
    ]


def criteria_to_change(actor: Actor) -> list[Todo]:
    if not actor.has_perm("recruiting.change_criteriaset"):
        return []
    rows = CriteriaSet.objects.visible_to(actor).filter(state=CriteriaSet.State.CHANGES_REQUESTED)
    return [
        Todo(
            _("Answer the client on %s") % row,
            row.get_absolute_url(),
            _note(row.engagement.client, since(row.waits_since)),
        )
        for row in _since_step(rows.select_related("engagement__client"))
    ]


def contracts_to_sign(actor: Actor) -> list[Todo]:
    if not actor.has_perm("cms.sign_contract"):
        return []
    rows = unsigned(Contract.objects.visible_to(actor), side="us")
    return [
        Todo(
            _("Sign %s") % row,
            row.get_absolute_url(),
            _note(row.engagement, since(row.waits_since)),
        )
        for row in _since_step(rows.select_related("engagement__client"))
    ]


def requirements_to_answer(actor: Actor) -> list[Todo]:
    """Return what clients submitted, or ask for in addition, for whoever may accept it."""
    if not actor.has_perm("engagements.accept_requirements"):
        return []
    states = Requirements.State
    waiting = Q(state=states.SUBMITTED) | Q(state=states.DRAFT, with_client=False) & ~Q(asked="")
    rows = Requirements.objects.visible_to(actor).filter(waiting)
    rows = rows.select_related("engagement__client", "asked_by")
    return [
        Todo(
            _wish(row) if row.is_draft else _("Accept %s, or send it back") % row,
            row.get_absolute_url(),
            _note(row.asked, since(row.waits_since or row.created_at)),
        )
        for row in _since_step(rows)
    ]


def _wish(row: Requirements) -> str:
    words = {"client": row.engagement.client, "version": row.version}
    return _("%(client)s asks for more seats: requirements v%(version)s") % words


def unsigned(rows: Any, *, side: str) -> Any:
    """Narrow contracts to those out for signature that a side has not signed."""
    out = [Contract.State.ISSUED, Contract.State.PARTLY_SIGNED]
    return rows.filter(state__in=out).exclude(signatures__side=side)


@dataclass(frozen=True)
class Decision:
    """Something the client is asked: what it is, where to decide it, since when it waits."""

    kind: str
    label: str
    url: str
    engagement: Any
    since: datetime


def criteria_in_review(actor: Actor) -> Any:
    return CriteriaSet.objects.visible_to(actor).filter(state=CriteriaSet.State.IN_REVIEW)


def candidates_to_review(actor: Actor) -> Any:
    """Those put before a client's people, viewers too, on whom nothing is decided."""
    return Application.objects.put_before(actor).filter(
        state=Application.State.CLIENT_REVIEW, client_decision=Application.ClientDecision.NONE
    )


def proposals_to_answer(actor: Actor) -> Any:
    return Proposal.objects.visible_to(actor).filter(state=Proposal.State.SENT)


def contracts_to_countersign(actor: Actor) -> Any:
    return unsigned(Contract.objects.visible_to(actor), side="client")


def requirements_to_fill_in(actor: Actor) -> Any:
    """Drafts that a client's people may fill in, viewers too, who read how far they are."""
    rows = Requirements.objects.visible_to(actor)
    return rows.filter(state=Requirements.State.DRAFT, with_client=True)


def open_decisions(actor: Actor) -> int:
    """Count what waits for a client's person, in one query."""
    first, *others = [
        rows.order_by().values_list("pk")
        for rows in (
            criteria_in_review(actor),
            candidates_to_review(actor),
            proposals_to_answer(actor),
            contracts_to_countersign(actor),
            requirements_to_fill_in(actor),
        )
    ]
    return int(first.union(*others, all=True).count())


def decisions(actor: Actor) -> list[Decision]:
    """Return what a client's person is asked, what waits longest first.

    One query for each kind, and three for what requirements consist of.
    """
    found = [*_criteria(actor), *_candidates(actor), *_proposals(actor), *_contracts(actor)]
    found += _requirements(actor)
    return sorted(found, key=lambda decision: decision.since)


def _criteria(actor: Actor) -> Iterable[Decision]:
    for row in _since_step(criteria_in_review(actor).select_related("engagement__client")):
        url = reverse("portal:criteria", args=[row.pk])
        label = _("Whom shall we choose? %s") % row
        waits_since = row.waits_since or row.created_at
        yield Decision(_("Criteria"), label, url, row.engagement, waits_since)


def _candidates(actor: Actor) -> Iterable[Decision]:
    rows = candidates_to_review(actor).select_related(
        "candidate", "requisition__engagement__client"
    )
    for row in rows:
        url = reverse("portal:candidate", args=[row.pk])
        label = _("%(code)s for %(title)s") % {
            "code": row.candidate.code,
            "title": row.requisition.title,
        }
        engagement = row.requisition.engagement
        yield Decision(_("Candidate"), label, url, engagement, row.put_forward_at)


def _proposals(actor: Actor) -> Iterable[Decision]:
    for row in _since_step(proposals_to_answer(actor).select_related("engagement__client")):
        url = reverse("cms:client_proposal", args=[row.pk])
        waits_since = row.waits_since or row.created_at
        yield Decision(_("Proposal"), str(row), url, row.engagement, waits_since)


def _contracts(actor: Actor) -> Iterable[Decision]:
    for row in _since_step(contracts_to_countersign(actor).select_related("engagement__client")):
        url = reverse("cms:client_contract", args=[row.pk])
        waits_since = row.waits_since or row.created_at
        yield Decision(_("Contract"), str(row), url, row.engagement, waits_since)


def _requirements(actor: Actor) -> Iterable[Decision]:
    may_give = actor.has_perm("engagements.give_requirements")
    for row in _since_step(requirements_to_fill_in(actor).for_intake()):
        words = {"version": row.version, "done": intake.done(row), "count": len(intake.STEPS)}
        label = _("Your requirements, v%(version)s, are open: %(done)s of %(count)s steps done")
        url = intake.url(row, intake.STEPS[0]) if may_give else row.get_absolute_url()
        waits_since = row.waits_since or row.created_at
        yield Decision(_("Requirements"), label % words, url, row.engagement, waits_since)

"""The rows that a caller may read, with all that is said of them, in a fixed number of queries."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from core.models import Actor
from engagements.models import Client, Engagement, LineOfBusiness, Requirements, Seat
from recruiting.models import Application, Candidate, Fact, Requisition


def _last(rows: QuerySet[Any], by: str) -> Subquery:
    """The latest `at` of the rows that belong to the outer one."""
    mine = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Subquery(mine.annotate(last=Max("at")).values("last"))


def _with_steps(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `changed_at`: when it was made or, if later, when it last took a step."""
    log: Any = rows.model._meta.get_field("log").related_model
    last = Coalesce(_last(log._default_manager.all(), "subject"), F("created_at"))
    return rows.annotate(changed_at=Greatest(F("created_at"), last))


def stepped_since(rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
    """Return those made, or taken a step further, at that time or later."""
    log: Any = rows.model._meta.get_field("log").related_model
    recent = log._default_manager.filter(subject=OuterRef("pk"), at__gte=since)
    return rows.filter(Q(created_at__gte=since) | models.Exists(recent))


def clients(actor: Actor) -> QuerySet[Client]:
    return Client.objects.visible_to(actor)


def engagements(actor: Actor) -> QuerySet[Engagement]:
    return _with_steps(Engagement.objects.visible_to(actor).select_related("owner"))


def requirements(actor: Actor) -> QuerySet[Requirements]:
    lines = Prefetch("lines", LineOfBusiness.objects.order_by("position", "pk"))
    return _with_steps(Requirements.objects.visible_to(actor).prefetch_related(lines))


def seats(actor: Actor) -> QuerySet[Seat]:
    return _with_steps(Seat.objects.visible_to(actor).select_related("team", "site"))


def requisitions(actor: Actor) -> QuerySet[Requisition]:
    return _with_steps(Requisition.objects.visible_to(actor).with_counts())


def applications(actor: Actor) -> QuerySet[Application]:
    rows = Application.objects.visible_to(actor).select_related(
        "candidate", "requisition", "criteria_set"
    )
    return rows.prefetch_related("candidate__facts", "criteria_set__items").with_scorecards()


def answered_since(rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
    """Return those put before the client, or decided on by it, at that time or later."""
    return rows.filter(Q(put_forward_at__gte=since) | Q(client_decided_at__gte=since))


def candidates(actor: Actor) -> QuerySet[Candidate]:
    rows = Candidate.objects.visible_to(actor).prefetch_related("facts")
    last = Coalesce(_last(Fact.objects.all(), "candidate"), F("created_at"))
    agreed = Coalesce(F("consented_at"), F("created_at"))
    return rows.annotate(changed_at=Greatest(F("created_at"), last, agreed))


def known_since(rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
    """Return candidates of whom something is new since then."""
    recent = Fact.objects.filter(candidate=OuterRef("pk"), at__gte=since)
    return rows.filter(
        Q(created_at__gte=since) | Q(consented_at__gte=since) | models.Exists(recent)
    )

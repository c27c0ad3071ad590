"""On which of our rows the texts of our mails can be looked at."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from core.mail_texts import example
from core.models import Actor
from recruiting import mails
from recruiting.models import Application, CriteriaSet, Offer, UnprovedApplication


def _applications(by: Actor) -> "QuerySet[Any]":
    rows = Application.objects.visible_to(by).select_related(
        "candidate", "requisition__recruiter", "requisition__engagement__client"
    )
    return rows.order_by("-pk")


def _decided(by: Actor) -> "QuerySet[Any]":
    return _applications(by).exclude(client_decision="")


def _offers(by: Actor) -> "QuerySet[Any]":
    rows = Offer.objects.visible_to(by).select_related(
        "seat",
        "application__candidate",
        "application__requisition__recruiter",
        "application__requisition__engagement__client",
    )
    return rows.order_by("-pk")


def _answered(by: Actor) -> "QuerySet[Any]":
    return _offers(by).filter(state__in=[Offer.State.ACCEPTED, Offer.State.DECLINED])


def _criteria(by: Actor) -> "QuerySet[Any]":
    rows = CriteriaSet.objects.visible_to(by).select_related("engagement__client")
    return rows.select_related("engagement__owner").order_by("-pk")


def _unproved(by: Actor) -> "QuerySet[Any]":
    return UnprovedApplication.objects.select_related("candidate", "requisition").order_by("-pk")


def _first(found: list[mails.Mail]) -> mails.Mail | None:
    return found[0] if found else None


def _about(write: Callable[[Any], mails.Mail | None]) -> Callable[[Any, Actor], mails.Mail | None]:
    return lambda row, by: write(row)


def declare() -> None:
    example(
        "recruiting.applied",
        rows=_applications,
        mail=lambda row, by: mails.applied(row, again=False),
    )
    example(
        "recruiting.applied_before",
        rows=_applications,
        mail=lambda row, by: mails.applied(row, again=True),
    )
    for name, write in [
        ("ask_to_apply", mails.ask_to_apply),
        ("rejection", mails.rejection),
    ]:
        example(f"recruiting.{name}", rows=_applications, mail=_about(write))
    for name, write_offer in [("offer", mails.offer), ("offer_rescinded", mails.offer_rescinded)]:
        example(f"recruiting.{name}", rows=_offers, mail=_about(write_offer))
    example(
        "recruiting.offer_answered", rows=_answered, mail=lambda row, by: mails.offer_answered(row)
    )
    example(
        "recruiting.confirm_application",
        rows=_unproved,
        mail=lambda row, by: mails.confirm_application(row),
    )
    example(
        "recruiting.put_forward",
        rows=_applications,
        mail=lambda row, by: _first(mails.put_forward(row, by=by)),
    )
    example(
        "recruiting.client_decided",
        rows=_decided,
        mail=lambda row, by: mails.client_decided(row, by=by),
    )
    example(
        "recruiting.criteria",
        rows=_criteria,
        mail=lambda row, by: _first(mails.criteria(row, by=by)),
    )
    example(
        "recruiting.criteria_answered",
        rows=_criteria,
        mail=lambda row, by: mails.criteria_answered(row, by=by),
    )

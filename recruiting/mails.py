"""Our mails: to whom they go, and what they say. Pages show them before they are sent."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from core import messages
from core.models import Actor, Link, Message, User
from core.notifications import NotificationKind, notify
from recruiting.models import Application, Candidate, CriteriaSet, Offer, UnprovedApplication
from recruiting.policies import CONFIRM_DAYS


@dataclass(frozen=True)
class Mail:
    """A mail that may be looked at first, and then sent."""

    template: str
    to: str
    about: models.Model
    context: dict[str, Any]
    language: str = "en"

    def preview(self, **links: str) -> tuple[str, str]:
        """Return its subject line and body, with words where a signed link will stand."""
        return messages.text_of(self.template, self.language, {**self.context, **links})

    def send(self, **links: Link) -> Message:
        return messages.send(
            self.template,
            to=self.to,
            about=self.about,
            language=self.language,
            links=links,
            **self.context,
        )

    def tell(self, kind: NotificationKind, user: User, *, key: str, text: str) -> None:
        """Tell one of our people as they chose; this is what a mail would say."""
        url = str(self.context["url"]).removeprefix(settings.BASE_URL)
        mail = (self.template, self.context)
        notify(kind, user, about=self.about, text=text, url=url, key=key, mail=mail)


def criteria(criteria_set: CriteriaSet, *, by: Actor) -> list[Mail]:
    """To each of the client's approvers, with the portal's address: they sign in there."""
    url = f"{settings.BASE_URL}/portal/criteria/{criteria_set.pk}/"
    client = criteria_set.engagement.client
    return [
        Mail(
            "recruiting.criteria",
            to=user.email,
            language=user.language,
            about=criteria_set,
            context={
                "name": user.name,
                "set": criteria_set,
                "items": len(criteria_set.items.all()),
                "url": url,
                "by": by.name,
            },
        )
        for user in client.deciders("recruiting.decide_criteriaset")
    ]


def criteria_answered(criteria_set: CriteriaSet, *, by: Actor) -> Mail:
    owner = criteria_set.engagement.owner
    return Mail(
        "recruiting.criteria_answered",
        to=owner.email,
        about=criteria_set,
        context={
            "name": owner.name,
            "set": criteria_set,
            "by": by.name,
            "answer": criteria_set.get_state_display(),
            "url": settings.BASE_URL + criteria_set.get_absolute_url(),
        },
    )


def put_forward(application: Application, *, by: Actor) -> list[Mail]:
    """To each of the client's approvers. It names nobody: whom it is about stands in the portal."""
    engagement = application.requisition.engagement
    return [
        Mail(
            "recruiting.put_forward",
            to=user.email,
            language=user.language,
            about=application,
            context={
                "name": user.name,
                "code": application.candidate.code,
                "requisition": application.requisition,
                "url": f"{settings.BASE_URL}/portal/candidates/{application.pk}/",
                "by": by.name,
            },
        )
        for user in engagement.client.deciders("recruiting.review_application")
    ]


def client_decided(application: Application, *, by: Actor) -> Mail:
    recruiter = application.requisition.recruiter
    return Mail(
        "recruiting.client_decided",
        to=recruiter.email,
        about=application,
        context={
            "name": recruiter.name,
            "application": application,
            "by": by.name,
            "decision": application.get_client_decision_display(),
            "comment": application.client_comment,
            "url": settings.BASE_URL + application.get_absolute_url(),
        },
    )


def _to_candidate(
    template: str, candidate: Candidate, about: models.Model, **context: Any
) -> Mail | None:
    """A mail to a candidate in their language, or None where there is no address."""
    if not candidate.email:
        return None
    return Mail(
        template,
        to=candidate.email,
        about=about,
        context={"name": candidate.name, **context},
        language=candidate.language,
    )


def ask_to_apply(application: Application) -> Mail | None:
    """To somebody we know of, who has not applied: the public form, where they also consent."""
    requisition = application.requisition
    return _to_candidate(
        "recruiting.ask_to_apply",
        application.candidate,
        application,
        title=requisition.title,
        place=requisition.place,
        url=settings.BASE_URL + reverse("recruiting:apply", args=[requisition.pk]),
        recruiter=requisition.recruiter.name,
    )


def applied(application: Application, *, again: bool) -> Mail | None:
    """To whoever applied; one who had applied before is told so here, and nobody else is."""
    return _to_candidate(
        "recruiting.applied_before" if again else "recruiting.applied",
        application.candidate,
        application,
        title=application.requisition.title,
        place=application.requisition.place,
        on=application.created_at,
    )


def confirm_application(unproved: UnprovedApplication) -> Mail | None:
    """To an address that we knew, when somebody applies with it: the link says that it was them."""
    requisition = unproved.requisition
    return _to_candidate(
        "recruiting.confirm_application",
        unproved.candidate,
        unproved,
        title=requisition.title,
        place=requisition.place,
        days=CONFIRM_DAYS.value(),
    )


def rejection(application: Application) -> Mail | None:
    return _to_candidate(
        "recruiting.rejection",
        application.candidate,
        application,
        title=application.requisition.title,
        recruiter=application.requisition.recruiter.name,
    )


def offer(offer: Offer) -> Mail | None:
    requisition = offer.application.requisition
    return _to_candidate(
        "recruiting.offer",
        offer.application.candidate,
        offer,
        title=requisition.title,
        place=requisition.place,
        client=requisition.engagement.client.name,
        salary=offer.monthly_salary,
        currency=offer.currency,
        starts_on=offer.starts_on,
        expires_on=offer.expires_on,
        recruiter=requisition.recruiter.name,
    )


def offer_rescinded(offer: Offer) -> Mail | None:
    requisition = offer.application.requisition
    return _to_candidate(
        "recruiting.offer_rescinded",
        offer.application.candidate,
        offer,
        title=requisition.title,
        recruiter=requisition.recruiter.name,
    )


def offer_answered(offer: Offer) -> Mail:
    recruiter = offer.application.requisition.recruiter
    return Mail(
        "recruiting.offer_answered",
        to=recruiter.email,
        about=offer,
        context={
            "name": recruiter.name,
            "offer": offer,
            "candidate": offer.application.candidate.name,
            "seat": offer.seat.number,
            "answer": offer.get_state_display(),
            "note": offer.answer_note,
            "url": settings.BASE_URL + offer.application.get_absolute_url(),
        },
    )


def link_in_preview() -> str:
    return gettext("[the personal link, made when the mail is sent]")

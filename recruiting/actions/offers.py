from datetime import date
from decimal import Decimal

from django.db import transaction

from core import effects, links, workflow
from core.daily import one_by_one
from core.models import Actor, Link
from core.workflow import Blocker, StepRefused, take_step
from engagements.models import Seat
from recruiting import mails, told
from recruiting.actions.requisitions import fill_if_taken
from recruiting.links import OFFER
from recruiting.models import Application, Offer, Requisition


def _lock_way(offer: Offer) -> None:
    """Lock what an offer moves, from the top: requisition, seat, application, offer."""
    Requisition.objects.select_for_update().get(pk=offer.application.requisition_id)
    Seat.objects.select_for_update().get(pk=offer.seat_id)
    Application.objects.select_for_update().get(pk=offer.application_id)
    Offer.objects.select_for_update().get(pk=offer.pk)


@transaction.atomic
def draft_offer(
    application: Application,
    *,
    seat: Seat,
    monthly_salary: Decimal,
    starts_on: date,
    expires_on: date,
    by: Actor,
) -> Offer:
    """Draft an offer, which keeps the seat for its answer: a seat is kept for one person only."""
    requisition = Requisition.objects.select_for_update().get(pk=application.requisition_id)
    seat = workflow.locked(seat)
    if not requisition.seats.filter(pk=seat.pk).exists():
        raise StepRefused(Blocker(f"Seat {seat} is not asked for by {requisition}."))
    if seat.state != Seat.State.REQUISITIONED:
        raise StepRefused(
            Blocker(
                f"Seat {seat} is {seat.get_state_display()} meanwhile: choose another one.",
                str(requisition.recruiter),
                requisition.get_absolute_url(),
            )
        )
    current = workflow.locked(application)
    again = current.state == Application.State.OFFERED
    application = take_step(current, "offer_again" if again else "offer", by=by)
    take_step(seat, "reserve", by=by)
    return Offer.objects.create(
        application=application,
        seat=seat,
        monthly_salary=monthly_salary,
        currency=requisition.engagement.currency,
        starts_on=starts_on,
        expires_on=expires_on,
    )


@transaction.atomic
def send_offer(offer: Offer, *, by: Actor) -> Offer:
    """Send the approved offer with its link, and have the letter printed."""
    _lock_way(offer)
    offer = take_step(offer, "send", by=by)
    mail = mails.offer(offer)
    if mail is None:
        candidate = offer.application.candidate
        raise StepRefused(
            Blocker(
                f"There is no e-mail address of {candidate}.",
                "the recruiter",
                candidate.get_absolute_url(),
            )
        )
    mail.send(link=links.promise(OFFER, offer, email=mail.to, by=by))
    effects.cause(
        "recruiting.render_offer_letter",
        key=f"offer-letter:{offer.pk}:{offer.version}",
        offer=offer.pk,
        version=offer.version,
    )
    return offer


@transaction.atomic
def accept_offer(offer: Offer, *, by: Actor, link: Link) -> Offer:
    """Take the candidate's yes: they are hired, and the seat stays theirs until a class begins."""
    _lock_way(offer)
    offer = take_step(offer, "accept", by=by)
    links.spend(link)
    take_step(offer.application, "hire", by=by)
    fill_if_taken(offer.application.requisition)
    told.offer_answered(offer)
    return offer


@transaction.atomic
def decline_offer(offer: Offer, *, by: Actor, link: Link, note: str = "") -> Offer:
    """Take the candidate's no: the application is withdrawn, and the seat is free again."""
    _lock_way(offer)
    offer = take_step(offer, "decline", by=by, note=note, answer=note)
    links.spend(link)
    take_step(offer.application, "withdraw", by=by, note="The offer was declined.")
    take_step(offer.seat, "free", by=by)
    told.offer_answered(offer)
    return offer


@transaction.atomic
def rescind_offer(offer: Offer, *, by: Actor, note: str = "") -> Offer:
    """Take an open offer back, and free its seat. Whoever had been sent it is told."""
    _lock_way(offer)
    was_sent = workflow.locked(offer).state == Offer.State.SENT
    offer = take_step(offer, "rescind", by=by, note=note)
    links.revoke(OFFER, offer)
    take_step(offer.seat, "free", by=by)
    if was_sent and (mail := mails.offer_rescinded(offer)):
        mail.send()
    return offer


@transaction.atomic
def revise_offer(
    offer: Offer, *, monthly_salary: Decimal, starts_on: date, expires_on: date, by: Actor
) -> Offer:
    """Make a draft of the next version, to be approved anew. The seat is kept; the link ends."""
    _lock_way(offer)
    offer = take_step(
        offer,
        "revise",
        by=by,
        monthly_salary=monthly_salary,
        starts_on=starts_on,
        expires_on=expires_on,
    )
    links.revoke(OFFER, offer)
    return offer


def expire_offers(on: date) -> int:
    """End the offers whose last day to answer is past, and free their seats. Returns how many."""
    overdue = Offer.objects.overdue(on=on).select_related("application")
    return one_by_one(overdue, lambda offer: _expire(offer, on))


@transaction.atomic
def _expire(offer: Offer, on: date) -> bool:
    _lock_way(offer)
    # An answer or a revision may have come while we waited.
    if not Offer.objects.overdue(on=on).filter(pk=offer.pk).exists():
        return False
    system = Actor.objects.system()
    offer = take_step(offer, "expire", by=system)
    links.revoke(OFFER, offer)
    take_step(offer.seat, "free", by=system)
    told.offer_answered(offer)
    return True

"""Mails about what waits for an answer: with their links, they make the demo go on from here."""

from datetime import datetime

from cms import mails as cms_mails
from cms.models import Contract, Proposal
from core import effects, links
from core.models import Actor, Message
from portal.demo.people import People
from recruiting import mails
from recruiting.links import OFFER
from recruiting.models import Application, CriteriaSet, Offer


def send(people: People) -> None:
    """Mail clients and candidates what they have not answered yet, as of the day it was sent."""
    by = people.actor("recruiter")
    for criteria in CriteriaSet.objects.filter(state="in_review"):
        _dated(mails.criteria(criteria, by=by), criteria.log.latest("at").at)
    for application in Application.objects.filter(state="client_review", client_decision=""):
        _dated(mails.put_forward(application, by=by), application.moved_at)
    for proposal in Proposal.objects.filter(state="sent"):
        _dated(cms_mails.proposal_sent(proposal), proposal.log.latest("at").at)
    for contract in Contract.objects.filter(state="partly_signed"):
        _dated(cms_mails.contract_issued(contract), contract.log.get(step="issue").at)
    for offer in Offer.objects.filter(state="sent"):
        _offer(offer, by)


def _dated(written: list[mails.Mail], at: datetime) -> None:
    for mail in written:
        _date(mail.send(), at)


def _date(message: Message, at: datetime) -> None:
    message.created_at = at
    message.save(update_fields=["created_at"])


def _offer(offer: Offer, by: Actor) -> None:
    if mail := mails.offer(offer):
        link = links.promise(OFFER, offer, email=mail.to, by=by)
        _date(mail.send(link=link), offer.log.latest("at").at)
    effects.cause(
        "recruiting.render_offer_letter",
        key=f"offer-letter:{offer.pk}:{offer.version}",
        offer=offer.pk,
        version=offer.version,
    )

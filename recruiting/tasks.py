"""Work done by Celery. Each may run twice, and does its work once."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from django.utils.translation import override

from core import effects, files
from core.models import Actor
from recruiting import actions, documents
from recruiting.links import APPLICATION
from recruiting.models import Offer
from recruiting.policies import IMPORT_DAYS


@effects.effect("recruiting.render_offer_letter")
def render_offer_letter(offer: int, version: int) -> None:
    """Store the letter of an offer, unless it has one or was revised meanwhile."""
    row = Offer.objects.select_for_update().get(pk=offer)
    if row.letter_id or row.version != version or row.state == Offer.State.DRAFT:
        return
    with override(row.application.candidate.language):
        content = documents.offer_letter(row)
    name = f"offer-{row.pk}-v{version}.pdf"
    row.letter = files.store(row, name=name, content=content, by=Actor.objects.system())
    row.save(update_fields=["letter"])


@shared_task
def expire_offers() -> None:
    """Every day: end the offers that nobody answered in time, and free their seats."""
    actions.expire_offers(on=timezone.localdate())


@shared_task
def forget_unproved_applications() -> None:
    """Every day: forget applications whose sender has not shown that the address is theirs."""
    actions.forget_unproved(before=timezone.now() - APPLICATION.lasts)


@shared_task
def forget_abandoned_imports() -> None:
    """Every day: forget files of people that were read and never taken over."""
    kept = timedelta(days=IMPORT_DAYS.value())
    actions.forget_abandoned_imports(before=timezone.now() - kept)

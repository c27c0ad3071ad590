"""Who holds a seat: whoever accepted the offer of it, until they leave it."""

from collections.abc import Iterable

from core.models import Actor
from engagements.holders import Holder
from engagements.models import Seat
from recruiting.models import Application, Offer


def holders(seats: Iterable[Seat], actor: Actor) -> dict[int, Holder]:
    """Name those whom `actor` may see as candidates, with their applications. One query."""
    if not actor.has_perm("recruiting.view_candidate"):
        return {}
    offers = Offer.objects.filter(
        seat__in=[seat.pk for seat in seats],
        state=Offer.State.ACCEPTED,
        ended_at=None,
        application__in=Application.objects.visible_to(actor),
    ).select_related("application__candidate")
    return {
        offer.seat_id: Holder(
            str(offer.application.candidate), offer.application.get_absolute_url()
        )
        for offer in offers
    }

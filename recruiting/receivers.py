"""What follows from the steps of a lower app's machines, and what holds them back."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from core.signals import step_taken
from core.workflow import Blocker, guard
from engagements.models import Seat
from recruiting.models import Offer


@receiver(step_taken, sender=Seat)
def end_offer_of_vacated_seat(
    sender: type[Seat], *, subject: Seat, step: str, at: datetime, **kwargs: Any
) -> None:
    """Note that whoever accepted has left the seat, so that it can be offered again."""
    if step == "vacate":
        subject.offers.filter(state=Offer.State.ACCEPTED, ended_at=None).update(ended_at=at)


@guard("An offer of this seat is open: rescind it first.", clears="the recruiter")
def no_offer_is_open(seat: Seat) -> bool | Blocker:
    offer = seat.offers.open().select_related("application__candidate").first()
    if offer is None:
        return True
    return Blocker(
        f"It is offered to {offer.application.candidate}: rescind that first.",
        "the recruiter",
        offer.get_absolute_url(),
    )

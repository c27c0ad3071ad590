from datetime import date

from django.db import transaction

from core.models import Actor
from core.workflow import locked, take_step
from engagements.models import Seat


@transaction.atomic
def vacate_seat(seat: Seat, *, on: date, note: str = "", by: Actor) -> Seat:
    """Note that whoever held the seat has left, with their last day."""
    locked(seat.engagement)
    return take_step(seat, "vacate", by=by, note=note, on=on)


@transaction.atomic
def reopen_seat(seat: Seat, *, starts_on: date, note: str = "", by: Actor) -> Seat:
    """Open a vacated seat for a backfill: it may be recruited for again."""
    locked(seat.engagement)
    return take_step(seat, "reopen", by=by, note=note, starts_on=starts_on)

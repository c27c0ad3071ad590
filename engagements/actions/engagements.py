from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core.models import Actor, User
from core.workflow import locked, take_step
from engagements.actions.milestones import GO_LIVE, GOES_LIVE, set_milestone
from engagements.models import Client, Engagement, Seat


@transaction.atomic
def create_engagement(
    client: Client,
    *,
    name: str,
    code: str,
    owner: User,
    currency: str,
    go_live_on: date | None,
    by: Actor,
) -> Engagement:
    """Begin an engagement as an enquiry, its go-live written down as a milestone."""
    engagement = Engagement.objects.create(
        client=client, name=name, code=code, owner=owner, currency=currency, go_live_on=go_live_on
    )
    set_milestone(engagement, GO_LIVE, says=GOES_LIVE, due_on=go_live_on)
    return engagement


@transaction.atomic
def agree(engagement: Engagement, *, by: Actor, note: str = "") -> Engagement:
    """Mark an engagement agreed, and approve its planned seats: they may be recruited for now."""
    locked(engagement)
    engagement = take_step(engagement, "agree", by=by, note=note)
    _move(engagement.seats.filter(state=Seat.State.PLANNED), "approve", by=by)
    return Engagement.objects.get(pk=engagement.pk)


@transaction.atomic
def lose(engagement: Engagement, *, reason: str, by: Actor, note: str = "") -> Engagement:
    """Mark an engagement lost, and cancel the seats that were planned for it."""
    locked(engagement)
    engagement = take_step(engagement, "lose", by=by, note=note, reason=reason)
    cancel_planned(engagement, note="The engagement was lost.")
    return Engagement.objects.get(pk=engagement.pk)


def cancel_planned(engagement: Engagement, *, note: str) -> None:
    """Cancel the seats that are only planned. It follows from a decision, so Cadre does it."""
    seats = engagement.seats.filter(state=Seat.State.PLANNED)
    _move(seats, "cancel", by=Actor.objects.system(), note=note)


def _move(seats: Iterable[Seat], step: str, *, by: Actor, note: str = "") -> None:
    for seat in seats:
        take_step(seat, step, by=by, note=note)

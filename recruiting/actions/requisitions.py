from django.db import connection, transaction

from core import workflow
from core.models import Actor
from core.workflow import take_step
from engagements.models import Engagement, Seat
from recruiting.models import Requisition

HOLDING = [Requisition.State.OPEN, Requisition.State.ON_HOLD]
NUMBERING = 7_203_472  # the advisory lock of whoever takes a number


def next_number() -> str:
    """Return the next free number, R-1 and on. Two who ask at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    numbers = Requisition.objects.filter(number__regex=r"^R-\d+$").values_list("number", flat=True)
    return f"R-{max((int(number[2:]) for number in numbers), default=0) + 1}"


def lock_seats(requisition: Requisition) -> list[Seat]:
    """Lock the engagement, the requisition and its seats, in this order."""
    Engagement.objects.select_for_update().get(pk=requisition.engagement_id)
    Requisition.objects.select_for_update().get(pk=requisition.pk)
    pks = list(requisition.seats.values_list("pk", flat=True))
    return list(Seat.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


@transaction.atomic
def approve_requisition(requisition: Requisition, *, by: Actor) -> Requisition:
    """Open the requisition, and mark its seats as asked for: each by one requisition only."""
    seats = lock_seats(requisition)
    requisition = take_step(requisition, "approve", by=by)
    for seat in seats:
        take_step(seat, "requisition", by=by)
    # A seat vacated since an older requisition filled it is asked for by this one alone.
    older = Requisition.seats.through.objects.filter(
        seat__in=seats, requisition__state__in=HOLDING
    ).exclude(requisition=requisition)
    older.delete()
    return requisition


@transaction.atomic
def cancel_requisition(requisition: Requisition, *, by: Actor) -> Requisition:
    """End the requisition; seats that it held and nobody was given may be asked for again."""
    seats = lock_seats(requisition)
    held = workflow.locked(requisition).state in HOLDING
    requisition = take_step(requisition, "cancel", by=by)
    for seat in seats:
        if held and seat.state == Seat.State.REQUISITIONED:
            take_step(seat, "give_back", by=by)
    return requisition


def fill_if_taken(requisition: Requisition) -> Requisition:
    """Mark the requisition filled once its last seat is given. The caller holds its lock."""
    requisition = workflow.locked(requisition)
    system = Actor.objects.system()
    if "fill" in workflow.steps(requisition) and not workflow.blockers(requisition, "fill", system):
        return take_step(requisition, "fill", by=system)
    return requisition

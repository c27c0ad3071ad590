"""Work done by Celery. Each may run twice, and does its work once."""

from celery import shared_task

from core.daily import one_by_one
from engagements import told
from engagements.models import Engagement
from engagements.models.engagements import STAFFING


@shared_task
def tell_of_differences() -> None:
    """Every night: tell owners of agreed engagements whose seats differ from their plan."""
    states = [*STAFFING, Engagement.State.LIVE]
    rows = Engagement.objects.filter(state__in=states).select_related("client", "owner")
    one_by_one(rows, told.seats_differ)

"""Work done by Celery. Each may run twice, and does its work once."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from core.daily import one_by_one
from engagements import actions, told
from engagements.models import Engagement
from engagements.models.engagements import STAFFING

KEPT = timedelta(days=1)


@shared_task
def tell_of_differences() -> None:
    """Every night: tell owners of agreed engagements whose seats differ from their plan."""
    states = [*STAFFING, Engagement.State.LIVE]
    rows = Engagement.objects.filter(state__in=states).select_related("client", "owner")
    one_by_one(rows, told.seats_differ)


@shared_task
def forget_arrivals() -> None:
    """Every hour: forget files of arrivals that were looked at a day ago and never used."""
    actions.forget_arrivals(before=timezone.now() - KEPT)

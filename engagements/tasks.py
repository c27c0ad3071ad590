"""Work done by Celery. Each may run twice, and does its work once."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from engagements import actions

KEPT = timedelta(days=1)


@shared_task
def forget_arrivals() -> None:
    """Every hour: forget files of arrivals that were looked at a day ago and never used."""
    actions.forget_arrivals(before=timezone.now() - KEPT)

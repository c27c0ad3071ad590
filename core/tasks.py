"""Work done by Celery. Each task may run twice, and does its work once."""

from celery import shared_task
from django.utils import timezone

from core import effects, messages


@shared_task
def run_effect(pk: int) -> None:
    effects.run(pk)


@shared_task
def sweep_effects() -> None:
    """Publish again what was lost between a commit and a worker."""
    effects.sweep(now=timezone.now())


effects.effect("core.send_message", on_dead=messages.give_up)(messages.deliver)

"""What Cadre does outside its database: written down first, done once, never lost.

    effects.cause("core.send_message", key=f"message:{message.pk}", message=message.pk)

An action names an effect; the function that does it registers itself under
that name in its app's `tasks.py`. The row is written in the transaction that
causes it and published when that is committed. If the broker, the web server
or a worker dies at any moment, the sweep finds the row. A function must look
whether its work is done, and may use the row's lock: two workers never run the
same effect at the same time.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone

from core.models import Effect

log = logging.getLogger("cadre.effects")

MAX_ATTEMPTS = 8
Do = Callable[..., None]
_registry: dict[str, Do] = {}


def effect(name: str) -> Callable[[Do], Do]:
    """Register the function that does the effect `name`. It takes the payload as keywords."""

    def register(function: Do) -> Do:
        if _registry.setdefault(name, function) is not function:
            raise RuntimeError(f"Two functions do the effect {name}.")
        return function

    return register


def cause(name: str, *, key: str, after: timedelta = timedelta(0), **payload: Any) -> Effect:
    """Have the effect `name` done once this transaction is committed, once for each `key`."""
    row, created = Effect.objects.get_or_create(
        key=key, defaults={"name": name, "payload": payload, "due_at": timezone.now() + after}
    )
    if created and not after:
        transaction.on_commit(lambda: publish(row.pk))
    return row


def publish(pk: int) -> None:
    """Tell a worker. A broker that does not answer is no loss: the sweep comes by."""
    try:
        current_app.send_task("core.tasks.run_effect", [pk])
    except Exception:  # noqa: BLE001 -- whatever the broker's library raises
        log.warning("effect %s waits for the sweep: the broker did not take it", pk)


def run(pk: int) -> bool:
    """Do one effect, unless it is done, not due, or in another worker's hands.

    The attempt is counted in a transaction of its own before, so that work
    which kills its worker is not tried for ever. Returns whether it was done now.
    """
    now = timezone.now()
    with transaction.atomic():
        row = _take(pk, now)
        if row is None:
            return False
        row.attempts += 1
        row.save(update_fields=["attempts"])
    with transaction.atomic():
        row = _take(pk, now)
        if row is None:
            return False
        try:
            with transaction.atomic():
                _registry[row.name](**row.payload)
        except Exception as error:  # noqa: BLE001 -- kept in the row, to be read and retried
            _note_failure(row, error)
            return False
        row.state, row.done_at, row.error = Effect.State.DONE, timezone.now(), ""
        row.save(update_fields=["state", "done_at", "error"])
    return True


def _take(pk: int, now: datetime) -> Effect | None:
    return Effect.objects.due(now=now).select_for_update(skip_locked=True).filter(pk=pk).first()


def _note_failure(row: Effect, error: Exception) -> None:
    row.error = f"{type(error).__name__}: {error}"[:2000]
    if row.attempts >= MAX_ATTEMPTS:
        row.state = Effect.State.DEAD
    row.due_at = timezone.now() + timedelta(seconds=min(2**row.attempts, 3600))
    row.save(update_fields=["error", "state", "due_at"])
    log.warning("effect %s (%s) failed, attempt %s", row.pk, row.name, row.attempts)


def overdue(*, now: datetime, grace: timedelta = timedelta(seconds=5)) -> list[int]:
    """Return the effects that should have been done by now and are in nobody's hands."""
    with transaction.atomic():
        rows = Effect.objects.due(now=now - grace).order_by("due_at")
        return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:500])


def requeue(row: Effect) -> None:
    """Try a dead effect again from the first attempt."""
    row.state, row.attempts, row.due_at = Effect.State.PENDING, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "due_at"])
    transaction.on_commit(lambda: publish(row.pk))

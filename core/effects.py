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
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_tb
from typing import Any

from celery import signature
from django.db import transaction
from django.utils import timezone

from core.logs import request_id, under
from core.models import Effect
from core.queries import watched

log = logging.getLogger("cadre.effects")

MAX_ATTEMPTS = 8
# What a worker killed in the middle of its work leaves behind, instead of an error.
LOST = "The worker ended in the middle of this, again and again."
Do = Callable[..., None]


@dataclass(frozen=True)
class Work:
    do: Do
    on_dead: Do | None


_registry: dict[str, Work] = {}


def effect(name: str, *, on_dead: Do | None = None) -> Callable[[Do], Do]:
    """Register the function that does the effect `name`. It takes the payload as keywords.

    `on_dead` is told when the effect is given up: it takes the payload and `error`, and
    notes on the rows concerned that what they wait for will not come.
    """

    def register(function: Do) -> Do:
        if _registry.setdefault(name, Work(function, on_dead)).do is not function:
            raise RuntimeError(f"Two functions do the effect {name}.")
        return function

    return register


def cause(name: str, *, key: str, after: timedelta = timedelta(0), **payload: Any) -> Effect:
    """Have the effect `name` done once this transaction is committed, once for each `key`."""
    written = {"name": name, "payload": payload, "due_at": timezone.now() + after}
    row, created = Effect.objects.get_or_create(
        key=key, defaults={**written, "request_id": request_id()}
    )
    if created and not after:
        transaction.on_commit(lambda: publish(row.pk))
    return row


def publish(pk: int) -> None:
    """Tell a worker. A broker that does not answer is no loss: the sweep comes by."""
    try:
        signature("core.tasks.run_effect", [pk]).apply_async(retry=False)
    except Exception as error:  # noqa: BLE001 -- whatever the broker's library raises
        log.warning("effect %s waits for the sweep: the broker did not take it (%r)", pk, error)


def run(pk: int) -> bool:
    """Do one effect, unless it is done, not due, or in another worker's hands.

    Returns whether it was done now.
    """
    row, attempt = _begin(pk)
    if row is None:
        return False
    with under(row.request_id), watched():
        done = _do(pk, attempt)
        if done:
            log.info("effect %s (%s) done at attempt %s", pk, row.name, attempt)
    return done


@transaction.atomic
def _begin(pk: int) -> tuple[Effect | None, int]:
    """Count an attempt, before it is made, and return its number; no row if none is to be made.

    It is committed at once, so that work which kills its worker is not tried for
    ever, and it puts the next attempt off, so that nobody else begins one now.
    """
    now = timezone.now()
    rows = Effect.objects.due(now=now).select_for_update(skip_locked=True)
    row = rows.filter(pk=pk).first()
    if row is None:
        return None, 0
    if row.attempts >= MAX_ATTEMPTS:
        _give_up(row, row.error or LOST)
        return None, 0
    row.attempts += 1
    row.due_at = now + _pause(row.attempts)
    row.save(update_fields=["attempts", "due_at"])
    return row, row.attempts


@transaction.atomic
def _do(pk: int, attempt: int) -> bool:
    """Make an attempt under the row's lock, however long it takes, and note how it went."""
    rows = Effect.objects.filter(pk=pk, state=Effect.State.PENDING, attempts=attempt)
    row = rows.select_for_update(skip_locked=True).first()
    if row is None:
        return False
    try:
        with transaction.atomic():
            _registry[row.name].do(**row.payload)
    except Exception as error:  # noqa: BLE001 -- kept in the row, to be read and retried
        _note_failure(row, error)
        return False
    row.state, row.done_at, row.error = Effect.State.DONE, timezone.now(), ""
    row.save(update_fields=["state", "done_at", "error"])
    return True


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=min(2**attempts, 3600))


def _note_failure(row: Effect, error: Exception) -> None:
    # The error's own words stay in the row: they may name whom a mail was for.
    where = "".join(format_tb(error.__traceback__))
    kind = type(error).__name__
    log.warning("effect %s (%s), attempt %s: %s\n%s", row.pk, row.name, row.attempts, kind, where)
    text = f"{type(error).__name__}: {error}".replace("\0", "")[:2000]
    if row.attempts >= MAX_ATTEMPTS:
        _give_up(row, text)
        return
    row.error, row.due_at = text, timezone.now() + _pause(row.attempts)
    row.save(update_fields=["error", "due_at"])


def _give_up(row: Effect, error: str) -> None:
    row.state, row.error = Effect.State.DEAD, error
    row.save(update_fields=["state", "error"])
    work = _registry.get(row.name)
    if work and work.on_dead:
        work.on_dead(error=error, **row.payload)


@transaction.atomic
def sweep(*, now: datetime, grace: timedelta = timedelta(seconds=5)) -> int:
    """Publish what should have been done by now and is in nobody's hands; return how many.

    What was swept is left in peace for a minute, so that a long queue does not
    grow by being swept.
    """
    rows = Effect.objects.overdue(now=now - grace, swept_before=now - timedelta(minutes=1))
    found = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:500])
    Effect.objects.filter(pk__in=found).update(swept_at=now)
    for pk in found:
        transaction.on_commit(lambda pk=pk: publish(pk))  # type: ignore[misc]
    return len(found)


@transaction.atomic
def requeue(row: Effect) -> None:
    """Try a dead effect again from the first attempt."""
    row.state, row.attempts, row.due_at = Effect.State.PENDING, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "due_at"])
    transaction.on_commit(lambda: publish(row.pk))

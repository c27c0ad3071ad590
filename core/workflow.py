"""State machines: the one way a protected state changes, and why it can't change now.

A transition method changes fields of its own row and no more. Locking,
permission, guards, saving and logging are done here, once for every machine.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_fsm import GET_STATE, FSMField, Transition

from core.models import Actor
from core.signals import step_taken

Subject = TypeVar("Subject", bound=models.Model)
Guard = Callable[[Any], Any]
Text = str | Promise  # translated when it is read


@dataclass(frozen=True)
class Blocker:
    """Why a step can't be taken now, who can clear that, and where. It counts as false."""

    reason: Text
    clears: Text = ""
    url: str = ""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"{self.reason} ({self.clears})" if self.clears else str(self.reason)


class StepRefused(Exception):
    """The step can't be taken now. Its text is fit for the user to read."""

    def __init__(self, *blockers: Blocker) -> None:
        super().__init__(" ".join(str(blocker.reason) for blocker in blockers))
        self.blockers = blockers


def guard(reason: Text, *, clears: Text) -> Callable[[Guard], Guard]:
    """Give a condition its reason, and say who can clear it.

    The condition answers true or false, or a Blocker of its own that knows
    more than the general reason ("2 of 14 certificates expire before go-live").
    """

    def mark(condition: Guard) -> Guard:
        condition.blocker = Blocker(reason, clears)  # type: ignore[attr-defined]
        return condition

    return mark


_added: dict[tuple[str, str], list[Guard]] = {}


def add_guard(label: str, step: str, condition: Guard) -> None:
    """Let an upper app guard a step of a lower app's machine. Called in `AppConfig.ready()`.

    `label` is the model's ("engagements.Engagement"). Adding the same one twice adds it once.
    """
    if not hasattr(condition, "blocker"):
        raise TypeError(f"{condition} has no reason: decorate it with @guard.")
    guards = _added.setdefault((label, step), [])
    if condition not in guards:
        guards.append(condition)


def machines() -> list[type[models.Model]]:
    """Return every model that has a machine, in the order of their names."""
    found = [model for model in apps.get_models() if state_field(model)]
    return sorted(found, key=lambda model: model._meta.label)


def state_field(model: type[models.Model]) -> FSMField | None:
    return next((f for f in model._meta.get_fields() if isinstance(f, FSMField)), None)


def steps(subject: Any) -> dict[str, Transition]:
    """Return the transitions that leave the subject's state, whether or not their guards hold."""
    return {t.name: t for t in subject.get_all_state_transitions() if t.source == subject.state}


def label_of(step: Transition) -> str:
    return str(step.custom.get("label") or capfirst(step.name.replace("_", " ")))


def guards_of(subject: models.Model, step: Transition) -> Sequence[Guard]:
    return [*step.conditions, *_added.get((subject._meta.label, step.name), [])]


def has_right(subject: models.Model, step: Transition, actor: Any) -> bool:
    """Say whether the actor's rights include the step, be its guards as they may."""
    return step.has_perm(subject, actor)


def blockers(subject: models.Model, name: str, actor: Actor) -> list[Blocker]:
    """Say why `actor` can't take the step `name` now; an empty list means that they can."""
    step = steps(subject).get(name)
    if step is None:
        return [moved_on(subject)]
    if not has_right(subject, step, actor):
        return [Blocker(_("You have no right to do this."), _("an administrator"))]
    return _unmet(subject, step)


def moved_on(subject: Any) -> Blocker:
    """Say that somebody moved the subject since the reader's page was made."""
    state = str(subject.get_state_display()).lower()
    return Blocker(_("This is no longer possible: it is {state}.").format(state=state))


def _unmet(subject: models.Model, step: Transition) -> list[Blocker]:
    return lacking(subject, guards_of(subject, step))


def lacking(subject: models.Model, guards: Iterable[Guard]) -> list[Blocker]:
    """Return the blockers of those of these guards that do not hold."""
    answers: list[tuple[Any, Any]] = [(condition, condition(subject)) for condition in guards]
    return [
        answer if isinstance(answer, Blocker) else condition.blocker
        for condition, answer in answers
        if not answer
    ]


def locked(subject: Subject) -> Subject:
    """Lock the subject's row and read it again, with what its guards look at."""
    manager: Any = type(subject)._default_manager
    rows = manager.for_steps() if hasattr(manager, "for_steps") else manager.all()
    return rows.select_for_update(of=("self",)).get(pk=subject.pk)


@transaction.atomic
def take_step(
    subject: Subject,
    name: str,
    *,
    by: Actor,
    at: datetime | None = None,
    note: str = "",
    **details: Any,
) -> Subject:
    """Take the step `name` as `by`, save and log it, and return the subject as it now is.

    The row is locked and read again first, so of two people who press the same
    button one moves the subject, and the other is told that it has moved.
    Raises StepRefused, or PermissionDenied.
    """
    row: Any = locked(subject)
    step = steps(row).get(name)
    if step is None:
        raise StepRefused(moved_on(row))
    if not has_right(row, step, by):
        raise PermissionDenied
    if unmet := _unmet(row, step):
        raise StepRefused(*unmet)
    getattr(row, name)(**details)
    row.save()
    at = at or timezone.now()
    row.log.create(step=name, source=step.source, target=row.state, by=by, at=at, note=note)
    step_taken.send(type(row), subject=row, step=name, by=by, at=at)
    return row


@dataclass(frozen=True)
class Line:
    """One line of a history that is taken over."""

    step: str
    at: datetime
    by: Actor
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def adopt(
    histories: Iterable[tuple[Subject, Sequence[Line]]], *, batch_size: int = 2000
) -> list[Subject]:
    """Take over rows with their histories: the one sanctioned bulk way into a machine.

    The subjects are not yet saved, and in their initial state. Each history is
    checked against the machine's table, in order of time; guards are not asked,
    since what they asked about is past. A line that the machine does not know
    raises StepRefused, and nothing is taken over.
    """
    pairs = [(subject, _walk(subject, lines)) for subject, lines in histories]
    if not pairs:
        return []
    model: Any = type(pairs[0][0])
    model._default_manager.bulk_create([subject for subject, _ in pairs], batch_size=batch_size)
    log = model._meta.get_field("log").related_model
    log._default_manager.bulk_create(
        [log(subject=subject, **line) for subject, lines in pairs for line in lines],
        batch_size=batch_size,
    )
    return [subject for subject, _ in pairs]


def advance(subject: Any, step: Transition, details: dict[str, Any]) -> str:
    """Move an unsaved row as a step of its history did, and return the state it came to.

    For what is taken over only: neither rights nor guards are asked, and nothing is written.
    """
    state: Any = state_field(type(subject))
    result: Any = step.method(subject, **details)
    target: Any = step.target
    if isinstance(target, GET_STATE):
        target = target.get_state(subject, step, result, kwargs=details)
    state.set_state(subject, target)
    return str(target)


def _walk(subject: Any, lines: Sequence[Line]) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = []
    for line in lines:
        step = steps(subject).get(line.step)
        if step is None or (written and line.at < written[-1]["at"]):
            raise StepRefused(Blocker(f"{subject}: no step {line.step} from {subject.state} then."))
        source = subject.state
        written.append(
            {
                "step": line.step,
                "source": source,
                "target": advance(subject, step, line.details),
                "by": line.by,
                "at": line.at,
                "note": line.note,
            }
        )
    return written

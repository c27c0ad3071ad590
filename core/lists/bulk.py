"""Bulk steps: one step for many rows, looked at first, then taken row by row, each told of.

A row is done in a transaction of its own, under its lock, and only if it is still in the
state in which it was chosen: whatever somebody else moved meanwhile is refused, not moved twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from core import workflow
from core.lists.columns import Text
from core.models import Actor, BulkRow, BulkRun
from core.workflow import Blocker, StepRefused

log = logging.getLogger("cadre.lists")

MOST = 10_000  # rows of one run
INLINE = 200  # rows done while the person waits; a job does more (core.lists.long_steps)
LOOKED_AT = 200  # rows whose guards are asked before


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Something to be done to many rows: a step of their machine, or an action of the app.

    `step` names the step, or is a function of the row that does ("" where there is none).
    Without `do` the step is taken as it is; `do(row, by=…, **details)` is the action that
    takes it where more belongs to it. `form` asks for the details once, for all rows.
    `mails(row)` returns the mails that a row would cause, as (to, subject, body);
    `mails_if` names the form's tick that they depend on.
    """

    name: str
    label: Text = ""
    step: str | Callable[[Any], str] = ""
    do: Callable[..., Any] | None = None
    form: type[forms.Form] | None = None
    check: Callable[[Any, Actor], Sequence[Blocker]] | None = None
    mails: Callable[[Any], Iterable[tuple[str, str, str]]] | None = None
    mails_if: str = ""
    permission: str = ""
    danger: bool = False


def steps(*names: str) -> list[Bulk]:
    """Offer steps of the machine that need nothing more."""
    return [Bulk(name=name, step=name) for name in names]


@dataclass
class Preview:
    """What a run would do now: who is taken, who is blocked and why, what is mailed."""

    taken: list[Any] = field(default_factory=list)
    blocked: list[tuple[Any, Sequence[Blocker]]] = field(default_factory=list)
    mails: list[tuple[str, str, str]] = field(default_factory=list)
    total: int = 0

    @property
    def unseen(self) -> int:
        """How many rows nobody has looked at yet; their guards are asked when their turn comes."""
        return self.total - len(self.taken) - len(self.blocked)


@transaction.atomic
def choose(listing: Any, bulk: Bulk, rows: Any, *, by: Actor) -> BulkRun:
    """Write down which rows are chosen, and the state in which they were. Nothing is done yet."""
    has_state = workflow.state_field(listing.model) is not None
    rows = rows.order_by("pk")
    found = rows.values_list("pk", "state") if has_state else rows.values_list("pk")
    chosen = list(found[: MOST + 1])
    if not chosen:
        raise StepRefused(Blocker(_("Choose at least one row.")))
    if len(chosen) > MOST:
        raise StepRefused(
            Blocker(
                _("These are more than %(most)s rows: narrow the list.") % {"most": f"{MOST:,}"}
            )
        )
    parent = listing.parent.pk if listing.parent is not None else None
    run = BulkRun.objects.create(list_key=listing.key, within=parent, action=bulk.name, by=by)
    BulkRow.objects.bulk_create(
        [
            BulkRow(run=run, subject=each[0], state_seen=each[1] if has_state else "")
            for each in chosen
        ],
        batch_size=2000,
    )
    return run


def preview(listing: Any, bulk: Bulk, run: BulkRun) -> Preview:
    """Ask the guards of the first rows what would happen, and write the mails. Changes nothing."""
    seen = dict(run.rows.values_list("subject", "state_seen")[:LOOKED_AT])
    shown = Preview(total=run.rows.count())
    found = _with_steps(listing, seen)
    for pk, state in seen.items():
        row = found.get(pk)
        if row is None:
            continue
        against = blockers(bulk, row, state, listing.actor)
        if against:
            shown.blocked.append((row, against))
            continue
        shown.taken.append(row)
        shown.mails += bulk.mails(row) if bulk.mails else []
    shown.total -= sum(1 for pk in seen if pk not in found)
    return shown


def _with_steps(listing: Any, pks: Iterable[int]) -> dict[int, Any]:
    rows = listing.model._default_manager.filter(pk__in=listing.rows().filter(pk__in=list(pks)))
    if hasattr(rows, "for_steps"):
        rows = rows.for_steps()
    return {row.pk: row for row in rows}


def blockers(bulk: Bulk, row: Any, seen: str, by: Actor) -> Sequence[Blocker]:
    """Say why a row, chosen in the state `seen`, can't be taken now; nothing where it can."""
    if seen and row.state != seen:
        text = _("Somebody moved it meanwhile: it is %(state)s.")
        return [Blocker(text % {"state": row.get_state_display()})]
    if bulk.check and (found := bulk.check(row, by)):
        return found
    if not bulk.step:
        return []
    name = step_of(bulk, row)
    if not name:
        return [Blocker(_("From here a step asks for more: take it on its own page."))]
    return workflow.blockers(row, name, by)


def step_of(bulk: Bulk, row: Any) -> str:
    return bulk.step if isinstance(bulk.step, str) else bulk.step(row)


def form_of(bulk: Bulk, sent: Mapping[str, Any] | None) -> forms.Form | None:
    """Return the action's form, bound to what was sent, or to what a run keeps of it."""
    if bulk.form is None:
        return None
    if sent is None or isinstance(sent, QueryDict):
        return bulk.form(sent)
    kept = QueryDict(mutable=True)
    for name, values in sent.items():
        kept.setlist(name, values)
    return bulk.form(kept)


def take(listing: Any, bulk: Bulk, run: BulkRun, lines: Iterable[BulkRow]) -> Iterator[BulkRow]:
    """Do the rows of a run, one after the other, and yield each with what became of it."""
    form = form_of(bulk, run.details)
    details = dict(form.cleaned_data) if form is not None and form.is_valid() else {}
    for line in lines:
        yield _take_one(listing, bulk, line.pk, run.by, details)


@transaction.atomic
def _take_one(listing: Any, bulk: Bulk, pk: int, by: Actor, details: Mapping[str, Any]) -> BulkRow:
    line = BulkRow.objects.select_for_update().get(pk=pk)
    if line.outcome:
        return line  # done before: a run that was broken off goes on where it stopped
    try:
        with transaction.atomic():
            _act(listing, bulk, line, by, details)
    except StepRefused as refusal:
        line.note(BulkRow.Outcome.REFUSED, refusal)
    except PermissionDenied:
        line.note(BulkRow.Outcome.REFUSED, _("You have no right to do this."))
    except Exception:
        # One row that fails is told of, and keeps none of the others waiting.
        log.exception("row %s of run %s failed", line.subject, line.run_id)
        line.note(BulkRow.Outcome.REFUSED, _("Something went wrong: nothing was done to it."))
    else:
        line.note(BulkRow.Outcome.DONE)
    return line


def _act(listing: Any, bulk: Bulk, line: BulkRow, by: Actor, details: Mapping[str, Any]) -> None:
    row = listing.rows().filter(pk=line.subject).first()
    if row is None:
        raise StepRefused(Blocker(_("It is gone, or no longer yours to see.")))
    if line.state_seen:
        row = workflow.locked(row)
    if against := blockers(bulk, row, line.state_seen, by):
        raise StepRefused(*against)
    if bulk.do:
        bulk.do(row, by=by, **details)
    else:
        workflow.take_step(row, step_of(bulk, row), by=by, **details)

"""Bulk steps of many rows: a job takes them, in the name of whoever confirmed.

The run keeps which rows they are and in which state each was chosen; the job says how far it is,
and can be stopped and gone on with. A row is marked in the transaction of its chunk, so none is
taken twice, whatever is killed or pressed again.
"""

from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from core import jobs
from core.lists import bulk as runs
from core.lists.bulk import Bulk
from core.lists.declared import List, find, label_of
from core.models import Actor, BulkRow, BulkRun, Job

WORK = "core.take_steps"
SIZE = 50  # rows of a chunk: a second or two, and as many locks held at once


def job_of(run: BulkRun) -> Job | None:
    """Return the job that takes a run's rows; none where they were few enough for its page."""
    found: Job | None = Job.objects.on(run).filter(name=WORK).first()
    return found


@transaction.atomic
def begin(listing: List[Any], bulk: Bulk, run: BulkRun) -> Job:
    """Have a job take the rows of a run. Whoever confirms once more is led to the same job."""
    BulkRun.objects.select_for_update().get(pk=run.pk)
    if same := job_of(run):
        return same
    title = f"{listing.title}: {label_of(listing, bulk)}"
    total, language = run.rows.count(), get_language() or "en"
    return jobs.start(
        WORK, by=run.by, title=title, total=total, size=SIZE, about=run, language=language
    )


@jobs.work(WORK, label=gettext_lazy("A step for many rows"))
def take(job: Job, rows: range, by: Actor) -> Iterator[jobs.Line]:
    """Take the rows of a chunk one by one, and tell of each, with the reasons of its own guards."""
    run = BulkRun.objects.select_related("by__user").get(pk=cast("int", job.subject_id))
    with override(job.payload["language"]):
        listing, bulk = _permitted(run, by)
        chosen = run.rows.order_by("pk")[rows.start : rows.stop]
        lines = list(runs.take(listing, bulk, run, chosen))
        told = list(_told(listing, rows, lines))
    yield from told


def _permitted(run: BulkRun, by: Actor) -> tuple[List[Any], Bulk]:
    try:
        listing = find(run.list_key, by, run.within)
        return listing, next(b for b in listing.permitted_bulk() if b.name == run.action)
    except (Http404, PermissionDenied, StopIteration):
        raise jobs.JobRefused(_("Whoever started it may not do this any more.")) from None


def _told(listing: List[Any], rows: range, lines: list[BulkRow]) -> Iterator[jobs.Line]:
    """Say what became of each row: a report outlives people's data, so it has codes and links."""
    found = {row.pk: row for row in listing.load([line.subject for line in lines])}
    for number, line in zip(rows, lines, strict=True):
        row, outcome = found.get(line.subject), str(line.get_outcome_display())
        if row is None:
            place = _("row %(number)s, gone") % {"number": line.subject}
            yield jobs.Line(number, outcome, line.reason, place)
            continue
        text = line.reason or _("Done.")
        if line.state_seen and not line.reason:
            text = _("It is %(state)s now.") % {"state": row.get_state_display()}
        yield jobs.Line(number, outcome, text, listing.code(row), row.get_absolute_url())

"""A long bulk run: a worker does it a few rows at a time, each few whole or not at all."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from core import effects
from core.lists import bulk as runs
from core.lists.declared import find
from core.models import BulkRow, BulkRun

CHUNK = 50


def begin(run: BulkRun) -> None:
    """Have a worker go on with what waits. Asking again changes nothing while it is at it."""
    first = run.rows.waiting().first()
    if first is not None:
        effects.cause("core.go_on_with_run", key=f"run:{run.pk}:{first.pk}", run=run.pk)


def go_on(run: int) -> None:
    """Do the next rows of a run, and name the effect that does those after them."""
    row = BulkRun.objects.select_related("by").get(pk=run)
    lines = list(row.rows.waiting()[:CHUNK])
    try:
        listing = find(row.list_key, row.by, row.within)
        bulk = next(each for each in listing.permitted_bulk() if each.name == row.action)
    except (Http404, PermissionDenied, StopIteration):
        for line in row.rows.waiting():
            line.note(BulkRow.Outcome.REFUSED, _("You have no right to do this any more."))
        return
    for _line in runs.take(listing, bulk, row, lines):
        pass
    begin(row)

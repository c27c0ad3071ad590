"""Exports of many rows: a job makes the file, in the name of whoever asked for it.

Which rows they are, and in which order, is written down when it begins, so that none comes twice
or is left out while others work. When its turn comes a row is looked for once more among those
that the starter may see then: one that is no longer theirs is left out, and the report says so.
"""

import json
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from core import files, jobs
from core.lists import exports
from core.lists.columns import Column
from core.lists.declared import List, find
from core.lists.exports import Cells
from core.models import Actor, Job, StoredFile
from core.retention import EXPORT_DAYS

WORK = "core.export_list"
SIZE = 1000  # rows of a chunk: about a second


@transaction.atomic
def begin(
    listing: List[Any], columns: Sequence[Column], pks: Iterable[Any], kind: str, *, by: Actor
) -> Job:
    """Have a job write these rows, with these columns, into a file of a kind.

    Whoever asks for the same rows in the same order again, while it is being made, is led to
    that job.
    """
    keys = list(pks)  # numbers, or text in a list over several tables
    said: dict[str, Any] = {
        "key": listing.key,
        "within": listing.parent.pk if listing.parent is not None else None,
        "columns": [column.name for column in columns],
        "kind": kind,
        "sheet": str(listing.title),
        "file": exports.file_name(listing, kind),
        "head": exports.header(columns),
        "language": get_language() or "en",
        "sha256": sha256(json.dumps(keys).encode()).hexdigest(),
    }
    going = Job.objects.filter(name=WORK, by=by, total=len(keys), payload=said)
    if same := going.under_way().first():
        return same
    job = jobs.start(WORK, by=by, title=said["file"], total=len(keys), size=SIZE, **said)
    chunks = ((first, keys[first : first + SIZE]) for first in range(0, len(keys), SIZE))
    jobs.give_parts(job, ((first, json.dumps(chunk).encode()) for first, chunk in chunks))
    return job


def may_take(job: Job, actor: Actor) -> bool:
    """Only whoever asked for the file may take it, and only while they may see the list."""
    try:
        return bool(job.by_id == actor.pk and _listing(job, actor))
    except jobs.JobRefused:
        return False


def _listing(job: Job, actor: Actor) -> List[Any]:
    try:
        return find(job.payload["key"], actor, job.payload["within"])
    except (Http404, PermissionDenied):
        raise jobs.JobRefused(_("Whoever started it may not see this list any more.")) from None


def _finish(job: Job) -> StoredFile:
    payload, rows = job.payload, _written(job)
    make = exports.xlsx_file if payload["kind"] == "xlsx" else _csv_file
    with make(payload["sheet"], payload["head"], rows) as file:
        media_type = exports.KINDS[payload["kind"]]
        return files.keep(name=payload["file"], file=file, media_type=media_type, by=job.by)


@jobs.work(
    WORK,
    label=gettext_lazy("Export of a list"),
    finish=_finish,
    may_take=may_take,
    keep=EXPORT_DAYS,
)
def write(job: Job, rows: range, by: Actor) -> Iterator[jobs.Line]:
    """Turn the keys of a chunk into its lines of the file."""
    listing = _listing(job, by)
    permitted = {column.name: column for column in listing.permitted_columns()}
    names = job.payload["columns"]
    if not set(names) <= set(permitted):
        raise jobs.JobRefused(_("Whoever started it may not see one of the columns any more."))
    keys = _keys(job, rows)
    with override(job.payload["language"]):
        columns = [permitted[name] for name in names]
        found = {row.pk: exports.cells(row, columns) for row in listing.load(keys)}
    lines = [[_packed(cell) for cell in found[key]] for key in keys if key in found]
    jobs.put_part(job, rows, json.dumps(lines).encode())
    for row, key in zip(rows, keys, strict=True):
        if key not in found:
            text = _("It has gone, or is no longer yours to see.")
            yield jobs.Line(row, str(_("left out")), text)


def _keys(job: Job, rows: range) -> list[Any]:
    given = jobs.part(job, rows)
    if "sha256" in job.payload:
        return list(json.loads(given))
    return array("q", given).tolist()  # begun before keys could be text


def _written(job: Job) -> Iterator[Cells]:
    for piece in jobs.parts(job):
        for line in json.loads(piece):
            yield [_unpacked(cell) for cell in line]


def _packed(cell: Any) -> Any:
    """Write a cell as JSON that gives back its kind: a spreadsheet tells days from text."""
    if isinstance(cell, Decimal):
        return {"number": str(cell)}
    if isinstance(cell, date):
        return {"at" if isinstance(cell, datetime) else "on": cell.isoformat()}
    return cell


def _unpacked(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    ((kind, value),) = cell.items()
    reads: Any = {"number": Decimal, "at": datetime.fromisoformat, "on": date.fromisoformat}
    return reads[kind](value)


def _csv_file(_title: str, head: Cells, rows: Iterable[Cells]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever keeps it closes it
    for line in exports.csv_lines(head, rows):
        file.write(line.encode())
    file.seek(0)
    return file

"""All rows that match, in a file: CSV and XLSX, with the columns the person sees.

No cell is taken for a formula: text that begins like one gets a quote before it.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.exports import neutral
from core.lists.columns import Column
from core.lists.declared import List

CHUNK = 500
SHEET = 1_000_000  # rows: a sheet can hold few more
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
Cells = list[Any]


def file_name(listing: List[Any], kind: str) -> str:
    about = f"{listing.title} {listing.parent or ''} {timezone.localdate():%Y-%m-%d}"
    return f"{slugify(about)}.{kind}"


def header(columns: Sequence[Column]) -> Cells:
    return [str(column.label) for column in columns]


def lines(listing: List[Any], columns: Sequence[Column], pks: Iterable[int]) -> Iterator[Cells]:
    """Yield the rows in this order, a few hundred held at a time."""
    waiting = iter(pks)
    while chunk := list(islice(waiting, CHUNK)):
        for row in listing.load(chunk):
            yield cells(row, columns)


def cells(row: Any, columns: Sequence[Column]) -> Cells:
    return [plain(column.exported(row)) for column in columns]


def plain(value: Any) -> Any:
    """Return what a spreadsheet knows: a number, a day, a point in local time, or harmless text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return neutral(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Spreadsheets take a file without this mark for their own code page.
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow(row)


def xlsx_file(title: str, head: Cells, rows: Iterable[Cells]) -> IO[bytes]:
    """Write a workbook row by row, each sheet with its head: its size does not show in memory."""
    book = Workbook(write_only=True)
    name, waiting = slugify(title)[:28] or "list", iter(rows)
    more = True
    while more:
        sheet = book.create_sheet(name)  # a second of the name gets a number
        sheet.freeze_panes = "A2"
        sheet.append(head)
        for row in islice(waiting, SHEET):
            sheet.append(row)
        more = (ahead := next(waiting, None)) is not None
        waiting = chain([ahead], waiting) if ahead is not None else waiting
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def response(
    listing: List[Any], columns: Sequence[Column], pks: Iterable[int], kind: str
) -> HttpResponseBase:
    name, head = file_name(listing, kind), header(columns)
    rows = lines(listing, columns, pks)
    if kind == "xlsx":
        file = xlsx_file(str(listing.title), head, rows)
        return FileResponse(file, filename=name, as_attachment=True, content_type=XLSX)
    return StreamingHttpResponse(
        csv_lines(head, rows),
        content_type=KINDS["csv"],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

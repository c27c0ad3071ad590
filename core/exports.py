"""Lists as CSV files, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(cell: object) -> str:
    """Return a cell that no spreadsheet runs: what looks like a formula begins with a quote."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_response(name: str, header: list[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Spreadsheets take a file without this mark for their own code page.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return response

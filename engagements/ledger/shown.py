"""What the ledger's pages show and export, made ready for their templates."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst

from core import charts
from engagements.ledger.checks import check
from engagements.ledger.counts import DIMENSIONS, Counts, Row, by_engagement, counts
from engagements.ledger.months import Month, months, shift
from engagements.models import Engagement
from engagements.models.seats import SeatQuerySet

LINES = ["live", "wanted", "vacated"]


def engagement_page(row: Engagement, day: date, by: str, *, today: date, zone: tzinfo) -> Any:
    """Return one engagement's ledger of a day: the sentence, the counts, the months around it."""
    seats = row.seats.all()
    counted = counts(seats, by, day, zone)
    around = months(seats, day, zone, today=today)
    path = reverse("engagements:ledger", args=[row.pk])
    list_url = reverse("engagements:seats", args=[row.pk])
    return {
        "engagement": row,
        "label": DIMENSIONS[by].label,
        "sentence": sentence(counted, _expected(seats, day, today)),
        "counted": counted,
        "rows": [
            # The list is of today: of another day it would show other seats.
            (each, _list(list_url, by, each) if day == today else "", *_cells(counted, each))
            for each in counted.rows
        ],
        "total": _cells(counted, counted.total)[0],
        "most": max((each.wanted for each in counted.rows), default=0),
        "chart": _chart(around) if counted.total.wanted or counted.total.vacated else None,
        "differences": check(row),
        "has_plan": row.plans.exists(),
        **_around(path, day, today, by=by),
    }


def page(seats: SeatQuerySet, day: date, *, today: date, zone: tzinfo) -> Any:
    """Return the ledger of all engagements on a day."""
    counted = by_engagement(seats, day, zone)
    return {
        "label": "engagement",
        "sentence": sentence(counted, _expected(seats, day, today)),
        "counted": counted,
        "rows": [(each, _ledger(each, day), *_cells(counted, each)) for each in counted.rows],
        "total": _cells(counted, counted.total)[0],
        "most": max((each.wanted for each in counted.rows), default=0),
        **_around(reverse("engagements:ledgers"), day, today),
    }


def sentence(counted: Counts, expected: int | None) -> str:
    """Say how many seats are live on the day, and how many are vacant for how long."""
    total, on = counted.total, f"on {counted.day:%-d %B %Y}"
    if not total.wanted and not total.vacated:
        return f"No seat is wanted {on}."
    if expected is not None:
        text = f"{expected} of {_seats(total.wanted)} are expected to be at work {on}"
        return f"{text}, by their dates."
    text = f"{total.live} of {_seats(total.wanted)} {'is' if total.live == 1 else 'are'} live {on}"
    if not total.vacant:
        return f"{text}; none is vacant."
    text += f"; {total.vacant} {'is' if total.vacant == 1 else 'are'} vacant"
    if total.vacant_for is None:
        return f"{text}."
    days = round(total.vacant_for)
    average = ", on average" if total.vacant > 1 else ""
    return f"{text} for {days} day{'' if days == 1 else 's'}{average}."


def table(counted: Counts, label: str) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the counts as a file has them: a head, a row for each kind, and all together."""
    head = [label, *counted.header]
    return head, ([row.label, *counted.cells(row)] for row in [*counted.rows, counted.total])


def _seats(count: int) -> str:
    return f"{count} wanted seat{'' if count == 1 else 's'}"


def _expected(seats: SeatQuerySet, day: date, today: date) -> int | None:
    return seats.expected(day).count() if day > today else None


def _cells(counted: Counts, row: Row) -> tuple[list[tuple[str, Any]], list[tuple[str, int]]]:
    """Return a row's cells, each under its head, and the parts of its bar."""
    pairs = list(zip(map(capfirst, counted.header), counted.cells(row), strict=True))
    return pairs, counted.parts(row)


def _list(path: str, by: str, row: Row) -> str:
    """Lead to the seats of a kind; those that lack it are no filter's."""
    if row.key in {None, ""}:
        return ""
    query = QueryDict(mutable=True)
    query[by] = str(row.key)
    return f"{path}?{query.urlencode()}"


def _ledger(row: Row, day: date) -> str:
    return f"{reverse('engagements:ledger', args=[row.key])}?on={day:%Y-%m-%d}"


def _around(path: str, day: date, today: date, **kept: str) -> dict[str, Any]:
    def url(to: date) -> str:
        query = QueryDict(mutable=True)
        query.update({"on": f"{to:%Y-%m-%d}", **kept})
        return f"{path}?{query.urlencode()}"

    return {
        "day": day,
        "is_to_come": day > today,
        "previous_url": url(shift(day, -1)),
        "next_url": url(shift(day, 1)),
        "today_url": "" if day == today else url(today),
        "here_url": url(day),
    }


def _chart(around: Sequence[Month]) -> dict[str, Any]:
    names = [f"{month.day:%b %y}" for month in around]
    series = [[getattr(month, line) for month in around] for line in LINES]
    rows = [
        [f"{month.day:%-d %b %Y}{' (to come)' * month.is_to_come}", *numbers]
        for month, *numbers in zip(around, *series, strict=True)
    ]
    return {
        "svg": charts.lines(names, series, label="Live, wanted and vacated seats by month"),
        "columns": ["On", *LINES],
        "rows": rows,
    }

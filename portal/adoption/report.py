"""Says in lines of plain text what a file makes, and what of it is there already."""

from collections import Counter
from typing import Any

from engagements.models import ClientPerson, Engagement, LineOfBusiness, Seat
from portal.adoption.file import File
from portal.adoption.reading import DECIDES, Reading
from recruiting.models import Application, Candidate, CriteriaSet, Offer, Requisition
from training.models import Certificate, Enrolment, Programme, TrainingClass

SHOWN = 10


def counts(reading: Reading) -> list[str]:
    """Return how many rows of each kind there are, by state where they have one."""
    file, book = reading.file, reading.file.book
    engagement = file.engagement
    known = len(reading.hiring.known)
    with_access = ClientPerson.objects.filter(client=file.client)
    deciding = with_access.filter(user__groups__name=DECIDES).count()
    access = f"{with_access.count()} with access, of whom {deciding} may decide"
    seats = Counter(str(seat.get_state_display()) for seat in book.rows[Seat])
    return [
        f"{file.client}: {access}; nobody is written to.",
        f"{engagement.code}, {engagement.name}: {engagement.get_state_display()}.",
        _row("lines of business", len(book.rows[LineOfBusiness])),
        _row("criteria sets", len(book.rows[CriteriaSet])),
        _by_state("seats", book.rows[Seat], seats),
        _by_state("requisitions", book.rows[Requisition]),
        _row(
            "people",
            len(reading.hiring.people),
            f"new {len(book.rows[Candidate])}, known already {known}",
        ),
        _by_state("applications", book.rows[Application]),
        _by_state("offers", book.rows[Offer]),
        _row("programmes", len(book.rows[Programme]), "new"),
        _by_state("classes", book.rows[TrainingClass]),
        _by_state("enrolments", book.rows[Enrolment]),
        _row("certificates", len(book.rows[Certificate])),
        _row("careers pages", sum(row.state == "open" for row in book.rows[Requisition])),
    ]


def _row(name: str, count: int, more: str = "") -> str:
    return f"{name:<18} {count:>6}   {more}".rstrip()


def _by_state(name: str, rows: list[Any], states: Counter[str] | None = None) -> str:
    found = states or Counter(str(row.get_state_display()) for row in rows)
    return _row(name, len(rows), ", ".join(f"{state} {n}" for state, n in found.items()))


def already(file: File, engagement: Engagement) -> list[str]:
    """Say what of a file is here already, and what of it is not: nothing is added to what is."""
    parts: list[tuple[str, str, Any]] = [
        ("seats", "number", engagement.seats),
        ("requisitions", "number", engagement.requisitions),
        ("classes", "name", engagement.classes),
        ("criteria", "title", engagement.criteria_sets),
        ("people", "email", Candidate.objects),
    ]
    return [_there(file, engagement, key, (by, there)) for key, by, there in parts]


def _there(file: File, engagement: Engagement, key: str, known: tuple[str, Any]) -> str:
    by, there = known
    named = [
        str(row.get(by) or f"{engagement.code}-{place:03}")
        for place, (_, row) in enumerate(file.rows(key), start=1)
    ]
    wanted = [each.lower() if by == "email" else each for each in named]
    found = set(there.filter(**{f"{by}__in": wanted}).values_list(by, flat=True))
    lacking = [each for each in dict.fromkeys(wanted) if each not in found]
    said = f"{key}: {len(wanted) - len(lacking)} of {len(wanted)} are here"
    if not lacking:
        return f"{said}."
    if by == "email":
        return f"{said}; {len(lacking)} are not."
    more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
    return f"{said}; not {', '.join(lacking[:SHOWN])}{more}."

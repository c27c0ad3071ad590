"""Live, wanted and vacated seats month by month: what was, and by their dates what is to come."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from engagements.models import Seat
from engagements.models.seats import GONE, SeatLog, SeatQuerySet, end_of

AROUND = 12  # months before the day, and after it


@dataclass(frozen=True)
class Month:
    """How many seats were live, wanted and vacated at the end of one day of a month.

    Of a day to come `live` counts those expected at work by their dates.
    """

    day: date
    live: int
    wanted: int
    vacated: int
    is_to_come: bool


@dataclass(frozen=True)
class Stood:
    """A seat with its history, read once for all days."""

    seat: Seat
    lines: Sequence[tuple[datetime, str, str]]

    def state(self, end: datetime) -> str | None:
        """Return its state before `end` as `SeatQuerySet.as_of` does; None before it was there."""
        before = [target for at, _, target in self.lines if at < end]
        if before:
            return before[-1]
        if self.seat.created_at >= end:
            return None
        return self.lines[0][1] if self.lines else str(self.seat.state)


def shift(day: date, months: int) -> date:
    """Return the same day some months on, or the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months(seats: SeatQuerySet, day: date, zone: tzinfo, *, today: date) -> list[Month]:
    """Return the months around a day. Two queries, however many seats and months there are."""
    lines: defaultdict[int, list[tuple[datetime, str, str]]] = defaultdict(list)
    told = SeatLog.objects.filter(subject__in=seats).order_by("at", "pk")
    for line in told:
        lines[line.subject_id].append((line.at, line.source, line.target))
    stood = [Stood(seat, lines[seat.pk]) for seat in seats.order_by("pk")]
    days = [shift(day, by) for by in range(-AROUND, AROUND + 1)]
    return [_to_come(stood, each) if each > today else _past(stood, each, zone) for each in days]


def _past(stood: Sequence[Stood], day: date, zone: tzinfo) -> Month:
    end = end_of(day, zone)
    states = [state for each in stood if (state := each.state(end))]
    return Month(
        day,
        live=states.count(Seat.State.LIVE),
        wanted=sum(state not in GONE for state in states),
        vacated=states.count(Seat.State.VACATED),
        is_to_come=False,
    )


def _to_come(stood: Sequence[Stood], day: date) -> Month:
    wanted = [
        each.seat
        for each in stood
        if each.seat.state not in GONE and (each.seat.ends_on is None or each.seat.ends_on >= day)
    ]
    return Month(
        day,
        live=sum(seat.starts_on <= day for seat in wanted),
        wanted=len(wanted),
        vacated=sum(each.seat.state == Seat.State.VACATED for each in stood),
        is_to_come=True,
    )

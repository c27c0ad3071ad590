"""Working time: how long between two instants, and when so many working hours have passed.

Hours are wall time of the calendar's zone, so a shift over a change of the clocks is an hour
shorter or longer than its times say. A shift that closes at or before the time it opens ends
on the next day, and belongs to the day on which it opened: (00:00, 00:00) is a whole day.
"""

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import takewhile
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

Party = TypeVar("Party", bound=Hashable)
Hours = Mapping[int, Sequence[tuple[time, time]]]
DAY = timedelta(days=1)
FAR = 3660  # days: a calendar that is closed for ten years opens no more


@dataclass(frozen=True)
class Calendar:
    """When somebody works. Raises ValueError without a single working hour in the week."""

    zone: ZoneInfo
    hours: Hours  # by weekday, 0 is Monday
    days_off: Container[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not set(self.hours) <= set(range(7)):
            raise ValueError("Weekdays are numbered from 0, Monday, to 6, Sunday.")
        if not any(self.hours.values()):
            raise ValueError("This calendar has no working hours: nothing would ever be due.")

    def is_open(self, at: datetime) -> bool:
        """Tell whether that instant is working time; the closing time itself is not."""
        return any(begins <= at < ends for begins, ends in self._open(at, at + DAY))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; nothing when `end` is not later."""
        total = timedelta()
        if end <= start:
            return total
        for begins, ends in self._open(start, end):
            total += max(min(ends, end) - max(begins, start), timedelta())
        return total

    def after(self, start: datetime, hours: timedelta | Decimal | float) -> datetime:
        """Return, in UTC, when so many working hours have passed since `start`.

        No hours at all: `start`, or the next opening. Raises ValueError for less than none, and
        when days off leave nothing open for ten years.
        """
        left = hours if isinstance(hours, timedelta) else timedelta(hours=float(hours))
        if left < timedelta():
            raise ValueError("Working hours can't be counted back: give none or more.")
        at = start.astimezone(UTC)
        for begins, ends in self._open(at):
            opens = max(begins, at)
            if opens < ends:
                if opens + left <= ends:
                    return opens + left
                left -= ends - opens
        raise AssertionError  # pragma: no cover -- the openings end with an error

    def _open(self, start: datetime, end: datetime | None = None) -> Iterator[tuple[datetime, ...]]:
        """Give what is open, in order and never twice, from before `start` until `end`."""
        day = _instant(start).astimezone(self.zone).date() - 2 * DAY
        done = datetime.min.replace(tzinfo=UTC)
        idle = 0
        while end is None or self._at(day, time()) < end:
            idle += 1
            for opens, closes in self._shifts(day):
                ends = self._at(day if closes > opens else day + DAY, closes)
                begins = max(self._at(day, opens), done)
                if begins < ends:
                    yield begins, ends
                    done, idle = ends, 0
            day += DAY
            if idle > FAR and end is None:
                raise ValueError(
                    "Days off leave this calendar without working hours for ten years."
                )

    def _shifts(self, day: date) -> list[tuple[time, time]]:
        if day in self.days_off:
            return []
        return sorted(self.hours.get(day.weekday(), ()))

    def _at(self, day: date, wall: time) -> datetime:
        """Return when the wall shows that time: the first time, if it does so twice.

        A time that is left out when the clocks go forward is the moment of that change.
        """
        local = datetime.combine(day, wall, self.zone)
        late = local.astimezone(UTC)
        if late.astimezone(self.zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return late
        early, after = local.replace(fold=1).astimezone(UTC), late.astimezone(self.zone).utcoffset()
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) // 2
            if middle.astimezone(self.zone).utcoffset() == after:
                late = middle
            else:
                early = middle
        return late.replace(microsecond=0)


def _instant(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("Give an instant with its time zone.")
    return at.astimezone(UTC)


class Turns(Generic[Party]):
    """Whose clock runs: each party's working time, on its own calendar, while it had the turn.

    turns = Turns({"client": theirs, "us": ours})
    turns.pass_to("client", asked_at)
    turns.pass_to("us", answered_at)
    turns.elapsed(now)  # {"client": …, "us": …}
    """

    def __init__(self, calendars: Mapping[Party, Calendar]) -> None:
        self.calendars = calendars
        self._turns: list[tuple[Party | None, datetime]] = []

    @property
    def whose(self) -> Party | None:
        """Whose clock runs now; None while it stands."""
        return self._turns[-1][0] if self._turns else None

    @property
    def since(self) -> datetime:
        """Since when that is so, however often it was passed to the same party meanwhile.

        Raises LookupError before the first turn.
        """
        if not self._turns:
            raise LookupError("Nobody has had the turn yet.")
        stay = takewhile(lambda turn: turn[0] == self.whose, reversed(self._turns))
        return list(stay)[-1][1]

    def pass_to(self, party: Party | None, at: datetime) -> None:
        """Let that party's clock run from then on, or nobody's.

        Raises ValueError for a party without a calendar, and for a turn before the last one.
        """
        if party is not None and party not in self.calendars:
            raise ValueError(f"{party} has no calendar here.")
        if self._turns and at < self._turns[-1][1]:
            raise ValueError("Turns are given in order: this one is before the last.")
        self._turns.append((party, at))

    def elapsed(self, until: datetime) -> dict[Party, timedelta]:
        """Return each party's working time up to then, all turns together."""
        spent = dict.fromkeys(self.calendars, timedelta())
        ends = [at for _party, at in self._turns[1:]] + [until]
        for (party, begins), end in zip(self._turns, ends, strict=True) if self._turns else ():
            if party is not None:
                spent[party] += self.calendars[party].between(begins, min(end, until))
        return spent

"""Time and chance of the demo: both come in once, so that the same seed tells the same story."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar

Any_ = TypeVar("Any_")
SEED = 2026


def workday(day: date, *, step: int = -1) -> date:
    """Return the day, or the nearest working day before (or, with step 1, after) it."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def shift(day: date, working_days: int) -> date:
    """Return the day that lies so many working days later, or earlier when negative."""
    step = 1 if working_days > 0 else -1
    for _ in range(abs(working_days)):
        day = workday(day + timedelta(days=step), step=step)
    return workday(day)


class Clock:
    """Knows when the demo is loaded, and draws days, hours and numbers."""

    def __init__(self, now: datetime, seed: int = SEED) -> None:
        self.now = now.astimezone(UTC)
        self.today = self.now.date()
        self.random = Random(seed)  # noqa: S311 -- a story, not a secret

    def day(self, days: int) -> date:
        """Return the working day so many days from now: negative ones are past."""
        return workday(self.today + timedelta(days=days), step=1 if days > 0 else -1)

    def at(self, day: date, hour: int | None = None) -> datetime:
        """Return a moment in that day's office hours."""
        drawn = self.random.randint(7, 15) if hour is None else hour
        return datetime.combine(day, time(drawn, self.random.randint(0, 59)), UTC)

    def ago(self, days: int, hour: int | None = None) -> datetime:
        """Return a moment on a working day at least a day, and about so many, before now."""
        return self.at(self.day(-max(days, 1)), hour)

    def each_ago(self, steps: dict[str, int]) -> dict[str, datetime]:
        """Return a moment for each step, given in days before now; those of one day in order."""
        found: dict[str, datetime] = {}
        last = datetime.min.replace(tzinfo=UTC)
        for step, days in steps.items():
            last = max(self.ago(days), last + timedelta(minutes=20))
            found[step] = last
        return found

    def after(self, moment: datetime, low: int, high: int) -> datetime:
        """Return a moment some working days later; with `low` 0 at least on the same day, later."""
        days = self.random.randint(low, high)
        if days == 0:
            return moment + timedelta(minutes=self.random.randint(5, 90))
        return self.at(shift(moment.date(), days))

    def before(self, moment: datetime, low: int, high: int) -> datetime:
        """Return a moment some working days, at least one, earlier."""
        return self.at(shift(moment.date(), -self.random.randint(low, high)))

    def between(self, start: datetime, end: datetime) -> datetime:
        """Return a moment of a working day between the two."""
        span = max((end.date() - start.date()).days - 1, 0)
        drawn = self.at(workday(start.date() + timedelta(days=self.random.randint(0, span))))
        return min(max(drawn, start), end)

    def one_of(self, things: Sequence[Any_]) -> Any_:
        return self.random.choice(things)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

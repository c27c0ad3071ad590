"""Seats counted by one of their kinds and by the state they had at the end of a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from django.db.models import Count
from django.utils.text import capfirst

from core.places import languages
from engagements.models import Seat
from engagements.models.seats import GONE, SeatQuerySet, Shift
from vendors.models import Role

STATES = [state for state in Seat.State if state not in GONE]


@dataclass(frozen=True)
class Dimension:
    """One kind of a seat: the fields that tell it and name it, and what lacks it."""

    label: str
    key: str
    name: str
    missing: str
    shown: Callable[[Any], str] = str


def _language(code: str) -> str:
    return dict(languages()).get(code, code)


DIMENSIONS = {
    "line": Dimension("line of business", "line__name", "line__name", "No line"),
    "site": Dimension("site", "site__name", "site__name", "No site yet"),
    "language": Dimension("language", "language", "language", "Any language", _language),
    "shift": Dimension(
        "shift", "shift", "shift", "No shift yet", lambda key: capfirst(str(Shift(key).label))
    ),
    "tier": Dimension("tier", "tier", "tier", "No tier", lambda tier: f"Tier {tier}"),
    "role": Dimension(
        "role", "role", "role", "No role", lambda key: capfirst(str(Role(key).label))
    ),
    "team": Dimension("team", "team", "team__name", "No team"),
}
ENGAGEMENT = Dimension("engagement", "engagement", "engagement__name", "No engagement")


@dataclass
class Row:
    """The seats of one kind: wanted ones by state, vacated ones, and how long vacant ones are."""

    key: Any
    label: str
    states: dict[str, int] = field(default_factory=dict)
    vacated: int = 0
    vacant: int = 0
    aged: int = 0  # of the vacant ones, those of which it is known since when
    days: int = 0  # their days together

    @property
    def wanted(self) -> int:
        return sum(self.states.values())

    @property
    def live(self) -> int:
        return self.states.get(Seat.State.LIVE, 0)

    @property
    def vacant_for(self) -> float | None:
        """Return the average age of its vacancies in days."""
        return self.days / self.aged if self.aged else None

    def add(self, state: str, since: date | None, count: int, day: date) -> None:
        if state == Seat.State.VACATED:
            self.vacated += count
        elif state not in GONE:
            self.states[state] = self.states.get(state, 0) + count
        if since:
            self.aged += count
            self.days += (day - since).days * count
        if since or state == Seat.State.VACATED:
            self.vacant += count


@dataclass(frozen=True)
class Counts:
    """The rows of one kind, all of them together, and the states that occur."""

    day: date
    rows: list[Row]
    total: Row

    @property
    def states(self) -> list[tuple[str, str]]:
        """Return the states that a wanted seat has on the day, as a seat goes through them."""
        return [(state, str(state.label)) for state in STATES if self.total.states.get(state)]

    @property
    def states_shown(self) -> list[str]:
        return [label for _, label in self.states]

    @property
    def header(self) -> list[str]:
        return [*self.states_shown, "wanted", "vacated", "vacant", "vacant for days, on average"]

    def cells(self, row: Row) -> list[Any]:
        age = None if row.vacant_for is None else round(row.vacant_for, 1)
        states = [row.states.get(state, 0) for state, _ in self.states]
        return [*states, row.wanted, row.vacated, row.vacant, age]

    def parts(self, row: Row) -> list[tuple[str, int]]:
        return [(label, row.states.get(state, 0)) for state, label in self.states]


def counts(seats: SeatQuerySet, by: str, day: date, zone: tzinfo) -> Counts:
    """Count seats as they were at the end of a day. One query, however many there are."""
    return _counts(seats, DIMENSIONS[by], day, zone)


def by_engagement(seats: SeatQuerySet, day: date, zone: tzinfo) -> Counts:
    return _counts(seats, ENGAGEMENT, day, zone)


def _counts(seats: SeatQuerySet, dimension: Dimension, day: date, zone: tzinfo) -> Counts:
    # Fields that name one kind only once: the same alias twice would not group.
    fields = list(dict.fromkeys([dimension.key, dimension.name]))
    found = (
        seats.places(day, zone)
        .order_by()
        .values(*fields, "state_then", "vacant_since")
        .annotate(count=Count("pk"))
    )
    rows: dict[Any, Row] = {}
    total = Row(None, "All")
    for each in found:
        key = each[dimension.key]
        row = rows.setdefault(key, Row(key, _label(dimension, each)))
        for one in (row, total):
            one.add(each["state_then"], each["vacant_since"], each["count"], day)
    return Counts(day, _in_order(rows.values()), total)


def _label(dimension: Dimension, each: Mapping[str, Any]) -> str:
    name = each[dimension.name]
    return dimension.missing if name in {None, ""} else dimension.shown(name)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.key in {None, ""}, row.label))

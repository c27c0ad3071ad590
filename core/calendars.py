"""On whose clock working time is counted: our own calendar, and those of who works with us.

Our own is four policies. An app says where and in which zone its parties are, in `ready()`:

    calendars.place("engagements.client", lambda client: (client.country, client.time_zone))

A party works our weekly hours in its own zone, and has the public holidays of its country and
the days off that were entered for it (Administration, Holidays).
"""

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from functools import cache, cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import audit, policies
from core.models import Actor, DayOff
from core.places import time_zones
from planning.worktime import Calendar

NONE = "none"
DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday")]
DAYS += [_("Saturday"), _("Sunday")]


@cache
def regions() -> list[tuple[str, Any]]:
    """Return the countries whose holidays are known, and their regions: PL, DE, DE-BY."""
    known = holidays.list_supported_countries()
    codes = [code for land, parts in known.items() for code in [land, *_codes(land, parts)]]
    return [(NONE, _("no public holidays")), *((code, code) for code in sorted(codes))]


def _codes(land: str, parts: list[str]) -> list[str]:
    return [f"{land}-{part}" for part in parts]


ZONE = policies.declare(
    "hours.zone", default="UTC", kind=str, label=_("Our time zone"), choices=time_zones
)
REGION = policies.declare(
    "hours.holidays",
    default=NONE,
    kind=str,
    label=_("Our public holidays"),
    help=_("Of a country, as PL, or of a region of it, as DE-BY. Nothing is due on them."),
    choices=regions,
)
WEEKDAYS = policies.declare(
    "hours.weekdays",
    default=["0", "1", "2", "3", "4"],
    kind=list,
    label=_("Our working days"),
    help=_("Without any, Monday to Friday hold."),
    choices=lambda: [(str(number), day) for number, day in enumerate(DAYS)],
)
OPENS = policies.declare(
    "hours.opens",
    default=9,
    kind=int,
    unit=_("o'clock"),
    label=_("Our working day begins"),
    minimum=0,
    maximum=23,
)
CLOSES = policies.declare(
    "hours.closes",
    default=17,
    kind=int,
    unit=_("o'clock"),
    label=_("Our working day ends"),
    help=_("At or before its beginning: it ends on the next day."),
    minimum=0,
    maximum=23,
)

Place = tuple[str, str]  # country; zone, empty for ours
_places: dict[str, Callable[[Any], Place]] = {}


def place(label: str, of: Callable[[Any], Place]) -> None:
    """Say where the rows of a model are. Raises RuntimeError when that was said already."""
    if label in _places:
        raise RuntimeError(f"Where {label} is was said twice.")
    _places[label] = of


def calendar_of(party: models.Model | None) -> Calendar:
    """Return on which calendar a party works; None, and whoever has no place of their own, ours."""
    _region, zone = place_of(party)
    shift = (time(OPENS.value()), time(CLOSES.value()))
    hours = {day: [shift] for day in working_days()}
    return Calendar(ZoneInfo(zone or ZONE.value()), hours, DaysOff(party))


def working_days() -> set[int]:
    """Return the weekdays on which we work, Monday as 0; Monday to Friday where none is chosen."""
    return {int(day) for day in WEEKDAYS.value() or WEEKDAYS.default}


def in_words() -> str:
    """Say on which calendar we work, so that whoever reads when something is due can count it."""
    numbers = sorted(working_days())
    days = [str(DAYS[number]) for number in numbers]
    if len(days) > 2 and numbers[-1] - numbers[0] == len(days) - 1:
        days = [gettext("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}]
    return gettext("%(days)s, %(opens)s:00 to %(closes)s:00 (%(zone)s), %(holidays)s") % {
        "days": ", ".join(days),
        "opens": OPENS.value(),
        "closes": CLOSES.value(),
        "zone": ZONE.value(),
        "holidays": _holidays(REGION.value()),
    }


def _holidays(region: str) -> str:
    if region == NONE:
        return gettext("public holidays are not set")
    return gettext("but for public holidays of %(region)s") % {"region": region}


def place_of(party: models.Model | None) -> Place:
    """Return the country or region of a party, and its zone ("" is ours)."""
    found = _places.get(party._meta.label_lower) if party is not None else None
    return found(party) if found else (REGION.value(), "")


def parties() -> list[str]:
    """Return the labels of the models whose rows have a place of their own."""
    return sorted(_places)


class DaysOff:
    """The days on which a party does not work: public holidays, and days off of its own.

    Its own are read when a day is first asked for, in one query.
    """

    def __init__(self, party: models.Model | None) -> None:
        self.party = party
        self.region = place_of(party)[0].upper()

    @cached_property
    def own(self) -> dict[date, DayOff]:
        return {row.on: row for row in DayOff.objects.of(self.party).select_related("by")}

    def public(self, year: int) -> Mapping[date, str]:
        return public_holidays(self.region, year)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.public(day.year) or day in self.own)


class IdleDays(DaysOff):
    """The days on which nothing is done: days off, and weekdays that are no working days."""

    @cached_property
    def weekdays(self) -> set[int]:
        return working_days()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (
            day.weekday() not in self.weekdays or super().__contains__(day)
        )


@lru_cache(maxsize=512)
def public_holidays(region: str, year: int) -> Mapping[date, str]:
    """Return the public holidays of a country or region with their names; none if not known."""
    if region == NONE or region not in dict(regions()):
        return {}
    country, _dash, part = region.partition("-")
    return dict(
        holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US")
    )


@transaction.atomic
def add_days_off(
    party: models.Model | None, *, first: date, last: date, name: str, by: Actor
) -> int:
    """Let a party be off on each of these days. Returns how many were not off already."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    had = set(DayOff.objects.of(party).filter(on__in=days).values_list("on", flat=True))
    new = [DayOff(subject=party, on=day, name=name, by=by) for day in days if day not in had]
    DayOff.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        note = {"first": f"{first}", "last": f"{last}", "days": len(new)}
        audit.note("administration", did="days_off_added", by=by, about=party, **note)
    return len(new)


@transaction.atomic
def remove_day_off(row: DayOff, *, by: Actor) -> None:
    audit.note("administration", did="day_off_removed", by=by, about=row.subject, on=f"{row.on}")
    row.delete()

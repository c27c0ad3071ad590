"""Service hours and a week's volume as they are stored: lists that JSON can hold.

Hours are [weekday, "08:00", "20:00"], a week's volume [weekday, "08:30", 12.5]; weekdays count from
1, Monday. `planning` counts them from 0.
"""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from planning.week import Hours, WeekProfile
from planning.workload import start_of

Stored = Sequence[Sequence[Any]]


def planned(hours: Stored) -> Hours:
    """Return stored hours as `planning` takes them."""
    found: dict[int, list[tuple[time, time]]] = {}
    for day, opens, closes in hours:
        window = time.fromisoformat(opens), time.fromisoformat(closes)
        found.setdefault(int(day) - 1, []).append(window)
    return found


def week(volume: Stored, rule: str) -> WeekProfile:
    """Return a stored week's volume as `planning` takes it."""
    rows = ((int(day) - 1, time.fromisoformat(at), float(count)) for day, at, count in volume)
    return WeekProfile.of(rows, rule)


def stored_week(profile: WeekProfile) -> list[list[Any]]:
    """Return what has contacts in a week, as it is stored."""
    return [
        [day + 1, f"{start_of(slot):%H:%M}", round(float(contacts), 4)]
        for day, slots in enumerate(profile.contacts)
        for slot, contacts in enumerate(slots)
        if contacts
    ]


def days_of(hours: Stored) -> list[int]:
    return sorted({int(day) for day, _opens, _closes in hours})


def in_words(hours: Stored) -> str:
    """Say when a service is open, as in "Mon to Fri 08:00 to 20:00", with a dash between."""
    by_day: dict[int, list[str]] = {}
    for day, opens, closes in hours:
        by_day.setdefault(int(day), []).append(_window(opens, closes))
    alike: dict[str, list[int]] = {}
    for day in sorted(by_day):
        alike.setdefault(_(" and ").join(sorted(by_day[day])), []).append(day)
    return ", ".join(f"{_days(days)} {windows}" for windows, days in alike.items())


def _window(opens: str, closes: str) -> str:
    if opens == closes == "00:00":
        return _("around the clock")
    return f"{opens}\N{EN DASH}{'24:00' if closes == '00:00' else closes}"


def _days(days: Sequence[int]) -> str:
    names = [str(WEEKDAYS_ABBR[day - 1]) for day in days]
    if len(days) == 7:
        return _("every day")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return ", ".join(names)


def every(days: Iterable[int], opens: str, closes: str) -> list[list[Any]]:
    """Return the same hours on each of these days."""
    return [[day, opens, closes] for day in days]

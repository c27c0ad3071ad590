"""A week of half-hours as a picture in shades: the agents that a plan asks for, contacts of a file.

A plan's is read from what the plan has stored, so that an old plan shows what it showed.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.templatetags.ui import number
from engagements.models import StaffingPlan
from planning.week import DAY_NAMES, Grid
from planning.workload import start_of

SHADES = 9
FINE = 10  # below this many contacts their tenths say something
HEADER = ["line", "weekday", "half-hour", "contacts", "agents", "cap binds", "if callers hang up"]


@dataclass(frozen=True)
class Cell:
    """One half-hour of a weekday; without agents where the service is closed."""

    text: str
    css: str
    title: str


@dataclass(frozen=True)
class Heat:
    """A week in shades: a column for each day that has anything, a row for each half-hour."""

    days: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class InShort:
    """A week of agents on duty in three numbers: what the plan's page says of it."""

    half_hours: int
    capped: int
    most: int


@dataclass(frozen=True)
class Week:
    """One week of a plan's: a line's, or a site's with all lines together."""

    title: str
    anchor: str
    in_short: InShort
    heat: Heat


def in_short(line: Mapping[str, Any]) -> InShort | None:
    """Count a stored line's week; None for plans made before lines had weeks."""
    week = line.get("week")
    if not week:
        return None
    return InShort(
        half_hours=sum(sum(row) for row in week["open"]),
        capped=sum(sum(row) for row in week.get("by_cap", [])),
        most=max((max(row) for row in week["agents"]), default=0),
    )


def weeks(plan: StaffingPlan) -> list[Week]:
    """Draw each stored line's week, then each site's, all in the customers' time."""
    lines, sites = plan.structure.get("lines", []), plan.structure.get("sites", [])
    drawn = [_week(each, f"line-{n}") for n, each in enumerate(lines, start=1)]
    drawn += [_week(_as_week(each), f"site-{n}") for n, each in enumerate(sites, start=1)]
    return [each for each in drawn if each is not None]


def _week(given: Mapping[str, Any], anchor: str) -> Week | None:
    short = in_short(given)
    if short is None:
        return None
    week = given["week"]
    heat = _heat(week["open"], lambda day, slot: _cell(week, day, slot, short.most))
    return Week(given["name"], anchor, short, heat)


def _as_week(site: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read a site like a line: open where somebody is on duty."""
    agents = site.get("agents", [])
    is_open = [[count > 0 for count in row] for row in agents]
    return {"name": site["name"], "week": agents and {"open": is_open, "agents": agents}}


def heat_of(contacts: Grid, shown: NDArray[np.bool_]) -> Heat:
    """Draw a week's contacts; half-hours that are not `shown` stay empty."""
    most = float(contacts.max())

    def cell(day: int, slot: int) -> Cell:
        value = float(contacts[day, slot])
        if not shown[day, slot]:
            return Cell("", "closed", "")
        title = f"{DAY_NAMES[day]} {start_of(slot):%H:%M}: {number(value, 1)}"
        return Cell(number(value, 0 if most >= FINE else 1), _shade(value, most), title)

    return _heat(shown.tolist(), cell)


def _heat(is_open: Sequence[Sequence[bool]], cell: Callable[[int, int], Cell]) -> Heat:
    days = [day for day in range(len(is_open)) if any(is_open[day])]
    slots = [slot for slot in range(len(is_open[0])) if any(is_open[day][slot] for day in days)]
    span = range(slots[0], slots[-1] + 1) if slots else range(0)
    rows = [(f"{start_of(slot):%H:%M}", [cell(day, slot) for day in days]) for slot in span]
    return Heat([DAY_NAMES[day] for day in days], rows)


def _shade(value: float, most: float) -> str:
    return f"h{math.ceil(value * SHADES / most - 1e-9) if most else 0}"


def _cell(week: Mapping[str, Any], day: int, slot: int, most: int) -> Cell:
    if not week["open"][day][slot]:
        return Cell("", "closed", "closed")
    agents = week["agents"][day][slot]
    capped = "by_cap" in week and week["by_cap"][day][slot]
    title = f"{DAY_NAMES[day]} {start_of(slot):%H:%M}: {_amount(week, day, slot)}"
    return Cell(str(agents), f"{_shade(agents, most)}{' cap' if capped else ''}", title)


def _amount(week: Mapping[str, Any], day: int, slot: int) -> str:
    """Say how much comes in; of a site, where nobody counts contacts, how many are there."""
    if "contacts" in week:
        return f"{week['contacts'][day][slot]:,.1f} contacts"
    return f"{week['agents'][day][slot]} on duty"


def rows(plan: StaffingPlan) -> Iterator[Sequence[Any]]:
    """Yield every open half-hour of every line."""
    for line in plan.structure.get("lines", []):
        if week := line.get("week"):
            yield from _rows(line["name"], week)


def _rows(name: str, week: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    patient = week["with_patience"]
    for day, slots in enumerate(week["open"]):
        for slot, is_open in enumerate(slots):
            if is_open:
                yield [
                    name,
                    DAY_NAMES[day],
                    f"{start_of(slot):%H:%M}",
                    week["contacts"][day][slot],
                    week["agents"][day][slot],
                    "yes" if week["by_cap"][day][slot] else "no",
                    patient[day][slot] if patient else "",
                ]

"""The agents a plan asks for in each half-hour of a week: as a picture in shades, and as a table.

Read from what the plan has stored, so that an old plan shows what it showed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engagements.models import StaffingPlan
from planning.week import DAY_NAMES
from planning.workload import start_of

SHADES = 9
HEADER = ["line", "weekday", "half-hour", "contacts", "agents", "cap binds", "if callers hang up"]


@dataclass(frozen=True)
class Cell:
    """One half-hour of a weekday; without agents where the service is closed."""

    text: str
    css: str
    title: str


@dataclass(frozen=True)
class Coverage:
    """A line's week: a column for each day that is open, a row for each half-hour."""

    days: list[str]
    rows: list[tuple[str, list[Cell]]]
    half_hours: int
    capped: int
    most: int


def coverage(line: Mapping[str, Any]) -> Coverage | None:
    """Draw a stored line's week, or a site's; None for plans made before lines had weeks."""
    week = line.get("week")
    if not week:
        return None
    is_open, agents = week["open"], week["agents"]
    days = [day for day in range(len(is_open)) if any(is_open[day])]
    slots = [slot for slot in range(len(is_open[0])) if any(is_open[day][slot] for day in days)]
    most = max((max(row) for row in agents), default=0)
    span = range(slots[0], slots[-1] + 1) if slots else range(0)
    return Coverage(
        days=[DAY_NAMES[day] for day in days],
        rows=[
            (f"{start_of(slot):%H:%M}", [_cell(week, day, slot, most) for day in days])
            for slot in span
        ],
        half_hours=sum(sum(row) for row in is_open),
        capped=sum(sum(row) for row in week.get("by_cap", [])),
        most=most,
    )


def _cell(week: Mapping[str, Any], day: int, slot: int, most: int) -> Cell:
    if not week["open"][day][slot]:
        return Cell("", "closed", "closed")
    agents = week["agents"][day][slot]
    capped = "by_cap" in week and week["by_cap"][day][slot]
    shade = -(-agents * SHADES // most) if most else 0
    title = f"{DAY_NAMES[day]} {start_of(slot):%H:%M}: {_amount(week, day, slot)}"
    return Cell(str(agents), f"h{shade}{' cap' if capped else ''}", title)


def _amount(week: Mapping[str, Any], day: int, slot: int) -> str:
    """Say how much comes in; of a site, where nobody counts contacts, how many are there."""
    if "contacts" in week:
        return f"{week['contacts'][day][slot]:,.1f} contacts"
    return f"{week['agents'][day][slot]} on duty"


def at_site(site: Mapping[str, Any]) -> Coverage | None:
    """Draw a stored site's week, all lines together, in the customers' time."""
    agents = site["agents"]
    is_open = [[count > 0 for count in row] for row in agents]
    return coverage({"week": {"open": is_open, "agents": agents}})


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

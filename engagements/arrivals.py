"""A file of arrivals between its upload and its use: read, shown, and made a line's week."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import charts, files
from core.models import StoredFile
from core.templatetags.ui import number
from engagements.coverage import Heat, heat_of
from engagements.models import LineOfBusiness
from planning.arrivals import (
    Arrivals,
    busy_week,
    parse_arrivals,
    usual_week,
    variation,
    week_totals,
)
from planning.week import DAY_NAMES, WeekProfile, open_half_hours
from planning.workload import start_of

KIND = "application/vnd.cadre.arrivals+json"
SHOWN = 20
TAKE = [
    ("", gettext_lazy("the mean of each half-hour")),
    ("0.75", gettext_lazy("what three days in four do not exceed in each half-hour")),
    ("0.9", gettext_lazy("what nine days in ten do not exceed in each half-hour")),
    ("week 0.8", gettext_lazy("a busy week: four weeks in five bring no more")),
    ("week 0.9", gettext_lazy("a very busy week: nine weeks in ten bring no more")),
]
WEEK_HEADER = ["weekday", "half-hour", "mean contacts"]
PROBLEM_HEADER = ["row", "problem"]


@dataclass(frozen=True)
class Kept:
    """An uploaded file with all that was typed beside it, until it is used or forgotten."""

    requirements: int
    line: int | None
    name: str
    text: str
    zone: str
    customers_zone: str
    as_written: bool
    hours: list[list[Any]]
    typed: dict[str, Any]

    @classmethod
    def load(cls, stored: StoredFile) -> Self:
        with stored.content.open() as file:
            return cls(**json.load(file))

    def dump(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @cached_property
    def found(self) -> Arrivals:
        return parse_arrivals(
            self.text, self.zone, into=self.customers_zone, as_written=self.as_written
        )

    @property
    def line_typed(self) -> LineOfBusiness:
        """Return a line with the hours that were typed beside the file."""
        return LineOfBusiness(hours=self.hours)


@dataclass(frozen=True)
class Option:
    """A week that can be planned on; or why it can't."""

    value: str
    label: str
    contacts: float = 0.0
    busiest: float = 0.0
    at: str = ""
    refusal: str = ""


def text_of(upload: Any) -> str:
    """Read an upload as text. Raises ValueError: too large, not UTF-8."""
    if upload.size > files.limit():
        says = _("%(name)s is larger than %(size)s MB.")
        raise ValueError(says % {"name": upload.name, "size": files.megabytes()})
    try:
        return str(upload.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        says = _("%(name)s is not a text file in UTF-8.")
        raise ValueError(says % {"name": upload.name}) from None


def week_to_plan_on(found: Arrivals, take: str, weekdays: Sequence[int]) -> WeekProfile:
    """Return the week that a choice of `TAKE` names. Raises ValueError where there is none."""
    kind, _space, share = take.rpartition(" ")
    if kind == "week":
        return busy_week(found, float(share), weekdays=weekdays)
    return usual_week(found, quantile=float(share) if share else None, weekdays=weekdays)


def source_of(name: str, text: str, found: Arrivals, rule: str) -> str:
    """Say whence a line's volume is: the file, its hash, how it was read."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    left_out = f", {len(found.problems)} remarks" if found.problems else ""
    return f"{name}, {len(found.rows):,} rows{left_out}, SHA-256 {digest}. {rule}"[:300]


def summary(kept: Kept) -> dict[str, Any]:
    """Make the page that shows what a file holds before it is used for a line."""
    found, line = kept.found, kept.line_typed
    is_open = open_half_hours(line.planned_hours)
    mean = usual_week(found)
    weeks = week_totals(found)
    outside = float(mean.contacts[~is_open].sum())
    return {
        "rows": len(found.rows),
        "first": found.rows[0].at.date(),
        "last": found.rows[-1].at.date(),
        "step": found.step_minutes,
        "problems": found.problems[:SHOWN],
        "problem_count": len(found.problems),
        "repeated": sum(row.at.fold for row in found.rows),
        "outside": outside / mean.total if mean.total else 0.0,
        "heat": mean_heat(mean),
        "varies": variation(found, line.open_weekdays),
        "options": options(found, line),
        "week_chart": charts.bars(
            [(_short(each.monday), each.contacts) for each in weeks], label=_("Contacts a week")
        ),
        "week_columns": [_("Week from"), _("Contacts"), _("Whole")],
        "week_rows": [
            (each.monday.isoformat(), number(each.contacts), _("yes") if each.is_whole else _("no"))
            for each in weeks
        ],
    }


def _short(day: date) -> str:
    return f"{day:%m-%d}" if day.month > 1 or day.day > 7 else f"{day:%Y}"


def mean_heat(mean: WeekProfile) -> Heat:
    return heat_of(mean.contacts, mean.contacts > 0)


def options(found: Arrivals, line: LineOfBusiness) -> list[Option]:
    """Return each week that can be planned on with what it asks of the line while it is open."""
    return [_option(found, line, take, str(label)) for take, label in TAKE]


def _option(found: Arrivals, line: LineOfBusiness, take: str, label: str) -> Option:
    try:
        week = week_to_plan_on(found, take, line.open_weekdays).within(line.planned_hours)
    except ValueError as error:
        return Option(take, label, refusal=str(error))
    busiest = week.busiest()
    return Option(take, label, week.total, busiest.contacts, busiest.when)


def problem_rows(found: Arrivals) -> Iterator[Sequence[Any]]:
    for problem in found.problems:
        yield problem.row, problem.message


def week_rows(found: Arrivals) -> Iterator[Sequence[Any]]:
    """Yield the mean of each half-hour of the week that has contacts."""
    mean = usual_week(found)
    for day, slots in enumerate(mean.contacts):
        for slot, contacts in enumerate(slots):
            if contacts:
                yield DAY_NAMES[day], f"{start_of(slot):%H:%M}", round(float(contacts), 4)

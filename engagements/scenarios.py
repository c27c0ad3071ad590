"""Scenarios beside what is written: planned when they are looked at, compared number by number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from engagements import funnel
from engagements.deadlines import safe_days
from engagements.models import LineOfBusiness, Requirements, Scenario
from engagements.models.scenarios import SeatsBy
from engagements.policies import SPAN
from engagements.pricing import PriceTable, of_plan, price_of
from engagements.staffing import planned as staffing_of
from engagements.staffing import planned_lines
from engagements.wish import Wish
from planning import staffing
from planning.lines import LineOfBusiness as Planned
from planning.sourcing import Rate
from planning.week import WeekProfile

OVERRIDES = ["service_level", "threshold_s", "max_occupancy", "shrinkage"]
WRITTEN = "As written"


@dataclass(frozen=True)
class Column:
    """One side of the comparison: a scenario, or what is written (`scenario` is none)."""

    title: str
    scenario: Scenario | None
    changes: list[str]
    plan: staffing.StaffingPlan | None
    price: PriceTable | None
    go_live: date | None
    problem: str = ""

    @property
    def fte(self) -> float:
        if self.plan is None:
            return 0.0
        return sum(float(line.figure("weekly_fte").value) for line in self.plan.lines)


@dataclass(frozen=True)
class Grounds:
    """What all sides are planned by: the day of prices, how a plan is made, and the rates."""

    on: date
    wish: Wish
    rates: Sequence[Rate]


@dataclass(frozen=True)
class Row:
    """A number of each column, and by how much it differs from what is written."""

    label: str
    values: list[Any]
    differences: list[Any]
    unit: str = ""


def compare(
    requirements: Requirements, scenarios: Sequence[Scenario], *, on: date
) -> tuple[list[Column], list[Row]]:
    """Plan what is written and each scenario, and put their numbers side by side."""
    grounds = Grounds(on, _newest_wish(requirements), funnel.rates(on))
    columns = [_column(requirements, scenario, grounds) for scenario in (None, *scenarios)]
    rows = [
        _row("Seats", [each.plan and each.plan.total_seats for each in columns]),
        _row("Agents", [each.plan and each.plan.agent_seats for each in columns]),
        _row("Teams", [each.plan and len(each.plan.teams) for each in columns]),
        _row("Full-time people to cover the week", [each.plan and each.fte for each in columns]),
        _row("Price a month", [each.price and each.price.total for each in columns], "money"),
        *_dates(columns),
        _row("Candidates to source", [_total(each, "candidates") for each in columns]),
    ]
    for place, line in enumerate(requirements.lines.all()):
        rows.append(_row(f"Seats, {line}", [_line(each, place, "seats") for each in columns]))
        levels = [_line(each, place, "expected_service_level") for each in columns]
        rows.append(_row(f"Answered in time at the busiest, {line}", levels, "share"))
    return columns, [row for row in rows if any(value is not None for value in row.values)]


def _dates(columns: Sequence[Column]) -> list[Row]:
    """Say when each would go live, and by when the client and we have to have moved for it."""
    safe = [safe_days(each.go_live) if each.go_live else {} for each in columns]
    labels = {
        "signature": "The contract is signed by",
        "criteria": "Criteria are approved by",
        "sourcing": "Sourcing begins by",
    }
    return [
        _row("Go-live", [each.go_live for each in columns], "date"),
        *(_row(label, [days.get(key) for days in safe], "date") for key, label in labels.items()),
    ]


def _total(column: Column, key: str) -> Any:
    figures = column.plan.totals if column.plan else ()
    return next((figure.value for figure in figures if figure.key == key), None)


def _row(label: str, values: list[Any], unit: str = "") -> Row:
    first = values[0]
    known = [first is not None and value is not None for value in values]
    differences = [
        _differs(value, first) if is_known and place else None
        for place, (value, is_known) in enumerate(zip(values, known, strict=True))
    ]
    return Row(label, values, differences, unit)


def _differs(value: Any, first: Any) -> Any:
    """Return by how much a number differs, of a date the days."""
    return (value - first).days if isinstance(value, date) else value - first


def _line(column: Column, place: int, key: str) -> Any:
    if column.plan is None:
        return None
    try:
        return column.plan.lines[place].figure(key).value
    except KeyError:
        return None


def _column(requirements: Requirements, scenario: Scenario | None, grounds: Grounds) -> Column:
    title, changes = (str(scenario), said(scenario)) if scenario else (WRITTEN, [])
    try:
        plan = planned(requirements, scenario, grounds)
    except ValueError as error:
        return Column(title, scenario, changes, None, None, None, str(error))
    go_live = (scenario and scenario.go_live_on) or requirements.go_live_on
    lines = {line.name: line for line in requirements.lines.all()}
    price = price_of(of_plan(plan, lines), requirements.engagement.currency, on=grounds.on)
    return Column(title, scenario, changes, plan, price, go_live)


def planned(
    requirements: Requirements, scenario: Scenario | None, grounds: Grounds
) -> staffing.StaffingPlan:
    """Plan requirements, changed as a scenario says. Raises ValueError where that is impossible."""
    as_planned, rates = grounds.wish, grounds.rates
    if scenario is None:
        return staffing_of(requirements, as_planned, chosen_by=WRITTEN, rates=rates)
    lines = [_changed(line, scenario) for line in planned_lines(requirements)]
    wish = replace(
        as_planned,
        kind=scenario.kind or as_planned.kind,
        seats_by=scenario.seats_by,
        target_span=scenario.target_span,
    )
    return staffing_of(requirements, wish, chosen_by=str(scenario), lines=lines, rates=rates)


def _newest_wish(requirements: Requirements) -> Wish:
    """Return how the engagement's newest plan was made: what is compared with goes on from it."""
    newest = requirements.engagement.plans.order_by("-version")
    stored = newest.values_list("structure__wish", flat=True).first()
    return Wish.from_json(stored) if stored else Wish()


def _touches(scenario: Scenario, name: str) -> bool:
    return scenario.line is None or scenario.line.name == name


def _changed(line: Planned, scenario: Scenario) -> Planned:
    """Return a line with a scenario's numbers, each citing the scenario."""
    if not _touches(scenario, line.name):
        return line
    volume, handling = scenario.volume_percent / 100, scenario.handling_percent / 100
    new: dict[str, Any] = {
        name: float(value) for name in OVERRIDES if (value := getattr(scenario, name)) is not None
    }
    if handling != 1:
        new["aht_s"] = line.aht_s * handling
    cited = dict.fromkeys(new, f"Scenario “{scenario}”")
    if volume != 1:
        cited["contacts"] = f"Scenario “{scenario}”: {scenario.volume_percent} % of the volume"
        if line.week is not None:
            new["week"] = WeekProfile(line.week.contacts * volume, line.week.rule)
        else:
            new["contacts_per_half_hour"] = (line.contacts_per_half_hour or 0) * volume
    return replace(line, sources={**line.sources, **cited}, **new)


def said(scenario: Scenario) -> list[str]:
    """Say in words what a scenario changes."""
    found = [
        f"Only {scenario.line}" if scenario.line else "",
        _percent("Volume", scenario.volume_percent),
        _percent("Handling time", scenario.handling_percent),
        _share("Service level", scenario.service_level),
        f"Answered within {scenario.threshold_s} s" if scenario.threshold_s is not None else "",
        _share("Occupancy cap", scenario.max_occupancy),
        _share("Shrinkage", scenario.shrinkage),
        f"Go-live on {date_format(scenario.go_live_on)}" if scenario.go_live_on else "",
        str(scenario.get_kind_display()).partition(":")[0].capitalize() if scenario.kind else "",
        *scenario_choices(scenario),
    ]
    return [each for each in found if each]


def scenario_choices(scenario: Scenario) -> list[str]:
    """Say in words what of a scenario belongs to the plan, and not to the requirements."""
    span = scenario.target_span
    return [
        *(["Seats for all hours of the week"] if scenario.seats_by == SeatsBy.WEEK else []),
        *([] if span == SPAN.value() else [f"{span} agents for a lead"]),
    ]


def _percent(label: str, value: int) -> str:
    return "" if value == 100 else f"{label} {value} %"


def _share(label: str, value: Decimal | None) -> str:
    return "" if value is None else f"{label} {(value * 100).normalize():f} %"


def apply(line: LineOfBusiness, scenario: Scenario) -> None:
    """Write a scenario's numbers into a line of a draft, unsaved."""
    if not _touches(scenario, line.name):
        return
    volume = Decimal(scenario.volume_percent) / 100
    if line.week:
        line.week = [[day, at, round(float(n) * float(volume), 4)] for day, at, n in line.week]
    elif line.contacts_per_half_hour is not None:
        line.contacts_per_half_hour *= volume
    line.aht_s = max(1, round(line.aht_s * scenario.handling_percent / 100))
    for name in OVERRIDES:
        if (value := getattr(scenario, name)) is not None:
            setattr(line, name, value)
    if scenario.volume_percent != 100:
        line.volume_source = f"{scenario.volume_percent} % of: {line.volume_source}"[:300]

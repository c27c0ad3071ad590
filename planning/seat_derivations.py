"""The figures that say why a line has so many seats: by its peak or week, by site, as asked for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning.derivations import MINUS, line_figure
from planning.lines import LineOfBusiness
from planning.provenance import Figure, Input, Step, spell
from planning.sites import SiteShare, Split
from planning.week import DAY_NAMES, in_words

SHRINKAGE = "People employed = people on duty ÷ the share of paid time on duty"
BY_SITE = (
    "Each half-hour's agents are shared among the sites by their shares, whole people only "
    "(Sainte-Laguë)"
)
FOLLOWING_THE_SUN = f"{BY_SITE}; following the sun, among the sites at work then, if any is"


def by_peak(line: LineOfBusiness, people: int, employed: int) -> Figure:
    share = spell(line.shrinkage)
    return line_figure(
        line,
        "seats",
        "Seats",
        employed,
        unit="seats",
        formula=f"⌈{people} ÷ (1 {MINUS} {share})⌉ = {employed}",
        inputs=("shrinkage",),
        steps=(
            Step("Agents on duty", people),
            Step("Before rounding up", people / (1 - line.shrinkage)),
        ),
        source=SHRINKAGE,
    )


def by_week(line: LineOfBusiness, week: Figure, employed: int) -> Figure:
    return line_figure(
        line,
        "seats",
        "Seats",
        employed,
        unit="seats",
        formula=f"⌈{spell(week.value)}⌉ = {employed}",
        inputs=("shrinkage", "hours_per_week", "weekly_paid_hours"),
        steps=(Step("Full-time people for the week", week.value, week.formula),),
        source="The week's hours need more people than its busiest half-hour",
    )


def by_site(
    line: LineOfBusiness,
    split: Split,
    parts: Sequence[tuple[SiteShare, str]],
    one_site: Figure,
) -> Figure:
    """Derive the seats of all sites, each with its own working, beside those of one site."""
    total, alone = sum(part.seats for part, _ in parts), int(one_site.value)
    added = " + ".join(str(part.seats) for part, _ in parts)
    figure = line_figure(
        line,
        "seats",
        "Seats",
        total,
        unit="seats",
        formula=f"{added} = {total}; at one site {alone}: {_more(total - alone)}",
        inputs=("shrinkage",),
        steps=(
            *(
                Step(part.site, part.seats, f"{working}; on duty {in_words(part.agents > 0)}")
                for part, working in parts
            ),
            Step("At one site", alone, one_site.formula),
            Step("The price of several sites", total - alone, f"{total} {MINUS} {alone}"),
        ),
        source=BY_SITE if split.inside is None else FOLLOWING_THE_SUN,
        note="Times are the customers'. Each site rounds up its own seats and holds its own peak.",
    )
    shares = tuple(
        Input(f"Share of {site.name}", site.share, "weight", "The sites of the plan")
        for site in split.sites
    )
    return replace(figure, inputs=(*figure.inputs, *shares))


def _more(people: int) -> str:
    return f"{people} more" if people else "none more"


def as_asked(line: LineOfBusiness, needed: Figure) -> Figure:
    """Derive the seats where the client asks for so many at least: the larger number counts."""
    asked = line.seats_asked or 0
    value = max(int(needed.value), asked)
    return replace(
        needed,
        value=value,
        formula=f"{needed.formula}; max({needed.value}, {asked} asked for) = {value}",
        inputs=(*needed.inputs, *line.inputs("seats_asked")),
        steps=(
            *needed.steps,
            Step("Needed for the volume", needed.value),
            Step("Asked for by the client", asked),
        ),
    )


def weekly_fte(
    line: LineOfBusiness,
    agents: NDArray[np.integer[Any]],
    fte: float,
    patient: tuple[float, float] | None = None,
) -> Figure:
    """Derive a week's full-time people; `patient` are hours and FTE if callers hang up."""
    share, paid = spell(line.shrinkage), spell(line.weekly_paid_hours)
    hours = float(agents.sum()) / 2
    return line_figure(
        line,
        "weekly_fte",
        "Full-time people to cover the week",
        fte,
        unit="FTE",
        formula=f"{spell(hours)} h ÷ (1 {MINUS} {share}) ÷ {paid} h = {spell(fte)}",
        inputs=("shrinkage", "weekly_paid_hours", "hours_per_week"),
        steps=(
            *(
                _day(line, day, agents[day])
                for day in range(len(agents))
                if line.is_open[day].any()
            ),
            Step("Hours on duty in a week", hours, "the days, summed"),
            *(_patient(hours, fte, *patient) if patient else ()),
        ),
        source="FTE = hours on duty ÷ (1 - shrinkage) ÷ paid hours",
        note="A lower bound: fitting shifts to it usually adds 5-15 %.",
    )


def _patient(
    hours: float, fte: float, patient_hours: float, patient_fte: float
) -> tuple[Step, Step]:
    working = f"{spell(hours)} {MINUS} {spell(hours - patient_hours)}: who hangs up makes room"
    return (
        Step("The same if callers hang up (Erlang A), hours", patient_hours, working),
        Step("Which would be full-time people", patient_fte, f"{spell(patient_fte - fte)} FTE"),
    )


def _day(line: LineOfBusiness, day: int, agents: NDArray[np.integer[Any]]) -> Step:
    total, half_hours = int(agents.sum()), int(line.is_open[day].sum())
    working = f"{spell(total)} agents over {half_hours} half-hours ÷ 2"
    return Step(f"Hours on duty on {DAY_NAMES[day]}", total / 2, working)

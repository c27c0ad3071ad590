"""The figures of one queue for several lines: what it saves, and each line's home seats."""

from collections.abc import Mapping, Sequence

from planning.derivations import MINUS, line_figure
from planning.line_plan import LinePlan
from planning.lines import LineOfBusiness
from planning.provenance import Figure, Step, spell

ONE_QUEUE = (
    "Erlang C for one queue of all contacts, which meets every line's service level, keeps the "
    "lowest occupancy cap and has the highest shrinkage"
)
BY_WORK = "The queue's people shared out by the lines' work, whole people only (Sainte-Laguë)"
ALL_FOR_EVERYTHING = "Right only if everybody is trained for each of the lines."


def gain(together: LinePlan, apart: Sequence[LinePlan], homes: Sequence[LinePlan]) -> Figure:
    """Compare the seats of one queue with those of each line alone, volume only."""
    alone = [plan.seats for plan in apart]
    fewer = sum(alone) - together.seats
    return line_figure(
        together.line,
        "gain",
        "Seats that one queue saves",
        fewer,
        unit="seats",
        formula=f"{' + '.join(map(str, alone))} = {sum(alone)} apart; together {together.seats}: "
        f"{sum(alone)} {MINUS} {together.seats} = {fewer}",
        inputs=("service_level", "threshold_s", "max_occupancy", "shrinkage"),
        steps=(
            *(Step(f"{plan.line.name} alone", plan.seats, _seats_of(plan)) for plan in apart),
            Step("Together", together.seats, _seats_of(together)),
            *(Step(f"{plan.line.name}, home seats", plan.seats, _seats_of(plan)) for plan in homes),
        ),
        source=ONE_QUEUE,
        note=f"{ALL_FOR_EVERYTHING} Slower work of who does many things is not counted.",
    )


def _seats_of(plan: LinePlan) -> str:
    return plan.figure("seats").formula


def home_seats(
    line: LineOfBusiness, home: int, weekly: Mapping[str, float], together: LinePlan
) -> Figure:
    """Derive one line's part of the pool's seats; `weekly` is each line's work in seconds."""
    hours, total = weekly[line.name] / 3600, sum(weekly.values()) / 3600
    return line_figure(
        line,
        "seats",
        "Seats",
        home,
        unit="seats",
        formula=f"{spell(hours)} of {spell(total)} hours of work in a week, of {together.seats} "
        f"seats: {home}",
        inputs=("aht_s", "shrinkage"),
        steps=(
            Step("Seats of the queue", together.seats, together.figure("seats").formula),
            *(
                Step(f"{name}, hours of work in a week", work / 3600)
                for name, work in weekly.items()
            ),
        ),
        source=BY_WORK,
        note=f"Answered in one queue: {together.line.name}. {ALL_FOR_EVERYTHING}",
    )


def home_agents(line: LineOfBusiness, on_duty: int, together: LinePlan) -> Figure:
    """Derive one line's part of the agents on duty when the pool needs the most."""
    when = together.busiest.when
    return line_figure(
        line,
        "agents",
        "Agents on duty when the queue needs the most",
        on_duty,
        unit="agents",
        formula=f"{on_duty} of the {together.agents} on {when}, by the work of that half-hour",
        inputs=("aht_s",),
        steps=(Step("Agents of the queue", together.agents, together.figure("agents").formula),),
        source=BY_WORK,
        note=together.busiest.rule,
    )

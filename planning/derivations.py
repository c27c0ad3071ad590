"""The figures of one line of business, each written so that it can be redone by hand."""

from planning.deferred import DeadlineRequirement
from planning.erlang_c import QueueMeasures, Requirement
from planning.impatience import LEVELS
from planning.lines import LineOfBusiness
from planning.provenance import Figure, Step, Value, spell

MINUS = "\N{MINUS SIGN}"
ERLANG = "Offered load, A. K. Erlang (1917)"
ERLANG_C = "Erlang C (M/M/n): Poisson arrivals, exponential handling times, nobody hangs up"
ERLANG_A = "Erlang A (M/M/n+M): Garnett, Mandelbaum and Reiman, MSOM 4(3) 2002"
OCCUPANCY = "An agent is never planned to be busy for more than the cap"
SLOTS = "Simple form: each agent is so many slots, each as slow as at full concurrency"
SLOTS_NOTE = "Pessimistic while agents are not full: then each chat is faster than assumed."
CHATS = "Birth and death chain by the chats held: Luo and Zhang 2013; Tezcan and Zhang 2014"
BY_DEADLINE = "First in first out at a steady pace: C ≥ max over s ≤ t of Σ a ÷ (t - s + D)"
DEFERRED = "Simple form: weekly work ÷ (utilisation · hours open)"
DEFERRED_NOTE = "Right only if the answer may wait until the day's peak has passed."
STEADY_NOTE = (
    "Holds for the volume given. Real half-hours vary more than the formula assumes, so the "
    "service level reached is lower in some and higher in others."
)


def line_figure(
    line: LineOfBusiness,
    key: str,
    label: str,
    value: Value,
    *,
    unit: str,
    formula: str,
    inputs: tuple[str, ...],
    source: str,
    steps: tuple[Step, ...] = (),
    note: str = "",
) -> Figure:
    """Return a figure of this line, its inputs named as the line's fields are."""
    return Figure(
        key=key,
        subject=line.name,
        label=label,
        value=value,
        unit=unit,
        formula=formula,
        inputs=line.inputs(*inputs),
        steps=steps,
        source=source,
        note=note,
    )


def _handling(line: LineOfBusiness) -> tuple[tuple[str, ...], tuple[Step, ...], str, str]:
    """Return inputs, steps, source and note of the time one contact takes."""
    if line.way != "concurrent":
        return ("contacts", "aht_s"), (), ERLANG, line.busiest.rule
    working = f"{spell(line.aht_s)} · (1 + {spell(line.slowdown)} · {line.concurrency - 1})"
    step = Step("Handling time at full concurrency, s", line.handling_s, working)
    inputs = ("contacts", "aht_s", "concurrency", "slowdown")
    return inputs, (step,), SLOTS, f"{SLOTS_NOTE} {line.busiest.rule}"


def load(line: LineOfBusiness, erlang: float) -> Figure:
    inputs, steps, source, note = _handling(line)
    contacts, handling_s = spell(line.busiest.contacts), spell(line.handling_s)
    return line_figure(
        line,
        "load",
        "Work in the busiest half-hour",
        erlang,
        unit="Erlang",
        formula=f"{contacts} · {handling_s} s ÷ 1,800 s = {spell(erlang)}",
        inputs=inputs,
        steps=steps,
        source=source,
        note=note,
    )


def by_service_level(line: LineOfBusiness, needed: Requirement) -> Figure:
    share, within = f"{line.service_level:.0%}", spell(line.threshold_s)
    return line_figure(
        line,
        "agents_by_service_level",
        f"Agents by service level{_slots(line)}",
        needed.by_service_level,
        unit="slots" if line.way == "concurrent" else "agents",
        formula=f"fewest n with 1 {MINUS} C(n, A) · exp({MINUS}(n {MINUS} A) · T ÷ AHT) ≥ {share}, "
        f"A = {spell(needed.load)}, T = {within} s, AHT = {spell(line.handling_s)} s: "
        f"{needed.by_service_level}",
        inputs=("contacts", "aht_s", "service_level", "threshold_s"),
        steps=(Step("Work, Erlang", needed.load),),
        source=ERLANG_C,
        note=STEADY_NOTE,
    )


def by_occupancy(line: LineOfBusiness, needed: Requirement) -> Figure:
    cap = spell(line.max_occupancy)
    return line_figure(
        line,
        "agents_by_occupancy",
        f"Agents by occupancy cap{_slots(line)}",
        needed.by_occupancy,
        unit="slots" if line.way == "concurrent" else "agents",
        formula=f"⌈{spell(needed.load)} ÷ {cap}⌉ = {needed.by_occupancy}",
        inputs=("contacts", "aht_s", "max_occupancy"),
        steps=(Step("Work, Erlang", needed.load),),
        source=OCCUPANCY,
    )


def _slots(line: LineOfBusiness) -> str:
    return ", in slots" if line.way == "concurrent" else ""


def agents(line: LineOfBusiness, needed: Requirement, people: int) -> Figure:
    formula = f"max({needed.by_service_level}, {needed.by_occupancy}) = {needed.agents}"
    steps = (
        Step("By service level", needed.by_service_level),
        Step("By occupancy cap", needed.by_occupancy),
        Step("What binds", needed.binds),
    )
    inputs: tuple[str, ...] = ("service_level", "threshold_s", "max_occupancy")
    note = ""
    if line.way == "concurrent":
        formula += f" slots; ⌈{needed.agents} ÷ {line.concurrency}⌉ = {people}"
        inputs, note = (*inputs, "concurrency", "slowdown"), SLOTS_NOTE
    return line_figure(
        line,
        "agents",
        "Agents on duty in the busiest half-hour",
        people,
        unit="agents",
        formula=formula,
        inputs=("contacts", "aht_s", *inputs),
        steps=steps,
        source=f"{ERLANG_C}; occupancy cap",
        note=note,
    )


def expected(line: LineOfBusiness, measures: QueueMeasures) -> Figure:
    return line_figure(
        line,
        "expected_service_level",
        f"Answered within {spell(line.threshold_s)} s in the busiest half-hour",
        measures.service_level,
        unit="share",
        formula=f"1 {MINUS} {spell(measures.p_wait)} · exp({MINUS}({measures.agents} {MINUS} "
        f"{spell(measures.load)}) · {spell(line.threshold_s)} ÷ {spell(line.handling_s)}) "
        f"= {spell(measures.service_level)}",
        inputs=("contacts", "aht_s", "threshold_s"),
        steps=(
            Step(
                "Chance to wait", measures.p_wait, f"C({measures.agents}, {spell(measures.load)})"
            ),
            Step("Mean wait, s", measures.asa_s),
            Step("Occupancy", measures.occupancy),
            Step("Contacts waiting on average", measures.mean_queue),
        ),
        source=ERLANG_C,
        note=STEADY_NOTE,
    )


def with_patience(line: LineOfBusiness, people: int, needed: Requirement) -> Figure:
    level = LEVELS[line.level]
    difference = needed.by_service_level - people
    return line_figure(
        line,
        "agents_with_patience",
        "Agents if callers hang up when they have waited too long",
        people,
        unit="agents",
        formula=f"fewest n with {level} ≥ {line.service_level:.0%} within "
        f"{spell(line.threshold_s)} s under Erlang A: {people}",
        inputs=("contacts", "aht_s", "patience_s", "service_level", "threshold_s"),
        steps=(
            Step("Service level meant", level),
            Step("Under Erlang C, nobody hangs up", needed.by_service_level),
            Step("Difference", difference, "who hangs up makes room for the others"),
        ),
        source=ERLANG_A,
        note="For comparison, without an occupancy cap; the seats are not planned by it.",
    )


def by_chats_held(line: LineOfBusiness, people: int) -> Figure:
    return line_figure(
        line,
        "agents_by_chats_held",
        "Agents if each chat is as quick as the chats held allow",
        people,
        unit="agents",
        formula=f"fewest n with answered within {spell(line.threshold_s)} s ÷ offered ≥ "
        f"{line.service_level:.0%}, i chats spread evenly over n agents, each "
        f"h(k) = {spell(line.aht_s)} · (1 + {spell(line.slowdown)} · (k {MINUS} 1)) s: {people}",
        inputs=(
            *("contacts", "aht_s", "concurrency", "slowdown"),
            *("patience_s", "service_level", "threshold_s"),
        ),
        source=CHATS,
        note="For comparison, without an occupancy cap; the seats are planned by slots.",
    )


def if_volume_varies(line: LineOfBusiness, needed: Requirement, reached: float) -> Figure:
    """Say what to expect in whole percent: nobody knows it better."""
    return line_figure(
        line,
        "service_level_if_volume_varies",
        f"Answered within {spell(line.threshold_s)} s where the volume varies",
        round(reached, 2),
        unit="share",
        formula=f"mean over volumes with a coefficient of variation of "
        f"{line.volume_cv or 0:.1%} around {spell(line.busiest.contacts)} of the service level of "
        f"{needed.agents}: about {reached:.0%}",
        inputs=("contacts", "aht_s", "threshold_s", "volume_cv"),
        source="Gamma-mixed rate of arrivals, Erlang C at each rate; none in time above the load",
        note="An expectation over the half-hours to come, not a promise for any one of them.",
    )


def deferred_work(line: LineOfBusiness, weekly_contacts: float, work_h: float) -> Figure:
    return line_figure(
        line,
        "work",
        "Work in a week",
        work_h,
        unit="h",
        formula=f"{spell(weekly_contacts)} · {spell(line.aht_s)} s ÷ 3,600 s = {spell(work_h)}",
        inputs=("contacts", "aht_s", "hours_per_week"),
        steps=(Step("Contacts in a week", weekly_contacts, line.weekly_contacts_working),),
        source=DEFERRED,
        note=line.given.rule,
    )


def by_deadline(line: LineOfBusiness, found: DeadlineRequirement) -> Figure:
    items, span = spell(found.items_per_interval), found.last - found.first + 1
    return line_figure(
        line,
        "agents_by_deadline",
        f"Agents so that each is answered within {spell(line.deadline_h or 0)} hours open",
        found.agents,
        unit="agents",
        formula=f"⌈{items} · {spell(line.aht_s)} s ÷ ({spell(line.max_occupancy)} · 1,800 s)⌉ = "
        f"{found.agents}",
        inputs=("contacts", "aht_s", "max_occupancy", "deadline_h", "hours_per_week"),
        steps=(
            Step(
                "Contacts to finish in a half-hour",
                found.items_per_interval,
                f"those of the {span} open half-hours that press most ÷ "
                f"({span} {MINUS} 1 + {int((line.deadline_h or 0) * 2)})",
            ),
        ),
        source=BY_DEADLINE,
    )


def deferred_agents(
    line: LineOfBusiness, work_h: float, steady: int, deadline: DeadlineRequirement | None
) -> Figure:
    utilisation, hours = spell(line.max_occupancy), spell(line.hours_per_week)
    people = max(steady, deadline.agents if deadline else 0)
    formula = f"⌈{spell(work_h)} ÷ ({utilisation} · {hours})⌉ = {steady}"
    if deadline:
        formula += f"; max({steady}, {deadline.agents}) = {people}"
    return line_figure(
        line,
        "agents",
        "Agents on duty while open",
        people,
        unit="agents",
        formula=formula,
        inputs=("contacts", "aht_s", "max_occupancy", "hours_per_week"),
        steps=(Step("Work in a week, h", work_h),),
        source=DEFERRED,
        note="" if deadline else DEFERRED_NOTE,
    )

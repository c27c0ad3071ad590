"""What `make bench` demands of its figures, and the table it prints. Nothing here measures."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

MOST_QUERIES, P95_MS, SEARCH_MS, RATIO = 15, 150.0, 100.0, 2.0
# What must stay as quick as it was and ask few queries, whatever the number of rows.
FLAT = {"board", "list", "candidate", "engagement", "portal"}
# A list of three rows is no measure for one of fifty: pages that are about as long are compared.
AS_LONG = 0.8
OTHERS = {
    "funnel": ("Funnel over the whole log", "s", 1.0),
    "import_time": ("Import of 100,000 candidates", "s", 300.0),
    "import_memory": ("Memory of that import", "MB", 500.0),
    "contract": ("Contract PDF, of bare WeasyPrint's time", "times", 1.15),
    "week": ("Plan of a week, 336 half-hours of 5 lines", "ms", 100.0),
}


@dataclass(frozen=True)
class Measure:
    """One page at one size: its queries, the server's work on it in ms, and its length.

    `passed…` is the time by the clock, which counts what else the machine did meanwhile.
    """

    kind: str
    name: str
    queries: int
    p50: float
    p95: float
    passed_p50: float
    passed_p95: float
    size: int  # bytes


@dataclass(frozen=True)
class Missed:
    name: str
    said: str

    def __str__(self) -> str:
        return f"{self.name}: {self.said}"


Sizes = Mapping[int, list[Measure]]


def quantile(times: list[float], share: float) -> float:
    """Return the time that so many of them stay within: of few, one of those that were measured."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def missed_pages(found: Sizes) -> list[Missed]:
    """Say which pages miss a budget. Each is held against the smallest size that it has as long."""
    missed: list[Missed] = []
    for size, measures in sorted(found.items()):
        for measure in measures:
            missed += _missed(measure, size)
            if first := _first(found, measure, size):
                missed += _grown(measure, first, size)
    return missed


def _first(found: Sizes, measure: Measure, size: int) -> Measure | None:
    """Return the same page at the smallest size at which it is about as long."""
    smaller = (each for n in sorted(found) if n < size for each in found[n])
    same = (each for each in smaller if each.name == measure.name)
    return next((each for each in same if each.size >= measure.size * AS_LONG), None)


def _missed(measure: Measure, size: int) -> Iterable[Missed]:
    at = f"at {size:,}"
    if measure.kind in FLAT and measure.queries > MOST_QUERIES:
        said = f"{measure.queries} queries {at}, {MOST_QUERIES} are allowed"
        yield Missed(measure.name, said)
    budget = SEARCH_MS if measure.kind == "search" else P95_MS
    if measure.p95 >= budget:
        yield Missed(measure.name, f"p95 {measure.p95:.0f} ms {at}, below {budget:.0f} is asked")


def _grown(measure: Measure, first: Measure, size: int) -> Iterable[Missed]:
    if measure.kind not in FLAT:
        return
    ratio = measure.p50 / first.p50
    if ratio > RATIO:
        yield Missed(measure.name, f"{ratio:.1f} times as slow at {size:,}, {RATIO:.0f} is allowed")


def missed_others(found: Mapping[str, float]) -> list[Missed]:
    return [
        Missed(OTHERS[key][0], f"{value:.4g} {OTHERS[key][1]}, {OTHERS[key][2]:g} is allowed")
        for key, value in found.items()
        if value > OTHERS[key][2]
    ]


def table(found: Sizes) -> str:
    """Lay each page out in a line: its queries, and p50 / p95 in ms and kB at each size."""
    sizes = sorted(found)
    names = dict.fromkeys(m.name for measures in found.values() for m in measures)
    by_name = {size: {m.name: m for m in found[size]} for size in sizes}
    head = f"{'page':<46}{'queries':>8}" + "".join(f"{f'{size:,}':>20}" for size in sizes)
    lines = [head + f"{'kB':>7}"]
    for name in names:
        measures = [by_name[size].get(name) for size in sizes]
        there = [m for m in measures if m]
        queries = sorted({m.queries for m in there})
        asked = str(queries[0]) if len(queries) == 1 else f"{queries[0]} to {queries[-1]}"
        times = "".join(f"{f'{m.p50:.0f} / {m.p95:.0f} ms' if m else '':>20}" for m in measures)
        lines.append(f"{name:<46}{asked:>8}{times}{there[-1].size / 1024:>7.0f}")
    return "\n".join(lines)


def table_of_others(found: Mapping[str, float]) -> str:
    rows = [(OTHERS[key], value) for key, value in found.items()]
    return "\n".join(
        f"{label:<46}{value:>12.4g} {unit:<3} (at most {most:g})"
        for (label, unit, most), value in rows
    )


def as_json(found: Sizes, others: Mapping[str, float], missed: Iterable[Missed]) -> dict[str, Any]:
    return {
        "pages": {str(size): [asdict(m) for m in found[size]] for size in sorted(found)},
        "others": dict(others),
        "missed": [str(each) for each in missed],
    }

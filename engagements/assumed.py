"""What requirements rest on that nobody has measured: rows, and the defaults that stand in."""

from collections.abc import Iterator
from dataclasses import dataclass

from engagements.models import Requirements
from engagements.staffing import planned_lines
from planning.lines import DEFAULTS, NAMES, UNITS, LineOfBusiness
from planning.provenance import spell


@dataclass(frozen=True)
class Default:
    """A number of ours that lines are planned with, since nobody has given another."""

    lines: str
    what: str
    quantity: str
    source: str


def defaults(requirements: Requirements) -> list[Default]:
    """Return the defaults in use, each with what it cites; none while a line can't be planned."""
    found: dict[tuple[str, str, str], list[str]] = {}
    try:
        for line in planned_lines(requirements):
            for default in _defaults(line):
                found.setdefault(default, []).append(line.name)
    except ValueError:
        return []
    return [Default(", ".join(lines), *default) for default, lines in found.items()]


def _defaults(line: LineOfBusiness) -> Iterator[tuple[str, str, str]]:
    """Yield what of a line is a default: what, how much, and what it cites."""
    for name, (default, citation) in DEFAULTS.items():
        used = line.way == "concurrent" or name not in {"concurrency", "slowdown"}
        if used and getattr(line, name) == default and name not in line.sources:
            yield NAMES[name], _quantity(default, name), citation


def _quantity(value: float, name: str) -> str:
    return f"{value:.0%}" if UNITS[name].startswith("share") else f"{spell(value)} {UNITS[name]}"

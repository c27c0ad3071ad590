"""Figures that explain themselves: what went in, by which formula, and each step's result.

A figure is stored as plain JSON beside the number it explains, so that a proposal sent years ago
can still be redone by hand. A change of a formula raises `FORMULAS_VERSION`; stored figures keep
the version, the words and the numbers they were made with.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

FORMULAS_VERSION = "3"

Value = int | float | str
Part = TypeVar("Part")


def _plain(what: str, value: Any) -> Value:
    """Return `value` when JSON can hold it exactly."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(value, str) or (is_number and math.isfinite(value)):
        return value
    raise ValueError(f"{what} must be a finite number or a text, not {value!r}.")


def spell(value: Value, *, digits: int = 4) -> str:
    """Write a value as a person would: thousands grouped, at most `digits` decimals, no tail."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    if abs(value) < 10**-digits:
        return f"{value:.2g}"
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Input:
    """A number that went into a figure, and who or what it comes from."""

    name: str
    value: Value
    unit: str
    source: str

    def __post_init__(self) -> None:
        _plain(f"The input {self.name!r}", self.value)

    def to_json(self) -> dict[str, Value]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "source": self.source,
        }


@dataclass(frozen=True)
class Step:
    """One result on the way, with the sum that gives it: "200 · 360 s ÷ 1,800 s"."""

    label: str
    value: Value
    working: str = ""

    def __post_init__(self) -> None:
        _plain(f"The step {self.label!r}", self.value)

    def to_json(self) -> dict[str, Value]:
        return {"label": self.label, "value": self.value, "working": self.working}


@dataclass(frozen=True)
class Figure:
    """A number with its derivation.

    `key` names it for code, templates and translation ("seats"), `subject` says of what ("Phone
    German"; empty for the whole plan). `formula` is written out with the numbers in it. `note`
    says what the method leaves out.
    """

    key: str
    label: str
    value: Value
    unit: str
    formula: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    source: str
    subject: str = ""
    note: str = ""
    version: str = FORMULAS_VERSION

    def __post_init__(self) -> None:
        _plain(f"The figure {self.key!r}", self.value)

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, texts and numbers, as a JSON field stores them."""
        return {
            "key": self.key,
            "subject": self.subject,
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "formula": self.formula,
            "inputs": [each.to_json() for each in self.inputs],
            "steps": [each.to_json() for each in self.steps],
            "source": self.source,
            "note": self.note,
            "version": self.version,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read a stored figure; keys that this version does not know are left aside."""
        try:
            return cls(
                key=stored["key"],
                subject=stored.get("subject", ""),
                label=stored["label"],
                value=stored["value"],
                unit=stored["unit"],
                formula=stored["formula"],
                inputs=tuple(_read(Input, stored["inputs"], "name", "value", "unit", "source")),
                steps=tuple(_read(Step, stored["steps"], "label", "value", "working")),
                source=stored["source"],
                note=stored.get("note", ""),
                version=stored["version"],
            )
        except KeyError as missing:
            raise ValueError(f"The stored figure lacks {missing}.") from missing


def _read(kind: type[Part], rows: Sequence[Mapping[str, Any]], *names: str) -> list[Part]:
    return [kind(**{name: row[name] for name in names}) for row in rows]

"""Hold `planning` against reference cases: `make cases DIR=folder`.

Two kinds of CSV files hold cases, told apart by their headers; any other file is left aside.

- One case a row with the columns case_id, kind, inputs and expected (JSON), tolerance ("rel 1e-9",
  "abs 1e-9"; numbers without one are compared at rel 1e-9, whole ones and words exactly).
- A queue a row: case_id, model (B, C, A), what goes in, and each measure in a column of its own,
  empty where there is none; and a worked week: weekday, slot, mean_calls and what follows.

Every failure names the case, what was expected and what came. The last line counts, and the
command ends with 1 if anything failed or no case was found.
"""

import argparse
import csv
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.case_kinds import KINDS
from ops.state import Refused, plain_errors

RELATIVE, FLOOR = 1e-9, 1e-12
WORKED_RELATIVE = 1e-6  # its means are rounded to six decimals
QUEUE_INPUTS = ["calls", "interval_s", "aht_s", "patience_s", "agents", "threshold_s"]
WORKED_INPUTS = ["weekday", "slot", "mean_calls", "var_calls", "days"]


@dataclass(frozen=True)
class Tolerance:
    relative: float = RELATIVE
    absolute: float = FLOOR

    @classmethod
    def read(cls, text: str) -> "Tolerance":
        """Take the first "rel x" or "abs x" of a column; without one, the usual."""
        if found := re.search(r"\b(rel|abs)\s+([\d.]+(?:e-?\d+)?)", text):
            size = float(found[2])
            return cls(size, FLOOR) if found[1] == "rel" else cls(0.0, size)
        return cls()

    def allows(self, expected: float, got: float) -> bool:
        return math.isclose(expected, got, rel_tol=self.relative, abs_tol=self.absolute)


@dataclass(frozen=True)
class Case:
    file: str
    name: str
    kind: str
    inputs: dict[str, Any]
    expected: Any
    tolerance: Tolerance


def cases_in(folder: Path) -> Iterator[Case]:
    """Yield every case of every file in the folder. Raises Refused where a case can't be read."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            read = _reader(set(rows.fieldnames or ()))
            for number, row in enumerate(rows, start=2) if read else ():
                try:
                    yield read(path.name, row)
                except (ValueError, KeyError, TypeError) as error:
                    raise Refused(f"{path.name}, row {number}: {error!r}") from error


def _reader(header: set[str]) -> Any:
    if {"case_id", "kind", "inputs", "expected"} <= header:
        return _by_json
    if {"case_id", "model", "offered_load_erlang"} <= header:
        return _by_columns
    return _worked if set(WORKED_INPUTS) <= header else None


def _by_json(file: str, row: dict[str, str]) -> Case:
    inputs, expected = json.loads(row["inputs"]), json.loads(row["expected"])
    tolerance = Tolerance.read(row.get("tolerance") or "")
    return Case(file, row["case_id"], row["kind"], inputs, expected, tolerance)


def _by_columns(file: str, row: dict[str, str]) -> Case:
    filled = {name: text for name, text in row.items() if name and text}
    inputs = {name: _number(filled[name]) for name in QUEUE_INPUTS if name in filled}
    aside = {"case_id", "model", "note", *QUEUE_INPUTS}
    expected = {name: float(text) for name, text in filled.items() if name not in aside}
    inputs["offered_load_erlang"] = expected["offered_load_erlang"]
    return Case(file, row["case_id"], f"erlang {row['model']}", inputs, expected, Tolerance())


def _worked(file: str, row: dict[str, str]) -> Case:
    name = f"weekday {row['weekday']}, {row['slot']}"
    expected = {name: _number(text) for name, text in row.items() if name not in WORKED_INPUTS}
    inputs = {"mean_calls": float(row["mean_calls"])}
    return Case(file, name, "worked_week", inputs, expected, Tolerance(WORKED_RELATIVE))


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() and not set(text) & set(".eE") else value


def differences(expected: Any, got: Any, tolerance: Tolerance, where: str = "") -> Iterator[str]:
    """Yield a line for each value that is not as expected, however deep it stands."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for name, value in expected.items():
            if name in got:
                yield from differences(value, got[name], tolerance, f"{where}.{name}".strip("."))
            else:
                yield f"{where}.{name}".strip(".") + f": expected {value!r}, got nothing"
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for number, (value, other) in enumerate(zip(expected, got, strict=True)):
            yield from differences(value, other, tolerance, f"{where}[{number}]")
    elif not _same(expected, got, tolerance):
        yield f"{where}: expected {expected!r}, got {got!r}"


def _same(expected: Any, got: Any, tolerance: Tolerance) -> bool:
    numbers = all(type(each) in {int, float} for each in (expected, got))
    if numbers and float in {type(expected), type(got)}:
        return tolerance.allows(expected, got)
    return bool(type(expected) is type(got) and expected == got)


def failures(case: Case) -> list[str]:
    """Calculate a case; return what is wrong with it, a line for each value."""
    try:
        got = KINDS[case.kind](case.inputs)
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        return [f"expected {case.expected!r}, got {type(error).__name__}: {error}"]
    return list(differences(case.expected, got, case.tolerance))


def main() -> int:
    parser = argparse.ArgumentParser(description="Calculate the reference cases in a folder.")
    parser.add_argument("folder", type=Path)
    passed, failed, unknown = 0, 0, Counter[str]()
    for case in cases_in(parser.parse_args().folder):
        if case.kind not in KINDS:
            unknown[case.kind] += 1
            continue
        wrong = failures(case)
        passed, failed = passed + (not wrong), failed + bool(wrong)
        for line in wrong:
            sys.stdout.write(f"{case.file}: {case.name}: {line}\n")
    for kind, count in unknown.items():
        sys.stdout.write(f"left aside: {count} of the kind {kind}, which is not calculated here\n")
    sys.stdout.write(f"{passed} passed, {failed} failed\n")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    with plain_errors():
        sys.exit(main())

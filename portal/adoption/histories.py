"""Histories: which steps were taken, on which days, and whether the machine knows such a way.

A file may name only the steps whose days are known. Those between are filled in along the main
way, on the day of the next step that is known, and their lines say that the day is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from core.models import Actor
from core.workflow import Line, advance, steps
from core.yaml_files import hint
from engagements.models import Engagement
from portal.adoption.file import File, Given
from recruiting.models import Application, Requisition

UNKNOWN = "Taken over. The day is not known: it was on this day or before."
MAIN: dict[type[Model], list[str]] = {
    Engagement: ["scope", "plan", "propose", "agree", "recruit", "train", "go_live"],
    Requisition: ["submit", "approve", "fill", "close"],
    Application: ["apply", "screen", "assess", "interview", "put_forward", "offer", "hire"],
}
# Not every plan has these: they are taken where a history, or the state itself, says so.
OPTIONAL = {"assess": "assessment", "put_forward": "client_review"}
# These keep their note in a field of the row as well, which has room for so much.
EXPLAINED, LONGEST = {"reject", "lose"}, 200


@dataclass
class Told:
    """A step as a file tells it: on which day, if that is known, and where it says so."""

    step: str
    day: date | None = None
    where: str = ""
    by: Actor | None = None
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def read(file: File, path: str, given: Given, model: type[Model]) -> list[Told]:
    """Return the way of a row to the state that it is in, or tell where there is no such way."""
    wanted = given.get("state")
    rows = list(file.rows("history", given, at=f"{path}."))
    subject: Any = model()
    told = _stated(file, path, given, subject) if not rows else []
    if rows and "since" in given:
        file.say(f"{path}.since", "leave it out: its history says since when.")
    for where, row in rows:
        if not (added := _step(file, where, row, subject)):
            return []
        told += added
    if isinstance(wanted, str) and subject.state != wanted and not file.problems.about(path):
        file.say(f"{path}.state", f"it says {wanted}, but the history ends in {subject.state}.")
    return told


def _stated(file: File, path: str, given: Given, subject: Any) -> list[Told]:
    """Go the main way to a state of which only the day is known."""
    wanted, since = given.get("state"), file.day(path, given, "since")
    if "since" not in given:
        file.say(f"{path}.since", "write since when, or its history.")
    told = _along(subject, lambda: subject.state == wanted, wanted)
    if told is None:
        if not file.problems.about(f"{path}.state"):
            file.say(f"{path}.history", f"write by which steps it came to be {wanted}.")
        return []
    if told:
        told[-1] = Told(told[-1].step, since, f"{path}.since")
    return told


def _step(file: File, where: str, row: Given, subject: Any) -> list[Told]:
    """Take one step of a history, after those that must have been between."""
    name = str(row.get("step", ""))
    came_from = subject.state
    told = _along(subject, lambda: name in steps(subject))
    if told is None:
        possible = sorted(steps(type(subject)(state=came_from)))
        meant = hint(name, possible)
        near = f" {meant.capitalize()}" if meant.startswith("did") else ""
        named = ", ".join(possible) or "none"
        file.say(
            f"{where}.step", f"no step “{name}” leads on from {came_from}; {named} would.{near}"
        )
        return []
    made = Told(
        name,
        file.day(where, row, "on"),
        f"{where}.on",
        file.actor(where, row),
        str(row.get("note", "")),
    )
    if name in EXPLAINED:
        made.details = {"reason": made.note}
        if not 0 < len(made.note) <= LONGEST:
            file.say(f"{where}.note", f"say why, in up to {LONGEST} characters.")
    advance(subject, steps(subject)[name], made.details)
    return [*told, made]


def _along(
    subject: Any, is_there: Callable[[], bool], wanted: str | None = None
) -> list[Told] | None:
    """Go along the main way until it is there. None where that is never."""
    told: list[Told] = []
    for name in [*MAIN[type(subject)], ""]:
        if is_there():
            return told
        if OPTIONAL.get(name, wanted) == wanted and name in steps(subject):
            advance(subject, steps(subject)[name], {})
            told.append(Told(name, note=UNKNOWN))
    return None


def lines(file: File, told: Sequence[Told]) -> list[Line]:
    """Return the lines of a log: each with its moment, or that of the next one that is known."""
    found: list[Line] = []
    last: Told | None = None
    for each in told:
        if each.day is None:
            continue
        if last and last.day and each.day < last.day:
            file.say(each.where, f"{each.day} is before {last.where}, {last.day}.")
            return []
        last = each
    following: date | None = None
    for each in reversed(told):
        note = each.note
        if each.day is None:
            note = note or UNKNOWN
        following = each.day or following
        if following is None:
            return []  # the last day could not be read, which was told
        at = file.at(following)
        details = {**each.details, "at": at} if each.step == "put_forward" else each.details
        found.append(Line(each.step, at, each.by or file.by, note, details))
    return found[::-1]


def day_of(told: Sequence[Told], step: str) -> Told | None:
    """Return the step as it was told, if its day is known."""
    return next((each for each in told if each.step == step and each.day), None)

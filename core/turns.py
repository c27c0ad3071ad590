"""Whose turn a thing is, and how long each side has had it, in its own working time.

An app says in `ready()` which states of a machine are whose; any other state is nobody's:

    turns.declare("recruiting.criteriaset", ours=["draft"], theirs=["in_review"], party=client_of)
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from core.calendars import calendar_of
from planning.worktime import Turns

Side = Literal["ours", "theirs"]


@dataclass(frozen=True)
class Declared:
    ours: Collection[str]
    theirs: Collection[str]
    party: Callable[[Any], Any]

    def side(self, state: str) -> Side | None:
        if state in self.ours:
            return "ours"
        return "theirs" if state in self.theirs else None


@dataclass(frozen=True)
class Spent:
    """How long a thing was with each side, in working time; `whose` has it since `since`."""

    party: str
    ours: timedelta
    theirs: timedelta
    whose: Side | None
    since: datetime


_declared: dict[str, Declared] = {}


def declare(
    label: str, *, ours: Collection[str], theirs: Collection[str], party: Callable[[Any], Any]
) -> None:
    """Say whose the states of a machine are. Raises RuntimeError when that was said already."""
    if label in _declared:
        raise RuntimeError(f"Whose turn {label} is was said twice.")
    _declared[label] = Declared(ours, theirs, party)


def spent(subject: Any, log: Sequence[Any], *, now: datetime) -> Spent | None:
    """Count each side's working time since the row was made, on its own calendar.

    `log` are the lines of the subject's history in order. A row that does not know when it was
    made, or that came with a history from elsewhere, counts from its first step. None for what
    has no turns, and where nothing is known. Two queries: the days off of both.
    """
    known = _declared.get(subject._meta.label_lower)
    moves = _moves(subject, log) if known else []
    if known is None or not moves:
        return None
    party = known.party(subject)
    turns = Turns[Side]({"ours": calendar_of(None), "theirs": calendar_of(party)})
    for state, at in moves:
        turns.pass_to(known.side(state), at)
    elapsed = turns.elapsed(max(now, moves[-1][1]))
    return Spent(str(party), elapsed["ours"], elapsed["theirs"], turns.whose, turns.since)


def _moves(subject: Any, log: Sequence[Any]) -> list[tuple[str, datetime]]:
    """Return the states that a thing came to, and when: first the one in which it was made."""
    moves = [(line.target, line.at) for line in log]
    made = getattr(subject, "created_at", None)
    if made is not None and (not log or made <= log[0].at):
        moves.insert(0, (log[0].source if log else subject.state, made))
    return moves

"""What an app says of a kind of subject that is approved: its steps, what is flagged, its rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst

from core import workflow
from core.models import Actor
from core.versions import freeze
from core.workflow import take_step

Finish = Callable[..., Any]
Shot = dict[str, str]  # name, label, value, text


@dataclass(frozen=True)
class Flag:
    """Something whose change voids what was approved; `text` is how it reads."""

    name: str
    label: str
    value: Callable[[Any], Any]
    text: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Rule:
    """When a step applies at all. `label` goes on after "only when" and "because"."""

    label: str | Promise
    holds: Callable[[Any], bool]


@dataclass(frozen=True)
class Shipped:
    """A step as it ships: its roles by name, until an administrator changes them."""

    label: str
    roles: Sequence[str]
    needed: int = 1
    due_hours: int = 16
    rule: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of subject. `begins` are the steps of its machine that ask for approval."""

    label: str
    title: str
    step: str
    back: str
    shipped: Sequence[Shipped]
    flagged: Sequence[str | Flag]
    begins: Sequence[str] = ("submit",)
    own_allowed: bool = False
    rules: dict[str, Rule] = field(default_factory=dict)
    lock: Callable[[Any], Any] | None = None
    finish: Finish | None = None
    todo: Callable[[Any], str] = "Approve {}".format
    # How it is called where no name of a candidate is kept.
    named: Callable[[Any], str] = str

    @property
    def key(self) -> str:
        return self.label.lower()

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)

    def locked(self, subject: Any) -> Any:
        """Lock the subject, and before it what its approval moves; read it again."""
        if self.lock is not None:
            self.lock(subject)
        return workflow.locked(subject)

    def approve(self, subject: Any, *, by: Actor) -> Any:
        """Take the subject's own step, with all that follows from it."""
        if self.finish is not None:
            return self.finish(subject, by=by)
        return take_step(subject, self.step, by=by)

    def in_approval(self, subject: Any) -> bool:
        return self.step in workflow.steps(subject)

    def snapshot(self, subject: Any) -> tuple[list[Shot], str]:
        """Return what is approved, field by field as it is stored now, and the hash of it."""
        rows: Any = self.model._default_manager
        rows = rows.for_steps() if hasattr(rows, "for_steps") else rows.all()
        row = rows.get(pk=subject.pk)
        shots = [_shot(self._flag(flagged), row) for flagged in self.flagged]
        _, sha256 = freeze({each["name"]: each["value"] for each in shots})
        return shots, sha256

    def _flag(self, flagged: str | Flag) -> Flag:
        if isinstance(flagged, Flag):
            return flagged
        found: Any = self.model._meta.get_field(flagged)
        label = str(capfirst(found.verbose_name))
        if found.choices:
            return Flag(flagged, label, _reader(found), _choice(found))
        return Flag(flagged, label, _reader(found))


def _reader(found: Any) -> Callable[[Any], Any]:
    if found.many_to_many:
        return lambda row: sorted(str(each) for each in getattr(row, found.name).all())
    return lambda row: getattr(row, found.name)


def _choice(found: Any) -> Callable[[Any], str]:
    return lambda row: _words(getattr(row, f"get_{found.name}_display")())


def _shot(flag: Flag, row: Any) -> Shot:
    value = flag.value(row)
    text = flag.text(row) if flag.text else _words(value)
    return {"name": flag.name, "label": str(flag.label), "value": _raw(value), "text": text}


def _raw(value: Any) -> str:
    """Return what is compared: a change of words or of language is no change of the thing."""
    return f"#{value.pk}" if isinstance(value, models.Model) else str(value)


def _words(value: Any) -> str:
    if value in (None, "", []):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if hasattr(value, "strftime"):
        return date_format(value, "j M Y")
    return str(value)


def difference(old: list[Shot], new: list[Shot]) -> list[str]:
    """Say in words what differs between two snapshots: what it was, and what it is."""
    were, are = {each["name"]: each for each in old}, {each["name"]: each for each in new}
    lines = []
    for name in {**are, **were}:
        was, now = were.get(name), are.get(name)
        if was and now and was["value"] == now["value"]:
            continue
        label = (now or was or {})["label"]
        before, after = was["text"] if was else "none", now["text"] if now else "none"
        lines.append(f"{label}: changed" if before == after else f"{label}: {before} → {after}")
    return lines


_kinds: dict[str, Kind] = {}


def declare(label: str, title: str, **details: Any) -> Kind:
    """Keep what an app says of a kind. Apps call `approvals.declare`, which guards it too."""
    kind = Kind(label, title, **details)
    if kind.key in _kinds:
        raise RuntimeError(f"The approval of {label} is declared twice.")
    _kinds[kind.key] = kind
    return kind


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.title)


def kind_named(key: str) -> Kind:
    """Raises KeyError."""
    return _kinds[key]


def kind_of(subject: Any) -> Kind | None:
    """Return how such a subject is approved; None if it is not by rounds."""
    return _kinds.get(subject._meta.label_lower)

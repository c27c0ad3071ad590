"""Settings that an administrator changes while Cadre runs: typed, with default, bounds, history.

A module declares what it reads, once, and reads it when it needs it:

    REMIND = policies.declare(
        "approvals.remind_before", default=8, kind=int, unit="working hours",
        label="Remind before it is due", minimum=1, maximum=80,
    )
    REMIND.value()

The newest row of a name holds. During a request all values come with its user, in the query that
fetches them anyway, or in one of their own when the first is asked for. They are never kept
beyond it: each process sees a change with its next request.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.models import Actor, AuditEntry, PolicyValue

Text = str | Promise
Choices = Callable[[], Sequence[tuple[str, Text]]]


@dataclass(frozen=True)
class Policy:
    """One setting. `kind` is int, Decimal, bool, str or list (several of the choices)."""

    name: str
    default: Any
    kind: type
    label: Text
    unit: Text = ""
    help: Text = ""
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    choices: Choices | None = None

    def value(self) -> Any:
        """Return what holds now: what an administrator chose, or the default."""
        stored = _stored().get(self.name)
        return self.default if stored is None else self.read(stored)

    def read(self, stored: Any) -> Any:
        """Return a stored value in its type; the default where the bounds have become narrower."""
        try:
            return self.checked(stored)
        except ValidationError:
            return self.default

    def checked(self, given: Any) -> Any:
        """Return a value in its type. Raises ValidationError: of another type, or out of bounds."""
        value = self._typed(given)
        if self.minimum is not None and value < self.minimum:
            raise ValidationError(_("At least {n}.").format(n=self.minimum))
        if self.maximum is not None and value > self.maximum:
            raise ValidationError(_("At most {n}.").format(n=self.maximum))
        if self.choices is not None:
            known = {key for key, _label in self.choices()}
            if not set(value if self.kind is list else [value]) <= known:
                raise ValidationError(_("Choose one of those that are offered."))
        return value

    def _typed(self, given: Any) -> Any:
        try:
            if self.kind is Decimal:
                number = Decimal(str(given))
                if not number.is_finite():
                    raise ValueError
                return number
            if self.kind is int and isinstance(given, str):
                return int(given)
        except (InvalidOperation, ValueError):
            raise ValidationError(_("Write a number.")) from None
        # A bool is an int to Python, and not to anybody else.
        if isinstance(given, self.kind) and isinstance(given, bool) == (self.kind is bool):
            return given
        raise ValidationError(_("This is of another type."))

    def said(self, sentence: Text) -> Any:
        """Return a sentence with what holds whenever it is read, in the place of "{}"."""
        return lazystr(_Said(self, sentence))

    def in_words(self, value: Any) -> str:
        labels = {key: str(label) for key, label in self.choices()} if self.choices else {}
        if self.kind is bool:
            return _("yes") if value else _("no")
        if self.kind is list:
            return ", ".join(labels.get(each, each) for each in value) or _("none")
        text = labels.get(value, str(value))
        return f"{text} {self.unit}" if self.unit else text


@dataclass(frozen=True)
class _Said:
    policy: Policy
    sentence: Text

    def __str__(self) -> str:
        return str(self.sentence).format(self.policy.in_words(self.policy.value()))


_declared: dict[str, Policy] = {}
_groups: dict[str, Text] = {
    "approvals": gettext_lazy("Approvals"),
    "hours": gettext_lazy("Our working hours"),
    "links": gettext_lazy("Links in mails"),
    "retention": gettext_lazy("How long things are kept"),
    "security": gettext_lazy("Signing in"),
    "uploads": gettext_lazy("Files"),
}
# What was read in this request: nothing yet, or all stored values by name.
_read: ContextVar[dict[str, dict[str, Any]] | None] = ContextVar("policies", default=None)


def declare(name: str, *, default: Any, kind: type, label: Text, **details: Any) -> Policy:
    """Declare a policy where it is used. `choices` may be pairs, or a function that returns them.

    Raises RuntimeError for a second one of that name, ValidationError for a default out of bounds.
    """
    if name in _declared:
        raise RuntimeError(f"Two policies are called {name}.")
    choices = details.pop("choices", None)
    if choices is not None and not callable(choices):
        pairs = tuple(choices)
        details["choices"] = lambda: pairs
    elif choices is not None:
        details["choices"] = choices
    made = Policy(name, default, kind, label, **details)
    made.checked(default)
    _declared[name] = made
    return made


def group(prefix: str, label: Text) -> None:
    """Name the group of the policies whose names begin so, as "hours" of "hours.zone"."""
    _groups[prefix] = label


def declared() -> list[Policy]:
    return list(_declared.values())


def grouped() -> list[tuple[str, list[Policy]]]:
    """Return the policies by group, in the order in which each module declares them."""
    found: dict[str, list[Policy]] = {}
    for policy in _declared.values():
        prefix = policy.name.partition(".")[0]
        found.setdefault(str(_groups.get(prefix, prefix)), []).append(policy)
    return sorted(found.items())


def find(name: str) -> Policy | None:
    return _declared.get(name)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the stored values at most once within: `core.middleware.policies` does for requests."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def as_column() -> ArraySubquery:
    """Return every stored value as one column: whoever fetches a user has the policies too."""
    pairs = _newest().values(pair=JSONObject(name="name", value="value"))
    return ArraySubquery(pairs)


def remember(column: list[dict[str, Any]]) -> None:
    """Take what `as_column` fetched for what was read in this request."""
    kept = _read.get()
    if kept is not None:
        kept.setdefault("values", {row["name"]: row["value"] for row in column})


def _stored() -> dict[str, Any]:
    kept = _read.get()
    if kept is None:
        return _query()
    if "values" not in kept:
        kept["values"] = _query()
    return kept["values"]


def _query() -> dict[str, Any]:
    return dict(_newest().values_list("name", "value"))


def _newest() -> QuerySet[PolicyValue]:
    return PolicyValue.objects.order_by("name", "-pk").distinct("name")


def newest() -> list[PolicyValue]:
    """Return the row that holds for each policy that was ever changed."""
    return list(_newest().select_related("by"))


@transaction.atomic
def change(policy: Policy, value: Any, *, by: Actor) -> bool:
    """Let another value hold from now on; None goes back to the default. Returns whether it did.

    Raises ValidationError for what the policy does not take.
    """
    with connection.cursor() as cursor:  # two administrators: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"policy {policy.name}"])
    wanted = None if value is None else _plain(policy.checked(value))
    held = PolicyValue.objects.filter(name=policy.name).order_by("-pk").first()
    if wanted == (held.value if held else None):
        return False
    row = PolicyValue.objects.create(name=policy.name, value=wanted, by=by)
    audit.note(
        AuditEntry.Kind.ADMINISTRATION,
        did="policy_changed",
        by=by,
        about=row,
        policy=policy.name,
        before=_plain(policy.default) if held is None or held.value is None else held.value,
        after=_plain(policy.default) if wanted is None else wanted,
    )
    kept = _read.get()
    if kept is not None:
        kept.clear()
    return True


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value

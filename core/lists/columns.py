"""Columns: what a cell shows, what an export writes, and by what the column sorts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Read = str | Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class _Options:
    value: Read = ""  # a path as in "engagement.client", or a function of the row; else the name
    export: Read = ""  # the same for a file; else the value
    sort: str | Sequence[str] = ()  # fields; the first turns round, the others break ties
    needs: str = ""  # the queryset's method that annotates what `sort` names
    css: str = ""
    shown: bool = True  # until somebody chooses otherwise
    link: bool = False  # to the row's own page
    state: bool = False  # drawn as a tag
    rich: bool = False  # drawn by the list's `cells` template, which is given `cell` and `row`
    permission: str = ""


@dataclass(frozen=True)
class Column(_Options):
    """One column. `name` stands in addresses and saved views: it stays when the label changes."""

    name: str
    label: Text

    def of(self, row: Any) -> Any:
        """Return what the cell shows of a row."""
        return read(row, self.value or self.name)

    def exported(self, row: Any) -> Any:
        return read(row, self.export or self.value or self.name)

    @property
    def order(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)


STATE = _("State")


def state(label: Text = STATE, **options: Any) -> Column:
    """Return the column of a machine's state."""
    return Column("state", label, value="get_state_display", sort="state", state=True, **options)


def read(row: Any, how: Read) -> Any:
    """Follow a path, or call a function. What is missing on the way gives None."""
    if not isinstance(how, str):
        return how(row)
    value = row
    for name in how.split("."):
        value = getattr(value, name, None)
        if callable(value) and not isinstance(value, models.Manager):
            value = value()
    return value


def written(value: Any) -> str:
    """Write a value as a page does."""
    if value is None or value == "":
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def ordering(
    model: type[models.Model], fields: Iterable[str], *, descending: bool
) -> list[OrderBy]:
    """Order by fields, rows without a value last, and by pk where all else is equal.

    "Nulls last" is said only of what can be null: an index serves the order else.
    """
    first, *others = fields
    turned = [_by(model, first.removeprefix("-"), descending=descending != first.startswith("-"))]
    rest = [_by(model, name.removeprefix("-"), descending=name.startswith("-")) for name in others]
    return [*turned, *rest, _by(model, "pk", descending=descending)]


def _by(model: type[models.Model], name: str, *, descending: bool) -> OrderBy:
    last = True if _may_be_null(model, name) else None
    return F(name).desc(nulls_last=last) if descending else F(name).asc(nulls_last=last)


def _may_be_null(model: Any, path: str) -> bool:
    for name in path.split("__"):
        if name == "pk":
            return False
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if field is None or getattr(field, "null", True):
            return True  # an annotation, or a field that may be empty
        model = field.related_model
    return False

"""Filters: the fields of a list's form, what each keeps, and the chips of those in use."""

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.lists.columns import Text, written

Rows = Any
SEARCH, ANY = _("Search"), _("any")
Choices = Iterable[tuple[Any, Any]]


@dataclass(frozen=True)
class Chip:
    """A filter in use: what it is, its value in words, and the names that go when it is removed."""

    label: Text
    text: str
    names: Sequence[str]


class Filter(ABC):
    """One filter of a list: the fields of its form, and the rows it keeps."""

    name: str
    label: Text
    more: bool  # folded away until used

    @abstractmethod
    def fields(self, listing: Any) -> dict[str, forms.Field]:
        """Return the fields of the list's form, by their names in an address."""

    @abstractmethod
    def apply(self, rows: Rows, given: Mapping[str, Any], listing: Any) -> Rows:
        """Return the rows that stay; `given` is what the form was given, and may be empty."""

    def chips(self, form: forms.Form) -> Iterator[Chip]:
        if value := form.cleaned_data.get(self.name):
            yield Chip(self.label, self.in_words(value, form), [self.name])

    def in_words(self, value: Any, form: forms.Form) -> str:
        return written(value)


@dataclass(frozen=True, kw_only=True)
class _More:
    more: bool = False


@dataclass(frozen=True)
class Search(_More, Filter):
    """Words, each of which stands somewhere in the fields; or `by`, which knows better."""

    among: Sequence[str] = ()
    label: Text = SEARCH
    name: str = "q"
    by: Callable[[Rows, str], Rows] | None = None

    def fields(self, listing: Any) -> dict[str, forms.Field]:
        box = forms.TextInput(attrs={"type": "search"})
        return {self.name: forms.CharField(label=str(self.label), required=False, widget=box)}

    def apply(self, rows: Rows, given: Mapping[str, Any], listing: Any) -> Rows:
        text = given.get(self.name, "")
        if self.by:
            return self.by(rows, text) if text else rows
        for word in text.split():
            rows = rows.filter(
                Q(*((f"{field}__icontains", word) for field in self.among), _connector=Q.OR)
            )
        return rows


class Offered(forms.Select):
    """A select that offers some of its choices: those, and what is chosen already."""

    def __init__(self, offered: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self.offered = offered

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        known = {"", *value, *self.offered()}
        some = copy.copy(self)
        some.choices = [(key, label) for key, label in self.choices if key in known]
        return super(Offered, some).optgroups(name, value, attrs)


@dataclass(frozen=True)
class Choice(_More, Filter):
    """One of a few. `choices` may be a function of the list, and `by` may say what is kept.

    `otherwise` is applied when nothing is chosen ("all" among the choices is then no filter).
    `offered` returns those that a page offers, where that is not all: it is asked when the page
    is written, and a view or an address may still ask for another one.
    """

    name: str
    label: Text
    choices: Choices | Callable[[Any], Choices]
    blank: Text = ANY
    field: str = ""
    by: Callable[[Rows, str], Rows] | None = None
    otherwise: Callable[[Rows], Rows] | None = None
    offered: Callable[[], Iterable[str]] | None = None

    def fields(self, listing: Any) -> dict[str, forms.Field]:
        listed = self.choices(listing) if callable(self.choices) else self.choices
        field = forms.ChoiceField(
            label=str(self.label),
            required=False,
            choices=[("", self.blank), *listed],
            widget=Offered(self.offered) if self.offered else forms.Select,
        )
        return {self.name: field}

    def apply(self, rows: Rows, given: Mapping[str, Any], listing: Any) -> Rows:
        value = given.get(self.name, "")
        if not value:
            return self.otherwise(rows) if self.otherwise else rows
        if self.by:
            return self.by(rows, value)
        return rows.filter(**{self.field or self.name: value})

    def in_words(self, value: Any, form: forms.Form) -> str:
        field: Any = form.fields[self.name]
        return str(dict(field.choices).get(value, value))


@dataclass(frozen=True)
class Flag(_More, Filter):
    """Yes, or whatever: `by` keeps the rows, and is told who asks ("mine")."""

    name: str
    label: Text
    by: Callable[[Rows, Any], Rows]

    def fields(self, listing: Any) -> dict[str, forms.Field]:
        return {self.name: forms.BooleanField(label=str(self.label), required=False)}

    def apply(self, rows: Rows, given: Mapping[str, Any], listing: Any) -> Rows:
        return self.by(rows, listing.actor) if given.get(self.name) else rows

    def in_words(self, value: Any, form: forms.Form) -> str:
        return ""


@dataclass(frozen=True)
class Key(_More, Filter):
    """One of the rows of another table; `choices` returns those that the actor may choose."""

    name: str
    label: Text
    choices: Callable[[Any], Any]
    field: str = ""

    def fields(self, listing: Any) -> dict[str, forms.Field]:
        rows = self.choices(listing)
        field: forms.Field = forms.ModelChoiceField(
            rows, label=str(self.label), required=False, empty_label=str(ANY)
        )
        return {self.name: field}

    def apply(self, rows: Rows, given: Mapping[str, Any], listing: Any) -> Rows:
        value = given.get(self.name)
        return rows.filter(**{self.field or self.name: value}) if value else rows


@dataclass(frozen=True)
class _Range(_More, Filter):
    name: str
    label: Text
    field: str = ""
    needs: str = ""  # the queryset's method that annotates the field

    ends = ((_("from"), "from", "gte"), (_("to"), "to", "lte"))

    @abstractmethod
    def one(self, label: Text) -> forms.Field:
        """Return the field of one end."""

    def fields(self, listing: Any) -> dict[str, forms.Field]:
        return {
            f"{self.name}_{end}": self.one(f"{self.label} {word}") for word, end, _ in self.ends
        }

    def apply(self, rows: Rows, given: Mapping[str, Any], listing: Any) -> Rows:
        for _word, end, lookup in self.ends:
            value = given.get(f"{self.name}_{end}")
            if value is not None:
                rows = getattr(rows, self.needs)() if self.needs else rows
                rows = rows.filter(**{f"{self.field or self.name}__{lookup}": value})
        return rows

    def chips(self, form: forms.Form) -> Iterator[Chip]:
        for word, end, _lookup in self.ends:
            name = f"{self.name}_{end}"
            value = form.cleaned_data.get(name)
            if value is not None:
                yield Chip(f"{self.label} {word}", written(value), [name])


@dataclass(frozen=True)
class Dates(_Range):
    """From a day to a day, both included. `field` of a point in time ends in `__date`."""

    def one(self, label: Text) -> forms.Field:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=str(label), required=False, widget=widget)


@dataclass(frozen=True)
class Numbers(_Range):
    """From a number to a number, both included."""

    def one(self, label: Text) -> forms.Field:
        return forms.DecimalField(label=str(label), required=False)

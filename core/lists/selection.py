"""What an address asks of a list: which rows it keeps, and in which order."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from core.lists.columns import Column, ordering
from core.lists.declared import List
from core.lists.filters import Chip

PAGE = 50
CAP = 10_000  # beyond this a list says "more than", and an export is a job


class Selection:
    """The rows of a list that an address asks for. Filters that make no sense are left out."""

    def __init__(self, listing: List[Any], query: QueryDict) -> None:
        self.listing = listing
        self.query = query
        self.form = form_of(listing, query)
        self.is_valid = self.form.is_valid()

    @cached_property
    def sort(self) -> str:
        """The column it is sorted by, with a minus the other way round."""
        asked = self.query.get("sort", "")
        return asked if self._column(asked) else self.listing.sort

    def _column(self, sort: str) -> Column | None:
        name = sort.removeprefix("-")
        return next(
            (c for c in self.listing.permitted_columns() if c.name == name and c.sort), None
        )

    @cached_property
    def rows(self) -> Any:
        """Keep the rows that the filters ask for, in no order, with no more than is asked about."""
        rows, given = self.listing.rows().order_by(), self.form.cleaned_data
        for each in self.listing.filters:
            rows = each.apply(rows, given, self.listing)
        return rows

    @cached_property
    def ordered(self) -> Any:
        column = self._column(self.sort) or next(
            c for c in self.listing.columns if c.name == self.listing.sort.removeprefix("-")
        )
        rows = getattr(self.rows, column.needs)() if column.needs else self.rows
        turned = self.sort.startswith("-")
        return rows.order_by(*ordering(self.listing.model, column.order, descending=turned))

    def pks(self, start: int, stop: int) -> list[int]:
        return list(self.ordered.values_list("pk", flat=True)[start:stop])

    @cached_property
    def count(self) -> int:
        """How many rows there are; CAP + 1 where there are more than CAP."""
        return int(self.rows.values("pk")[: CAP + 1].count())

    @property
    def is_many(self) -> bool:
        return self.count > CAP

    @property
    def chips(self) -> list[Chip]:
        return [chip for each in self.listing.filters for chip in each.chips(self.form)]

    def asked(self) -> dict[str, list[str]]:
        """Return what a saved view keeps: the filters in use and the order."""
        known = [*self.form.fields, "sort"]
        return {name: values for name in known if any(values := self.query.getlist(name))}


def form_of(listing: List[Any], query: Mapping[str, Any]) -> forms.Form:
    fields: dict[str, Any] = {}
    for each in listing.filters:
        fields |= each.fields(listing)
    made: type[forms.Form] = type("ListFilter", (forms.Form,), fields)
    return made(query, auto_id="filter-%s")


def chosen_columns(listing: List[Any], *choices: Sequence[str]) -> list[Column]:
    """Return the columns of the first choice that names any there are, or those shown at first.

    A name that is no column any more, or that the person has no right to, is passed over.
    The first column is what leads to the row: it is always there.
    """
    permitted = listing.permitted_columns()
    for names in choices:
        found = [column for column in permitted if column.name in names]
        if found:
            return found if permitted[0] in found else [permitted[0], *found]
    return [column for column in permitted if column.shown]

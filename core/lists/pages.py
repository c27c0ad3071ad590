"""A list as its page shows it: cells, pages, chips, views and what can be done to its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.lists.columns import Column, written
from core.lists.declared import List, label_of
from core.lists.selection import CAP, PAGE, Selection, chosen_columns
from core.models import ListChoice, SavedView


@dataclass(frozen=True)
class Cell:
    """What stands in a column of a row; `attributes` are those of every cell of the column."""

    column: Column
    value: Any
    attributes: SafeString

    @property
    def text(self) -> str:
        return written(self.value)


def cells(columns: Sequence[Column], rows: Iterable[Iterable[Any]]) -> list[list[Cell]]:
    """Put values into their cells, row by row. What a column's cells share is written once."""
    known = [(column, _attributes(column, number)) for number, column in enumerate(columns)]
    return [
        [Cell(column, value, shared) for (column, shared), value in zip(known, values, strict=True)]
        for values in rows
    ]


def _attributes(column: Column, number: int) -> SafeString:
    css = format_html(' class="{}"', column.css) if column.css else SafeString()
    label = format_html(' data-label="{}"', column.label) if number else SafeString()
    return css + label


class Shown:
    """One page of a list, ready for `core/_list.html`."""

    def __init__(self, listing: List[Any], query: QueryDict) -> None:
        self.listing = listing
        self.query = query
        self.selection = Selection(listing, query)
        self.user = getattr(listing.actor, "user", None)

    @property
    def form(self) -> Any:
        return self.selection.form

    @property
    def sort(self) -> str:
        return self.selection.sort

    # -- its rows

    @cached_property
    def _page(self) -> tuple[int, list[int]]:
        """Return the page's number and the keys of its rows, and of one more if there is one."""
        asked = self.query.get("page", "1")
        number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
        pks = self._pks(number)
        if not pks and number > 1:
            number = max(1, -(-int(self.selection.rows.count()) // PAGE))
            pks = self._pks(number)
        return number, pks

    def _pks(self, number: int) -> list[int]:
        return self.selection.pks((number - 1) * PAGE, number * PAGE + 1)

    @property
    def number(self) -> int:
        return self._page[0]

    @property
    def has_next(self) -> bool:
        return len(self._page[1]) > PAGE

    @cached_property
    def lines(self) -> list[tuple[Any, list[Cell]]]:
        rows = self.listing.load(self._page[1][:PAGE])
        values = ([column.of(row) for column in self.columns] for row in rows)
        return list(zip(rows, cells(self.columns, values), strict=True))

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted only where the first page does not hold them all."""
        number, pks = self._page
        return len(pks) if number == 1 and not self.has_next else self.selection.count

    @property
    def count_text(self) -> str:
        if self.count > CAP:
            return _("more than %(number)s") % {"number": number_format(CAP, force_grouping=True)}
        return number_format(self.count, force_grouping=True)

    @property
    def heading(self) -> str:
        return self.listing.heading(self.count, self.count_text)

    @property
    def start(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def end(self) -> int:
        return self.start + min(len(self._page[1]), PAGE) - 1

    # -- addresses

    def url(self, **changes: Any) -> str:
        """Return this list's address with some of its names changed, or taken out by None."""
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"?{query.urlencode()}"

    @property
    def previous_url(self) -> str:
        return self.url(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.number + 1) if self.has_next else ""

    @property
    def chips(self) -> list[tuple[Any, str]]:
        """Return the filters in use, each with the address without it."""
        # An empty value stays: an address of a view alone would bring its filters back.
        return [
            (chip, self.url(page=None, **dict.fromkeys(chip.names, "")))
            for chip in self.selection.chips
        ]

    @property
    def is_many(self) -> bool:
        """Whether all that match are so many that a job writes them into a file."""
        return self.count > CAP

    @property
    def exports(self) -> list[tuple[str, str]]:
        return [(kind.upper(), self.url(export=kind, page=None)) for kind in ("csv", "xlsx")]

    @cached_property
    def folded(self) -> set[str]:
        """The form's fields that stand under "More filters", while none of them is used."""
        names: set[str] = set()
        for each in self.listing.filters:
            if each.more:
                names |= set(each.fields(self.listing))
        return names

    @property
    def folded_in_use(self) -> bool:
        return any(self.query.get(name) for name in self.folded)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of the filters sends on with them."""
        return [(name, str(self.query[name])) for name in ("sort", "view") if self.query.get(name)]

    @property
    def without_export(self) -> str:
        return self.listing.address() + self.url(export=None)

    @property
    def empty(self) -> dict[str, Any]:
        said = self.listing.empty
        leads = said.route and self.listing.may(said.permission)
        return {
            "title": said.title,
            "text": said.text,
            "action": said.action if leads else "",
            "url": reverse(said.route) if leads else "",
        }

    # -- views and columns

    @cached_property
    def views(self) -> list[SavedView]:
        if not self.may_keep:
            return []
        rows = SavedView.objects.visible_to(self.listing.actor)
        return list(rows.filter(list_key=self.listing.key))

    @property
    def view_links(self) -> list[tuple[SavedView, str]]:
        return [(view, opened(view)) for view in self.views]

    @cached_property
    def view(self) -> SavedView | None:
        asked = self.query.get("view", "")
        return next((view for view in self.views if str(view.pk) == asked), None)

    @property
    def is_changed(self) -> bool:
        """Whether filters or order differ from those of the view that is open."""
        return self.view is not None and self.selection.asked() != self.view.query

    @property
    def gone(self) -> list[str]:
        """What the open view asks for that the list no longer has."""
        if self.view is None:
            return []
        known = {*self.form.fields, "sort"}
        columns = {column.name for column in self.listing.columns}
        names = [name for name in self.view.query if name not in known]
        sort = "".join(self.view.query.get("sort", [""])[:1]).removeprefix("-")
        names += [sort] if sort and sort not in columns else []
        return names + [name for name in self.view.columns if name not in columns]

    @cached_property
    def _choices(self) -> list[ListChoice]:
        if not self.may_keep:
            return []
        return list(ListChoice.objects.filter(user=self.user, list_key=self.listing.key))

    @property
    def default_view(self) -> SavedView | None:
        pk = next((each.view_id for each in self._choices if each.is_default), None)
        return next((view for view in self.views if view.pk == pk), None)

    @cached_property
    def columns(self) -> list[Column]:
        view = self.view.pk if self.view else None
        own = [each.columns for each in self._choices if each.view_id == view]
        return chosen_columns(self.listing, *own, self.view.columns if self.view else [])

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        shown = {column.name for column in self.columns}
        return [(column, column.name in shown) for column in self.listing.permitted_columns()[1:]]

    # -- what else the page asks

    @cached_property
    def bulk(self) -> list[tuple[str, str]]:
        found = self.listing.permitted_bulk()
        return [(each.name, label_of(self.listing, each)) for each in found]

    @property
    def may_keep(self) -> bool:
        return self.user is not None and self.listing.keeps

    @property
    def may_share(self) -> bool:
        return self.user is not None and self.listing.may("core.share_view")


def opened(view: SavedView) -> str:
    """Return the address that shows a view, filters and all: it can be changed and sent on."""
    pairs = [("view", str(view.pk))]
    pairs += [(name, value) for name, values in view.query.items() for value in values]
    return f"?{urlencode(pairs)}"

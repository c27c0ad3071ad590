"""What a list is: declared once by an app, asked for by pages, exports and bulk steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from django_fsm import Transition

from core import workflow
from core.lists.bulk import Bulk
from core.lists.columns import Column, Text
from core.lists.filters import Filter
from core.models import Actor

Row = TypeVar("Row", bound=models.Model)


NOTHING, CLEAR = _("Nothing here."), _("Clear the filters.")


@dataclass(frozen=True)
class Empty:
    """What a list without rows says: that there is nothing, and what to do next."""

    title: Text = NOTHING
    text: Text = CLEAR
    action: Text = ""
    route: str = ""
    permission: str = ""


class List(Generic[Row]):
    """One list of records. An app's subclass says what is in it; an instance is one person's.

    Every list has its rows from `rows()`, which begins with `visible_to`, keeps to the
    lean table and is what is filtered, counted and sorted; `shown()` adds what a page's
    cells read, for those of one page only.
    """

    key: ClassVar[str]  # "recruiting.requisitions": stands in addresses and saved views
    title: ClassVar[Text]
    noun: ClassVar[Any]  # ngettext_lazy("%(count)s vendor", "%(count)s vendors", "number")
    permission: ClassVar[str | Sequence[str]]
    route: ClassVar[str]
    model: ClassVar[type[models.Model]]
    within: ClassVar[type[models.Model] | None] = None  # the list is one of each of these rows
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    sort: ClassVar[str]
    bulk: ClassVar[Sequence[Bulk]] = ()
    cells: ClassVar[str] = ""
    empty: ClassVar[Empty] = Empty()
    base: ClassVar[str] = "base.html"
    keeps: ClassVar[bool] = True  # views and columns can be kept

    def __init__(self, actor: Actor | None, parent: Any = None) -> None:
        self.actor: Any = actor
        self.parent = parent

    def rows(self) -> Any:
        manager: Any = self.model._default_manager
        return manager.visible_to(self.actor)

    def shown(self, rows: Any) -> Any:
        """Add what cells and exports read to the rows of one page."""
        return rows

    def prepare(self, rows: Sequence[Any]) -> None:
        """Give the rows of a page what no query can."""

    def code(self, row: Any) -> str:
        """Call a row as a report does, which outlives people's data: never by somebody's name."""
        return f"{self.model._meta.verbose_name} {row.pk}"

    def load(self, pks: Iterable[int]) -> list[Any]:
        """Return the rows of one page in this order; one that has gone meanwhile is left out."""
        wanted = list(pks)
        found = {row.pk: row for row in self.shown(self.rows().filter(pk__in=wanted))}
        rows = [found[pk] for pk in wanted if pk in found]
        self.prepare(rows)
        return rows

    def permitted_columns(self) -> list[Column]:
        return [c for c in self.columns if not c.permission or self.may(c.permission)]

    def permitted_bulk(self) -> list[Bulk]:
        if self.actor is None or self.actor.user is None:
            return []
        return [each for each in self.bulk if self.may(permission_of(self, each))]

    def may(self, permission: str) -> bool:
        return not permission or (self.actor is not None and self.actor.has_perm(permission))

    def is_visible(self) -> bool:
        asked = [self.permission] if isinstance(self.permission, str) else self.permission
        return all(self.may(permission) for permission in asked)

    def address(self) -> str:
        return reverse(self.route, args=[self.parent.pk] if self.parent is not None else [])

    def heading(self, number: int, count: str) -> str:
        words = str(self.noun % {"number": number, "count": count})
        return words[:1].upper() + words[1:]


def permission_of(listing: List[Any], bulk: Bulk) -> str:
    """Return the right that a bulk step needs; the machine asks for it at each row again."""
    if bulk.permission or not isinstance(bulk.step, str):
        return bulk.permission
    return next((str(t.permission or "") for t in _transitions(listing.model, bulk.step)), "")


def _transitions(model: Any, step: str) -> list[Transition]:
    return [t for t in model().get_all_state_transitions() if t.name == step]


_registry: dict[str, type[List[Any]]] = {}
Listed = TypeVar("Listed", bound=type[List[Any]])


def register(listed: Listed) -> Listed:
    """Make a list known, and refuse one that could not work."""
    known = _registry.setdefault(listed.key, listed)
    if known is not listed and known.__qualname__ != listed.__qualname__:
        raise RuntimeError(f"Two lists are called {listed.key}.")
    names = [column.name for column in listed.columns]
    if len(set(names)) != len(names):
        raise TypeError(f"{listed.key} has a column twice.")
    if not any(c.name == listed.sort.removeprefix("-") and c.sort for c in listed.columns):
        raise TypeError(f"{listed.key} sorts by {listed.sort}, which is no column that sorts.")
    _registry[listed.key] = listed
    return listed


def check(listed: type[List[Any]], bulk: Bulk) -> None:
    """Refuse a bulk step that the machine has not, or that needs more than itself."""
    found = _transitions(listed.model, bulk.step) if isinstance(bulk.step, str) else []
    if not found:
        raise TypeError(f"{listed.key}: the machine has no step {bulk.step}.")
    custom = found[0].custom
    if bulk.do is None and (custom.get("route") or custom.get("automatic")):
        raise TypeError(f"{listed.key}: {bulk.step} is not taken by hand alone: say what does it.")


def declared() -> list[type[List[Any]]]:
    """Return every list, in the order of their keys."""
    _load()
    return [_registry[key] for key in sorted(_registry)]


@cache
def _load() -> None:
    """Import each app's `lists.py`, and refuse a bulk step that its machine does not take so."""
    from core.lists import audit, jobs, own  # noqa: F401, PLC0415 -- they declare lists, as apps do

    autodiscover_modules("lists")
    for listed in _registry.values():
        for bulk in listed.bulk:
            if isinstance(bulk.step, str) and bulk.step:
                check(listed, bulk)


def find(key: str, actor: Actor, within: object = None) -> List[Any]:
    """Return a list as `actor` sees it. Raises Http404 and PermissionDenied as its page does."""
    _load()
    listed = _registry.get(key)
    if listed is None:
        raise Http404
    if not listed(actor).is_visible():
        raise PermissionDenied
    if listed.within is None:
        return listed(actor)
    if not str(within or "").isdecimal():
        raise Http404
    manager: Any = listed.within._default_manager
    return listed(actor, get_object_or_404(manager.visible_to(actor), pk=int(str(within))))


def label_of(listing: List[Any], bulk: Bulk) -> str:
    if bulk.label or not isinstance(bulk.step, str):
        return str(bulk.label)
    return workflow.label_of(_transitions(listing.model, bulk.step)[0])

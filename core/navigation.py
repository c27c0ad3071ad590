"""The menu: each app adds its entries in `ready()`, each user sees those they have a right to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import Promise

from core.models import Actor

Text = str | Promise
Count = Callable[[Actor], int]
Brand = Callable[[Actor], str]


@dataclass(frozen=True)
class Entry:
    group: str
    label: str
    route: str
    permission: str
    order: int
    count: Count | None = None


_entries: dict[str, Entry] = {}
_brands: dict[str, Brand] = {}
_own: dict[str, tuple[int, Text, str]] = {}


def add(
    group: str, label: str, route: str, *, permission: str, order: int, count: Count | None = None
) -> None:
    """Add an entry to a group of the menu, for those who have `permission` ("" for everyone)."""
    _entries[route] = Entry(group, label, route, permission, order, count)


def brand_for(kind: str, brand: Brand) -> None:
    """Say what stands at the top of the menu for a kind of user (a client sees its own name)."""
    _brands[kind] = brand


def add_own(label: Text, route: str, order: int, permission: str = "") -> None:
    """Add a page to those that each person, or who has `permission`, finds under their own name."""
    _own[route] = (order, label, permission)


def own(actor: Actor) -> list[tuple[str, str]]:
    """Return label and address of a person's own pages, in their order."""
    found = sorted((order, route, str(label)) for route, (order, label, _p) in _own.items())
    rights = {route: permission for route, (_order, _label, permission) in _own.items()}
    return [
        (label, reverse(route))
        for _order, route, label in found
        if not rights[route] or actor.has_perm(rights[route])
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `navigation`, `brand`, where it leads, and `demo` for base.html."""

    base = {"demo": settings.DEMO, "navigation": [], "brand": "Cadre", "home": "/"}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return base
    actor: Actor = request.actor  # type: ignore[attr-defined]
    brand = _brands.get(user.kind)
    return {
        **base,
        "navigation": menu(actor, request.path),
        "may_search": actor.has_perm("core.search_everything"),
        "brand": brand(actor) if brand else "Cadre",
        "home": resolve_url(settings.LOGIN_REDIRECT_URL),
    }


def menu(actor: Actor, path: str) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    shown = [e for e in _entries.values() if not e.permission or actor.has_perm(e.permission)]
    urls = {entry.route: reverse(entry.route) for entry in shown}
    here = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    for entry in sorted(shown, key=lambda entry: entry.order):
        url = urls[entry.route]
        item = {
            "label": entry.label,
            "url": url,
            "count": entry.count(actor) if entry.count else None,
            "current": url == here,
        }
        groups.setdefault(entry.group, []).append(item)
    return [{"title": title, "items": items} for title, items in groups.items()]

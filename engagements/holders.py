"""Who holds a seat: seats know no people, the apps above do, and say so here.

    holders.register(recruiting.seated.holders)

A provider is asked once for all seats of a page, and names only whom the actor may see.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.models import Actor
from engagements.models import Seat


@dataclass(frozen=True)
class Holder:
    label: str
    url: str = ""


Provider = Callable[[Iterable[Seat], Actor], Mapping[int, Holder]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider. Called in `AppConfig.ready()`; adding the same one twice adds it once."""
    if provider not in _providers:
        _providers.append(provider)


def holders_of(seats: Iterable[Seat], actor: Actor) -> dict[int, Holder]:
    """Return who holds each seat now, by its pk, as far as `actor` may know."""
    listed = list(seats)
    found: dict[int, Holder] = {}
    for provider in _providers:
        found |= provider(listed, actor)
    return found

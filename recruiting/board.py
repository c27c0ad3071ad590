"""The board of a requisition: its applications by stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import capfirst

from recruiting.models import STAGES, Application
from recruiting.models.applications import State


@dataclass
class Column:
    label: str
    state: str
    cards: list[Application] = field(default_factory=list)


def columns(applications: Iterable[Application]) -> list[Column]:
    """Lay out every stage, and who is on hold where anybody is; the longest there come first."""
    found = {s: Column(capfirst(str(State(s).label)), s) for s in [*STAGES, State.HIRED]}
    held = Column(capfirst(str(State.ON_HOLD.label)), State.ON_HOLD)
    for application in sorted(applications, key=lambda a: (a.moved_at, a.pk)):
        found.get(application.state, held).cards.append(application)
    return [*found.values(), *([held] if held.cards else [])]

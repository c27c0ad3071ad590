"""The board of a requisition: its applications by stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import capfirst

from recruiting.models import STAGES, Application, Requisition
from recruiting.models.applications import State


@dataclass
class Column:
    label: str
    state: str
    cards: list[Application] = field(default_factory=list)


def columns(requisition: Requisition, applications: Iterable[Application]) -> list[Column]:
    """Lay out the stages of the plan, and others where anybody is; the longest there come first."""
    unplanned = {State.SOURCED, State.ON_HOLD}
    unplanned |= set() if requisition.has_assessment else {State.ASSESSMENT}
    unplanned |= set() if requisition.has_client_review else {State.CLIENT_REVIEW}
    every = [*STAGES, State.HIRED, State.ON_HOLD]
    found = {stage: Column(capfirst(str(State(stage).label)), stage) for stage in every}
    for application in sorted(applications, key=lambda a: (a.moved_at, a.pk)):
        found[application.state].cards.append(application)
    return [column for column in found.values() if column.cards or column.state not in unplanned]

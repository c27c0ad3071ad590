"""The board of a requisition: its applications by stage."""

from dataclasses import dataclass, field

from django.utils.text import capfirst

from core.models import Actor
from recruiting.models import STAGES, Application, Requisition
from recruiting.models.stages import State

# Cards of a column: the list shows the others. A page of 2,000 cards helps nobody to choose one.
MOST = 15


@dataclass
class Column:
    label: str
    state: str
    count: int
    cards: list[Application] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def columns(requisition: Requisition, actor: Actor) -> list[Column]:
    """Lay out the stages of the plan, and others where anybody is; the longest there come first."""
    rows = requisition.applications.visible_to(actor).on_board()
    counts = rows.counts_by_state()
    unplanned = {State.SOURCED, State.ON_HOLD}
    unplanned |= set() if requisition.has_assessment else {State.ASSESSMENT}
    unplanned |= set() if requisition.has_client_review else {State.CLIENT_REVIEW}
    every = [*STAGES, State.HIRED, State.ON_HOLD]
    found = {
        stage: Column(capfirst(str(State(stage).label)), stage, counts.get(stage, 0))
        for stage in every
    }
    for application in rows.first_of_each_state(MOST).for_cards():
        found[application.state].cards.append(application)
    return [column for column in found.values() if column.cards or column.state not in unplanned]

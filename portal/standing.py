"""Where a client's team stands: seats and milestones, and nobody's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from engagements.models import Engagement, Seat
from engagements.models.engagements import BEFORE_AGREEMENT
from portal.timeline import timeline

S = Seat.State
GROUPS = {
    "open": [S.PLANNED, S.APPROVED, S.REQUISITIONED],
    "offered": [S.RESERVED],
    "training": [S.IN_TRAINING, S.NESTING],
    "live": [S.LIVE],
}


@dataclass(frozen=True)
class Standing:
    engagement: Engagement
    open: int
    offered: int
    training: int
    live: int
    milestones: list[dict[str, Any]]

    @property
    def wanted(self) -> int:
        return self.open + self.offered + self.training + self.live

    @property
    def is_agreed(self) -> bool:
        return self.engagement.state not in BEFORE_AGREEMENT

    @property
    def has_accepted_requirements(self) -> bool:
        return any(row.state == "accepted" for row in self.engagement.requirements.all())

    @property
    def parts(self) -> list[tuple[str, int]]:
        """Open seats stay empty in the bar: its total is `wanted`."""
        return [
            (_("Chosen"), self.offered),
            (_("In training"), self.training),
            (_("At work"), self.live),
        ]


def standing(
    engagements: Iterable[Engagement], seats: Mapping[int, Mapping[str, int]], *, today: date
) -> list[Standing]:
    return [
        Standing(
            engagement=row,
            **{
                name: sum(seats[row.pk].get(state, 0) for state in states)
                for name, states in GROUPS.items()
            },
            milestones=timeline(row.milestones.all(), today=today),
        )
        for row in engagements
    ]

"""The way of one application: which steps, with which pauses, anchored at its beginning or end."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.demo.clock import Clock, shift

STAGES = ["sourced", "applied", "screening", "assessment", "interview", "client_review", "offered"]
# The step into each stage, and how many working days it takes until then.
INTO = {
    "applied": ("apply", 0, 3),
    "screening": ("screen", 1, 4),
    "assessment": ("assess", 1, 3),
    "interview": ("interview", 2, 5),
    "client_review": ("put_forward", 1, 4),
    "offered": ("offer", 1, 4),
}
# What follows on an offer, until it is in the state.
OFFER = {
    "draft": [],
    "in_approval": [("offer.submit", 0, 0)],
    "approved": [("offer.submit", 0, 0), ("offer.approve", 0, 1)],
    "sent": [("offer.submit", 0, 0), ("offer.approve", 0, 1), ("offer.send", 0, 1)],
}
ENDS = {
    "accepted": [("offer.accept", 1, 4), ("hire", 0, 0)],
    "declined": [("offer.decline", 1, 4), ("withdraw", 0, 0)],
    "expired": [("offer.expire", 6, 8), ("reject", 1, 2)],
    "rescinded": [("offer.rescind", 2, 4), ("reject", 0, 0)],
}
AGAIN = [
    ("offer.revise", 1, 2),
    ("offer.submit", 0, 0),
    ("offer.approve", 0, 1),
    ("offer.send", 0, 1),
]
Pause = tuple[str, int, int]


@dataclass
class Journey:
    """Steps with their times, in order; the first is "create"."""

    steps: list[tuple[str, datetime]] = field(default_factory=list)

    def at(self, step: str) -> datetime | None:
        """Return when the step was taken last."""
        return next((at for name, at in reversed(self.steps) if name == step), None)

    @property
    def began(self) -> datetime:
        return self.steps[0][1]

    @property
    def ended(self) -> datetime:
        return self.steps[-1][1]


def stages(*, has_assessment: bool, has_client_review: bool) -> list[str]:
    """Return the stages that the requisition's plan has."""
    left_out = {
        *([] if has_assessment else ["assessment"]),
        *([] if has_client_review else ["client_review"]),
    }
    return [stage for stage in STAGES if stage not in left_out]


def until(stage: str, plan: list[str]) -> list[Pause]:
    """Return the steps that lead into the stage."""
    return [INTO[each] for each in plan[1 : plan.index(stage) + 1]]


def with_offer(state: str, plan: list[str], clock: Clock) -> list[Pause]:
    """Return the whole way to an offer in that state, and to what it led to."""
    way = until("offered", plan)
    if state in OFFER:
        return way + OFFER[state]
    again = AGAIN if clock.chance(0.08) else []
    return [*way, *OFFER["sent"], *again, *ENDS[state]]


# Where somebody may be put on hold: after these steps, and before the next one.
PAUSABLE = {"apply", "screen", "assess", "interview"}


class Pauses:
    """Puts people on hold and has them back, until histories have as many lines as is asked for.

    What one history has too many or too few, the next ones make good: the average is kept.
    """

    def __init__(self, lines: int, clock: Clock) -> None:
        self.lines, self.clock, self.owed = lines, clock, 0

    def into(self, way: list[Pause]) -> list[Pause]:
        """Return the way with pauses in it; who has only been found is not put on hold."""
        taken = [name for name, *_ in way if not name.startswith("offer.")]
        self.owed += self.lines - len(taken)
        places = [n for n, name in enumerate(taken, start=1) if name in PAUSABLE]
        pairs = max(self.owed, 0) // 2 if places else 0
        self.owed -= 2 * pairs
        held = Counter(self.clock.one_of(places) for _ in range(pairs))
        longer: list[Pause] = []
        for number, pause in enumerate(way, start=1):
            longer += [pause, *[("hold", 0, 1), ("resume", 0, 1)] * held[number]]
        return longer


def ending_at(
    way: list[Pause], end: datetime, clock: Clock, *, not_before: datetime, applies: bool
) -> Journey:
    """Put the steps into time so that the last is on the day of `end`.

    Where there is too little time since `not_before`, the pauses shrink. Whoever `applies`
    by themselves does so the moment they are entered.
    """
    pauses = [clock.random.randint(low, high) for _, low, high in way]
    if applies and pauses:
        pauses[0] = 0
    while sum(pauses) and shift(end.date(), -sum(pauses)) <= not_before.date():
        pauses[pauses.index(max(pauses))] -= 1
    start = shift(end.date(), -sum(pauses))
    at = max(clock.at(start), not_before + timedelta(minutes=5))
    journey = Journey([("create", at)])
    for number, ((name, _, _), pause) in enumerate(zip(way, pauses, strict=True)):
        if not (number == 0 and applies):
            at = clock.after(at, pause, pause)
        journey.steps.append((name, at))
    return journey

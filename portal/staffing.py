"""Where each team stands on its way to being full: what the HR director's home adds up.

Each question is one query over all engagements, whatever their number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.models import Engagement, Seat
from planning.hiring import pace
from portal.policies import STUCK_DAYS
from recruiting.models import Application
from recruiting.models.stages import ACTIVE

WEEKS = 8
FEWEST_HIRES = 3
Parts = list[tuple[str, int]]

A, S = Application.State, Seat.State
EARLY = {A.SOURCED: A.SCREENING, A.APPLIED: A.SCREENING, A.ASSESSMENT: A.SCREENING}


@dataclass(frozen=True)
class Forecast:
    """When a team is likely ready, at the pace of the last weeks, against the agreed day."""

    verdict: str
    tone: str = ""
    ready_on: date | None = None
    why: str = ""

    @property
    def is_late(self) -> bool:
        return self.tone == "bad"


@dataclass(frozen=True)
class Staffing:
    """One engagement: its seats by state, its people by stage, and when it will be ready."""

    engagement: Engagement
    seats: Mapping[str, int]
    people: Mapping[str, int]
    stuck: str
    forecast: Forecast

    @property
    def wanted(self) -> int:
        return sum(n for state, n in self.seats.items() if state not in {S.VACATED, S.CANCELLED})

    @property
    def live(self) -> int:
        return self.seats.get(S.LIVE, 0)

    @property
    def filled(self) -> int:
        return sum(self.seats.get(state, 0) for state in FILLED)

    @property
    def in_words(self) -> str:
        return " · ".join(f"{label} {number}" for label, number in self.parts if number)

    @property
    def parts(self) -> Parts:
        """People by stage while they are applicants, by seat from the offer on."""
        early = sum(n for state, n in self.people.items() if state in {*EARLY, A.SCREENING})
        return [
            (_("Screening"), early),
            (_("Interview"), self.people.get(A.INTERVIEW, 0)),
            (_("Client"), self.people.get(A.CLIENT_REVIEW, 0)),
            (_("Offer"), self.seats.get(S.RESERVED, 0)),
            (_("Training"), self.seats.get(S.IN_TRAINING, 0) + self.seats.get(S.NESTING, 0)),
            (_("Live"), self.live),
        ]


FILLED = [S.RESERVED, S.IN_TRAINING, S.NESTING, S.LIVE]


@dataclass
class _Counts:
    seats: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    people: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    stuck: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    hires: Counter[int] = field(default_factory=Counter)


def seats_by_state(engagements: Iterable[Engagement]) -> dict[int, Counter[str]]:
    rows = Seat.objects.filter(engagement__in=engagements).order_by()
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for pk, state, n in rows.values_list("engagement", "state").annotate(n=Count("pk")):
        found[pk][state] = n
    return found


def _count(
    engagements: list[Engagement], *, now: datetime, seats: dict[int, Counter[str]] | None
) -> _Counts:
    counts = _Counts(seats=seats_by_state(engagements) if seats is None else seats)
    since = now - timedelta(weeks=WEEKS)
    # Hired is where an application ends, so when it moved is when it was hired.
    counted = Q(state__in=ACTIVE) | Q(state=A.HIRED, moved_at__gte=since)
    rows = Application.objects.filter(counted, requisition__engagement__in=engagements)
    groups = rows.order_by().values_list("requisition__engagement", "state")
    waiting = Q(moved_at__lt=now - timedelta(days=STUCK_DAYS.value()))
    for pk, state, n, stuck in groups.annotate(n=Count("pk"), k=Count("pk", filter=waiting)):
        if state == A.HIRED:
            counts.hires[pk] = n
        else:
            counts.people[pk][state], counts.stuck[pk][state] = n, stuck
    return counts


def with_training_days(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Annotate `training_days`: the longest programme of an engagement's classes."""
    days = F("classes__programme__days") + F("classes__programme__nesting_days")
    return rows.annotate(training_days=Max(days))


def staffing(
    engagements: Iterable[Engagement],
    *,
    now: datetime,
    seats: dict[int, Counter[str]] | None = None,
) -> list[Staffing]:
    """Say of each engagement where its people are and when it is likely ready. Two queries.

    They come `with_training_days`; `seats` are their numbers by state, for a caller that has them.
    """
    rows = list(engagements)
    counts = _count(rows, now=now, seats=seats)
    return [_one(engagement, counts, now=now) for engagement in rows]


def _one(engagement: Engagement, counts: _Counts, *, now: datetime) -> Staffing:
    seats = counts.seats[engagement.pk]
    wanted = sum(n for state, n in seats.items() if state not in {S.VACATED, S.CANCELLED})
    return Staffing(
        engagement=engagement,
        seats=seats,
        people=counts.people[engagement.pk],
        stuck=_stuck(counts.stuck[engagement.pk]),
        forecast=forecast(
            open_seats=wanted - sum(seats[state] for state in FILLED),
            hires=counts.hires[engagement.pk],
            training_days=engagement.training_days or 0,  # type: ignore[attr-defined]
            agreed_on=engagement.go_live_on,
            today=now.date(),
        ),
    )


def _stuck(waiting: Counter[str]) -> str:
    """Name the stage in which most people have sat for more than a week."""
    state, n = max(waiting.items(), key=lambda pair: pair[1], default=("", 0))
    if not n:
        return ""
    stage = str(A(state).label)
    return _("over a week in “%(stage)s”: %(n)s") % {"n": n, "stage": stage}


def forecast(
    *, open_seats: int, hires: int, training_days: int, agreed_on: date | None, today: date
) -> Forecast:
    """Draw a straight line: open seats at the hires per week of the last eight, then training.

    It knows neither who is in the pipeline already nor how sure the pace is, and says from what
    it was drawn. Training takes the longest programme of the engagement's classes.
    """
    if open_seats == 0:
        return Forecast(_("full"), "good", why=_("Every seat has somebody."))
    if hires < FEWEST_HIRES:
        late = agreed_on is not None and agreed_on < today
        text = ngettext("%s hire in 8 weeks", "%s hires in 8 weeks", hires) % hires
        verdict = _("the agreed day is past") if late else _("too few hires to say")
        return Forecast(verdict, "bad" if late else "", why=text)
    full_on = pace(open_seats, hires / WEEKS, start=today)
    ready_on = full_on + timedelta(days=round(training_days * 7 / 5))
    why = _("%(open)s seats at %(rate)s hires a week, %(days)s days of training") % {
        "open": open_seats,
        "rate": f"{hires / WEEKS:.2g}",
        "days": training_days,
    }
    if agreed_on is None:
        return Forecast(_("no agreed day"), "", ready_on, why)
    days = (ready_on - agreed_on).days
    if days <= 0:
        return Forecast(_("on time"), "good", ready_on, why)
    return Forecast(ngettext("%s day late", "%s days late", days) % days, "bad", ready_on, why)

"""Which teams are ready to go live, and what they lack: counted over all engagements at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from engagements.models import Engagement, Seat
from portal.staffing import seats_by_state
from training.models import Certificate, Enrolment

GONE = {Seat.State.VACATED, Seat.State.CANCELLED}


@dataclass(frozen=True)
class Readiness:
    """What stands between a team and its go-live, in numbers."""

    engagement: Engagement
    wanted: int
    live: int
    in_class: int
    uncertified: int  # at work without a certificate
    short: int  # certificates that end before go-live

    @property
    def lacking(self) -> list[str]:
        """Say in words what is missing; nothing where the team is ready."""
        if not self.wanted:
            return [_("no seats are planned")]
        words = [
            (self.wanted - self.live, _("seats not live: %s")),
            (self.in_class, _("in a class: %s")),
            (self.uncertified, _("at work without certificate: %s")),
            (self.short, _("certificates that end before go-live: %s")),
        ]
        return [text % number for number, text in words if number]

    @property
    def is_ready(self) -> bool:
        return not self.lacking


def readiness(engagements: Iterable[Engagement], *, today: date) -> list[Readiness]:
    """Say of each engagement what it lacks. Three queries: its own page asks the guards."""
    rows = list(engagements)
    seats = seats_by_state(rows)
    in_class = _by_engagement(
        Enrolment.objects.open().filter(training_class__engagement__in=rows),
        "training_class__engagement",
    )
    certified, short = _certificates(rows, today=today)
    return [
        Readiness(
            engagement=row,
            wanted=sum(n for state, n in seats[row.pk].items() if state not in GONE),
            live=seats[row.pk][Seat.State.LIVE],
            in_class=in_class[row.pk],
            uncertified=seats[row.pk][Seat.State.LIVE] - certified[row.pk],
            short=short[row.pk],
        )
        for row in rows
    ]


def _certificates(rows: list[Engagement], *, today: date) -> tuple[Counter[int], Counter[int]]:
    """Count the certificates of people at work, and those of them that end before go-live."""
    path = "enrolment__seat__engagement"
    go_live = Greatest(Coalesce(F(f"{path}__go_live_on"), today), today)
    held = Certificate.objects.of_people_at_work().filter(**{f"{path}__in": rows})
    counts = held.order_by().values_list(path)
    found = counts.annotate(n=Count("pk"), k=Count("pk", filter=Q(expires_on__lte=go_live)))
    certified, short = Counter[int](), Counter[int]()
    for pk, n, k in found:
        certified[pk], short[pk] = n, k
    return certified, short


def _by_engagement(rows: object, path: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(path).annotate(n=Count("pk"))))  # type: ignore[attr-defined]

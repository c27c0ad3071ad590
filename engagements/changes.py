"""The days on which the structure of an engagement changed: by a plan, or by its seats."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from engagements.models import Engagement, SeatLog, StaffingPlan
from engagements.models.seats import end_of

DONE = {"vacate": "vacated", "reopen": "reopened", "cancel": "cancelled"}


@dataclass(frozen=True)
class Change:
    """A day, and in words what became different on it."""

    day: date
    what: str


def plans(engagement: Engagement) -> list[StaffingPlan]:
    """Return the plans, the newest first, without the figures."""
    return list(engagement.plans.defer("figures").order_by("-version"))


def plan_on(made: Sequence[StaffingPlan], day: date, zone: tzinfo) -> StaffingPlan | None:
    """Return the plan that held at the end of a day."""
    return next((plan for plan in made if plan.made_at < end_of(day, zone)), None)


def changes(engagement: Engagement, made: Sequence[StaffingPlan], zone: tzinfo) -> list[Change]:
    """Return the days of changes, the latest first. Two queries, however many there are."""
    words: defaultdict[date, list[str]] = defaultdict(list)
    for plan in reversed(made):
        words[plan.made_at.astimezone(zone).date()].append(f"plan v{plan.version} made")
    added = engagement.seats.order_by().values_list(TruncDate("created_at", tzinfo=zone))
    for day, count in added.annotate(count=Count("pk")):
        words[day].append(f"{_seats(count)} added")
    told = SeatLog.objects.filter(subject__engagement=engagement, step__in=DONE).order_by()
    days = told.values_list(TruncDate("at", tzinfo=zone), "step").annotate(count=Count("pk"))
    for day, step, count in days:
        words[day].append(f"{_seats(count)} {DONE[step]}")
    return [Change(day, ", ".join(words[day])) for day in sorted(words, reverse=True)]


def around(found: Sequence[Change], day: date) -> tuple[Change | None, Change | None]:
    """Return the change before a day and the one after it."""
    before = next((each for each in found if each.day < day), None)
    after = next((each for each in reversed(found) if each.day > day), None)
    return before, after


def _seats(count: int) -> str:
    return f"{count} seat{'' if count == 1 else 's'}"

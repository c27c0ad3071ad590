from datetime import date, datetime

from django.utils import timezone

from engagements.models import Engagement, Milestone, Turn

GO_LIVE = "go_live"


def set_milestone(
    engagement: Engagement,
    key: str,
    *,
    title: str,
    due_on: date | None = None,
    turn: str = Turn.STAFF,
    url: str = "",
) -> Milestone:
    """Write down what is due on an engagement, once for each key; one that was done stays done."""
    milestone, _ = Milestone.objects.update_or_create(
        engagement=engagement,
        key=key,
        defaults={"title": title, "due_on": due_on, "turn": turn, "url": url},
    )
    return milestone


def finish_milestone(engagement: Engagement, key: str, *, at: datetime | None = None) -> None:
    """Mark a milestone done, the first time that it is. One that was never set is no matter."""
    rows = Milestone.objects.filter(engagement=engagement, key=key)
    rows.open().update(done_at=at or timezone.now())

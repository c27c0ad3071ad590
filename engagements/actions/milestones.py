from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from engagements.models import Engagement, Milestone, Turn

GO_LIVE = "go_live"
GOES_LIVE = gettext_noop("Go-live")


def set_milestone(
    engagement: Engagement,
    key: str,
    *,
    says: str,
    arguments: Mapping[str, str | int] | None = None,
    due_on: date | None = None,
    turn: str = Turn.STAFF,
    url: str = "",
) -> Milestone:
    """Write down what is due on an engagement, once for each key; one that was done stays done.

    `says` is a sentence marked by `gettext_noop`, `arguments` what stands at its placeholders.
    """
    values = dict(arguments or {})
    said = {"says": says, "arguments": values, "title": (says % values)[:200]}
    milestone, _ = Milestone.objects.update_or_create(
        engagement=engagement,
        key=key,
        defaults={**said, "due_on": due_on, "turn": turn, "url": url},
    )
    return milestone


def finish_milestone(engagement: Engagement, key: str, *, at: datetime | None = None) -> None:
    """Mark a milestone done, the first time that it is. One that was never set is no matter."""
    rows = Milestone.objects.filter(engagement=engagement, key=key)
    rows.open().update(done_at=at or timezone.now())


def drop_milestone(engagement: Engagement, key: str) -> None:
    """Take back a milestone that is not due after all, unless it was done."""
    Milestone.objects.filter(engagement=engagement, key=key).open().delete()

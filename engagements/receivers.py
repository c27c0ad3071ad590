from datetime import datetime
from typing import Any

from django.dispatch import receiver

from core.signals import step_taken
from engagements.actions import finish_milestone
from engagements.actions.milestones import GO_LIVE
from engagements.models import Engagement


@receiver(step_taken, sender=Engagement)
def finish_go_live(subject: Engagement, step: str, at: datetime, **_: Any) -> None:
    """A team that was taken live has passed its go-live, on the day when it was."""
    if step == "go_live":
        finish_milestone(subject, GO_LIVE, at=at)

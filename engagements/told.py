"""What our own people are told of engagements: each by their own choice."""

from django.urls import reverse

from core import notifications
from core.models import UserKind
from engagements import ledger
from engagements.models import Engagement

SEATS_DIFFER = notifications.kind(
    "engagements.seats_differ",
    label="The seats of an engagement differ from its plan",
    default="page",
    audience={UserKind.STAFF},
)


def seats_differ(engagement: Engagement) -> bool:
    """Tell the owner, once for each plan, if sums over seats are not what it says."""
    plan = engagement.plans.order_by("-version").defer("figures", "structure").first()
    found = ledger.check(engagement)
    if plan is None or not found:
        return False
    told = notifications.notify(
        SEATS_DIFFER,
        engagement.owner,
        about=engagement,
        text=f"{engagement}: the seats differ from plan v{plan.version} in {len(found)} sums",
        url=reverse("engagements:ledger", args=[engagement.pk]),
        key=f"plan:{plan.pk}:differs",
    )
    return told is not None

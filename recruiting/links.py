"""What our signed links open."""

from datetime import timedelta

from core import links

OFFER = links.scope(
    "offer",
    lifetime=timedelta(days=60),  # the offer's own last day ends it earlier
    route="recruiting:answer",
    rights=frozenset({"recruiting.answer_offer", "recruiting.withdraw_application"}),
)
APPLICATION = links.scope(
    "application",
    lifetime=timedelta(days=7),
    route="recruiting:apply_confirm",
    rights=frozenset({"recruiting.move_application"}),
)

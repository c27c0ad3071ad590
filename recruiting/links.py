"""What our signed links open."""

from core import links
from recruiting.policies import CONFIRM_DAYS, OFFER_LINK_DAYS

OFFER = links.scope(
    "offer",
    lifetime=OFFER_LINK_DAYS,  # the offer's own last day ends it earlier
    route="recruiting:answer",
    rights=frozenset({"recruiting.answer_offer", "recruiting.withdraw_application"}),
)
APPLICATION = links.scope(
    "application",
    lifetime=CONFIRM_DAYS,
    route="recruiting:apply_confirm",
    rights=frozenset({"recruiting.move_application"}),
)

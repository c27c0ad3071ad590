"""What our own people are told of: each by their own choice. docs/notifications.md lists it."""

from django.utils.translation import override

from cms import mails
from cms.models import Proposal
from core import notifications
from core.models import UserKind

PROPOSAL_ANSWERED = notifications.kind(
    "cms.proposal_answered",
    label="A client answers a proposal, or lets it expire",
    default="mail",
    audience={UserKind.STAFF},
)


def proposal_answered(proposal: Proposal) -> None:
    """Tell the engagement's owner: the client has answered, or let the day pass."""
    owner = proposal.engagement.owner
    # It is a client who answers, perhaps in another language than the owner reads.
    with override(owner.language):
        mails.proposal_answered(proposal).tell(
            PROPOSAL_ANSWERED,
            owner,
            key=f"proposal:{proposal.pk}:{proposal.state}",
            text=f"{proposal}: {proposal.get_state_display()}",
        )

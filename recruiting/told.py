"""What our own people are told of: each by their own choice. docs/notifications.md lists it.

What a client or candidate does is told in the language of whom it is told to, not in theirs.
"""

from django.utils.translation import override

from core import notifications
from core.models import Actor, UserKind
from recruiting import mails
from recruiting.models import Application, CriteriaSet, Offer

STAFF = {UserKind.STAFF}
OFFER_ANSWERED = notifications.kind(
    "recruiting.offer_answered",
    label="A candidate answers an offer, or lets it expire",
    default="mail",
    audience=STAFF,
)
CLIENT_DECIDED = notifications.kind(
    "recruiting.client_decided",
    label="A client decides on a candidate",
    default="mail",
    audience=STAFF,
)
CRITERIA_ANSWERED = notifications.kind(
    "recruiting.criteria_answered",
    label="A client answers criteria",
    default="mail",
    audience=STAFF,
)


def offer_answered(offer: Offer) -> None:
    """Tell the recruiter: the candidate has answered, or let the day pass."""
    recruiter = offer.application.requisition.recruiter
    with override(recruiter.language):
        mails.offer_answered(offer).tell(
            OFFER_ANSWERED,
            recruiter,
            key=f"offer:{offer.pk}:{offer.version}:{offer.state}",
            text=f"Offer to {offer.application.candidate.code}: {offer.get_state_display()}",
        )


def client_decided(application: Application, *, by: Actor) -> None:
    """Tell the recruiter of each decision: it may be changed until we act on it."""
    at = application.client_decided_at
    recruiter = application.requisition.recruiter
    with override(recruiter.language):
        mails.client_decided(application, by=by).tell(
            CLIENT_DECIDED,
            recruiter,
            key=f"application:{application.pk}:{at.isoformat() if at else ''}",
            text=(
                f"{application.requisition.engagement.client} on {application.candidate.code}: "
                f"{application.get_client_decision_display()}"
            ),
        )


def criteria_answered(criteria_set: CriteriaSet, *, by: Actor) -> None:
    """Tell the engagement's owner that the client has gone through all items."""
    owner = criteria_set.engagement.owner
    with override(owner.language):
        mails.criteria_answered(criteria_set, by=by).tell(
            CRITERIA_ANSWERED,
            owner,
            key=f"criteria:{criteria_set.pk}:{criteria_set.log.latest('pk').pk}",
            text=f"{criteria_set}: {criteria_set.get_state_display()}",
        )

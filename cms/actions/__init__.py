from cms.actions.contracts import draw_contract, issue_contract, refuse_unless_free, void_contract
from cms.actions.jobs import publish_job, unpublish_job
from cms.actions.proposals import (
    FOLLOWED,
    accept_proposal,
    create_proposal,
    decline_proposal,
    expire_proposals,
    new_proposal_version,
    page_changed,
    record_view,
    send_proposal,
    withdraw_proposal,
)
from cms.actions.signing import request_signing_code, sign

__all__ = [
    "FOLLOWED",
    "accept_proposal",
    "create_proposal",
    "decline_proposal",
    "draw_contract",
    "expire_proposals",
    "issue_contract",
    "new_proposal_version",
    "page_changed",
    "publish_job",
    "record_view",
    "refuse_unless_free",
    "request_signing_code",
    "send_proposal",
    "sign",
    "unpublish_job",
    "void_contract",
    "withdraw_proposal",
]

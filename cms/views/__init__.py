from cms.views.clients import (
    accept_proposal,
    client_contract,
    client_proposal,
    decline_proposal,
)
from cms.views.contracts import (
    contract,
    contracts,
    draw_contract,
    issue_contract,
    void_contract,
)
from cms.views.proposals import (
    create_proposal,
    new_proposal_version,
    proposal,
    proposals,
    send_proposal,
    withdraw_proposal,
)
from cms.views.signing import sign_contract, signing_code

__all__ = [
    "accept_proposal",
    "client_contract",
    "client_proposal",
    "contract",
    "contracts",
    "create_proposal",
    "decline_proposal",
    "draw_contract",
    "issue_contract",
    "new_proposal_version",
    "proposal",
    "proposals",
    "send_proposal",
    "sign_contract",
    "signing_code",
    "void_contract",
    "withdraw_proposal",
]

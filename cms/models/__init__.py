from cms.models.contracts import Clause, Contract, ContractLog, Signature
from cms.models.numbers import NumberSeries
from cms.models.pages import CareersPage, HomePage, JobPage, ProposalPage
from cms.models.proposals import Proposal, ProposalLog, ProposalVersion, ProposalView

__all__ = [
    "CareersPage",
    "Clause",
    "Contract",
    "ContractLog",
    "HomePage",
    "JobPage",
    "NumberSeries",
    "Proposal",
    "ProposalLog",
    "ProposalPage",
    "ProposalVersion",
    "ProposalView",
    "Signature",
]

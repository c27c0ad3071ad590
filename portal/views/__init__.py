from portal.views.api import api
from portal.views.client import (
    agreed_criteria,
    candidate,
    candidates,
    criteria,
    decisions,
    documents,
    people,
    progress,
    sent_proposals,
)
from portal.views.staff import engagement, home
from portal.views.vendor import (
    vendor_candidates,
    vendor_document_add,
    vendor_documents,
    vendor_requisition,
    vendor_requisitions,
)

__all__ = [
    "agreed_criteria",
    "api",
    "candidate",
    "candidates",
    "criteria",
    "decisions",
    "documents",
    "engagement",
    "home",
    "people",
    "progress",
    "sent_proposals",
    "vendor_candidates",
    "vendor_document_add",
    "vendor_documents",
    "vendor_requisition",
    "vendor_requisitions",
]

from portal.views.api import api
from portal.views.client import (
    candidate,
    candidates,
    criteria,
    decisions,
    documents,
    people,
    progress,
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
    "vendor_candidates",
    "vendor_document_add",
    "vendor_documents",
    "vendor_requisition",
    "vendor_requisitions",
]

from vendors.views.rates import (
    exchange_rate_add,
    exchange_rate_edit,
    exchange_rates,
    our_rate_card_add,
    rate_card_add,
    rate_card_edit,
)
from vendors.views.sites import our_site_add, ours, site_add, site_edit
from vendors.views.vendors import (
    document_add,
    documents,
    person_invite,
    vendor,
    vendor_add,
    vendor_edit,
    vendors,
)

__all__ = [
    "document_add",
    "documents",
    "exchange_rate_add",
    "exchange_rate_edit",
    "exchange_rates",
    "our_rate_card_add",
    "our_site_add",
    "ours",
    "person_invite",
    "rate_card_add",
    "rate_card_edit",
    "site_add",
    "site_edit",
    "vendor",
    "vendor_add",
    "vendor_edit",
    "vendors",
]

from vendors.models.rates import ExchangeRate, Rate, RateCard, Role, Unit
from vendors.models.vendors import (
    MANDATORY,
    DocumentKind,
    Site,
    Vendor,
    VendorDocument,
    VendorLog,
    VendorPerson,
)

__all__ = [
    "MANDATORY",
    "DocumentKind",
    "ExchangeRate",
    "Rate",
    "RateCard",
    "Role",
    "Site",
    "Unit",
    "Vendor",
    "VendorDocument",
    "VendorLog",
    "VendorPerson",
]

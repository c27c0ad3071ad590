from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories.core import UserFactory
from vendors.models import ExchangeRate, Rate, RateCard, Site, Vendor, VendorDocument, VendorPerson


class VendorFactory(DjangoModelFactory):
    class Meta:
        model = Vendor

    name = factory.Sequence(lambda n: f"Vendor {n}")
    country = "PL"


class VendorPersonFactory(DjangoModelFactory):
    class Meta:
        model = VendorPerson

    vendor = factory.SubFactory(VendorFactory)
    user = factory.SubFactory(UserFactory, kind="vendor")


class VendorDocumentFactory(DjangoModelFactory):
    """A document that never expires, without its file."""

    class Meta:
        model = VendorDocument

    vendor = factory.SubFactory(VendorFactory)
    kind = "registration"
    valid_from = date(2025, 1, 1)


class SiteFactory(DjangoModelFactory):
    """A site of our own."""

    class Meta:
        model = Site

    name = factory.Sequence(lambda n: f"Site {n}")
    city = "Kraków"
    country = "PL"
    time_zone = "Europe/Warsaw"
    seats = 100


class RateCardFactory(DjangoModelFactory):
    """Prices of our own, or a vendor's costs; without rates."""

    class Meta:
        model = RateCard

    name = factory.Sequence(lambda n: f"Rates {n}")
    vendor = None
    kind = factory.LazyAttribute(lambda card: "cost" if card.vendor else "price")
    currency = "EUR"
    valid_from = date(2025, 1, 1)


class RateFactory(DjangoModelFactory):
    class Meta:
        model = Rate

    card = factory.SubFactory(RateCardFactory)
    role = "agent"
    monthly = factory.LazyAttribute(
        lambda rate: None if rate.hourly or rate.per_contact else Decimal(3000)
    )
    hourly = None
    per_contact = None


class ExchangeRateFactory(DjangoModelFactory):
    """What a dollar is in euros, from the first day of 2026."""

    class Meta:
        model = ExchangeRate

    base = "USD"
    quote = "EUR"
    on = date(2026, 1, 1)
    rate = Decimal("0.92")
    source = "European Central Bank"

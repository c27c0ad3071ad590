from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories.core import UserFactory
from vendors.models import Rate, RateCard, Site, Vendor, VendorDocument, VendorPerson


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
    """A card of our own, without rates."""

    class Meta:
        model = RateCard

    name = factory.Sequence(lambda n: f"Rates {n}")
    currency = "EUR"
    valid_from = date(2025, 1, 1)


class RateFactory(DjangoModelFactory):
    class Meta:
        model = Rate

    card = factory.SubFactory(RateCardFactory)
    role = "agent"
    monthly = Decimal(3000)

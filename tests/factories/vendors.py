import factory
from factory.django import DjangoModelFactory

from tests.factories.core import UserFactory
from vendors.models import Vendor, VendorPerson


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

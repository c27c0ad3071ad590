import factory
from factory.django import DjangoModelFactory

from engagements.models import Client, ClientPerson, Engagement
from tests.factories.core import UserFactory


class ClientFactory(DjangoModelFactory):
    class Meta:
        model = Client

    name = factory.Sequence(lambda n: f"Client {n}")
    industry = "banking"
    country = "DE"
    time_zone = "Europe/Berlin"


class ClientPersonFactory(DjangoModelFactory):
    class Meta:
        model = ClientPerson

    client = factory.SubFactory(ClientFactory)
    user = factory.SubFactory(UserFactory, kind="client")


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    client = factory.SubFactory(ClientFactory)
    name = "Phone, German"
    code = factory.Sequence(lambda n: f"E-{n}")
    owner = factory.SubFactory(UserFactory)

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from core.models import Actor
from engagements.models import (
    Assumption,
    Client,
    ClientPerson,
    Engagement,
    EscoSkill,
    LineOfBusiness,
    Milestone,
    Requirements,
    Scenario,
    Seat,
    StaffingPlan,
    SuccessMeasure,
    Team,
)
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


class RequirementsFactory(DjangoModelFactory):
    """Version 1 of an engagement's requirements, made once; without lines."""

    class Meta:
        model = Requirements
        django_get_or_create = ("engagement", "version")

    engagement = factory.SubFactory(EngagementFactory)
    version = 1
    scope_of_service = "Questions about accounts and cards"
    delivery_countries = ["PL"]
    customer_time_zone = "Europe/Berlin"
    go_live_on = date(2026, 9, 1)


class LineOfBusinessFactory(DjangoModelFactory):
    """The line of docs/planning.md: 40 Erlang, 48 agents, 69 seats."""

    class Meta:
        model = LineOfBusiness

    requirements = factory.SubFactory(RequirementsFactory)
    name = factory.Sequence(lambda n: f"Line {n}")
    channel = "phone"
    language = "de"
    hours = [[day, "09:00", "17:00"] for day in range(1, 6)]
    contacts_per_half_hour = 200
    aht_s = 360


class AssumptionFactory(DjangoModelFactory):
    class Meta:
        model = Assumption

    requirements = factory.SubFactory(RequirementsFactory)
    what = factory.Sequence(lambda n: f"Growth {n}")
    value = "8"
    unit = "% a year"
    source = "The client's head of service, 12 January"
    owner = factory.SubFactory(UserFactory)


class SuccessMeasureFactory(DjangoModelFactory):
    class Meta:
        model = SuccessMeasure

    requirements = factory.SubFactory(RequirementsFactory)
    name = factory.Sequence(lambda n: f"Measure {n}")
    formula = "Contacts without another one within 7 days ÷ all contacts"
    target = Decimal(75)


class EscoSkillFactory(DjangoModelFactory):
    class Meta:
        model = EscoSkill

    uri = factory.Sequence(lambda n: f"http://data.europa.eu/esco/skill/{n}")
    label = factory.Sequence(lambda n: f"skill {n}")
    skill_type = "skill/competence"
    reuse_level = "cross-sector"
    names = factory.LazyAttribute(lambda row: [row.label])


class ScenarioFactory(DjangoModelFactory):
    """Half as much again, as somebody tries it."""

    class Meta:
        model = Scenario

    requirements = factory.SubFactory(RequirementsFactory)
    name = factory.Sequence(lambda n: f"Growth {n}")
    volume_percent = 150
    by = factory.LazyFunction(lambda: UserFactory().actor)


class StaffingPlanFactory(DjangoModelFactory):
    """Version 1 of an engagement's plan, made once; without figures and seats."""

    class Meta:
        model = StaffingPlan
        django_get_or_create = ("engagement", "version")

    engagement = factory.SubFactory(EngagementFactory)
    requirements = factory.SubFactory(
        RequirementsFactory, engagement=factory.SelfAttribute("..engagement")
    )
    version = 1
    total_seats = 1
    made_by = factory.LazyFunction(Actor.objects.system)


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    engagement = factory.SubFactory(EngagementFactory)
    name = factory.Sequence(lambda n: f"Team {n}")


class SeatFactory(DjangoModelFactory):
    """An agent's seat in its engagement's plan; several share the plan, none has a team."""

    class Meta:
        model = Seat

    engagement = factory.SubFactory(EngagementFactory)
    plan = factory.SubFactory(StaffingPlanFactory, engagement=factory.SelfAttribute("..engagement"))
    number = factory.Sequence(lambda n: f"E-{n:03}")
    role = "agent"
    language = "de"
    starts_on = date(2026, 9, 1)


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    engagement = factory.SubFactory(EngagementFactory)
    key = factory.Sequence(lambda n: f"key-{n}")
    says = "Go-live"

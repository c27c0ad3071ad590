"""What a factory makes is the plainest valid row."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from core.models import Job, JobLine, User

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@cadre.example")
    name = factory.Sequence(lambda n: f"User {n}")
    kind = "staff"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    name = "tests.work"
    title = factory.Sequence(lambda n: f"Job {n}")
    by = factory.LazyFunction(lambda: UserFactory().actor)
    total = 10
    size = 4


class JobLineFactory(DjangoModelFactory):
    class Meta:
        model = JobLine

    job = factory.SubFactory(JobFactory)
    row = factory.Sequence(lambda n: n)
    outcome = "new"
    text = "Taken."

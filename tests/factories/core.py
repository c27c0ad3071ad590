"""What a factory makes is the plainest valid row."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from core.models import User

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@cadre.example")
    name = factory.Sequence(lambda n: f"User {n}")
    kind = "staff"

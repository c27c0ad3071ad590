import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from core import people
from core.models import Actor, Link
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough pass phrase"


def test_password_signs_in_through_the_page(client):
    user = UserFactory(email="ana@cadre.example")
    user.set_password(PASSWORD)
    user.save()

    response = client.post(
        reverse("account_login"), {"login": "ana@cadre.example", "password": PASSWORD}
    )

    assert (response.status_code, response.url) == (302, reverse("portal:home"))


def test_invited_person_may_set_up_totp_at_once():
    user = people.invite(
        email="ana@cadre.example", name="Ana", role="Recruiter", by=Actor.objects.system()
    )

    people.accept(Link.objects.on(user).get(), name="Ana", password=PASSWORD)

    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("ana@cadre.example", True, True)

"""A role that needs a second factor opens nothing before one is set up."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from core import policies
from core.models import Actor
from core.second_factor import ROLES_WITH

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/2fa/totp/activate/"


@pytest.fixture
def _forced():
    policies.change(ROLES_WITH, ["Recruiter"], by=Actor.objects.system())


@pytest.mark.usefixtures("_forced")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/"),
        ("get", "/you/"),
        ("get", "/candidates/?export=csv"),
        ("post", "/notifications/read/"),
        ("get", "/api/v1/candidates"),
        ("get", reverse("wagtailadmin_home")),
    ],
)
def test_every_way_leads_to_the_set_up(method, path, client_as):
    response = getattr(client_as("Recruiter"), method)(path)

    assert (response.status_code, response.url) == (302, SET_UP)


@pytest.mark.usefixtures("_forced")
def test_part_of_a_page_leads_there_as_a_whole(client_as):
    response = client_as("Recruiter").get("/", headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Redirect"]) == (204, SET_UP)


@pytest.mark.usefixtures("_forced")
def test_set_up_and_the_way_out_stay_open(client_as):
    browser = client_as("Recruiter")

    led = browser.get(SET_UP, follow=True)
    assert led.status_code == 200
    assert led.request["PATH_INFO"] in {SET_UP, reverse("account_reauthenticate")}
    assert browser.post(reverse("account_logout")).url == reverse("account_login")


@pytest.mark.usefixtures("_forced")
def test_others_and_those_who_have_one_come_in(client_as, user_as):
    assert client_as("QA").get("/you/").status_code == 200
    user = user_as("Recruiter")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    assert client_as(user).get("/you/").status_code == 200


def test_nobody_is_forced_by_default(client_as):
    assert client_as("Recruiter").get("/you/").status_code == 200

"""One sign-in for all: Wagtail's own ways in lead to ours, and nobody goes round in circles."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def test_stranger_at_the_admin_signs_in_with_us_and_comes_back(client):
    response = client.get("/cms/pages/")

    assert response.url == f"{SIGN_IN}?next=/cms/pages/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_sign_in_leads_to_ours(method, client):
    response = getattr(client, method)("/cms/login/?next=/cms/pages/")

    assert response.url == f"{SIGN_IN}?next=/cms/pages/"


@pytest.mark.parametrize("path", ["/cms/password_reset/", "/cms/password_reset/confirm/MQ/abc-1/"])
def test_wagtails_password_reset_leads_to_ours(path, client):
    assert client.get(path).url == reverse("account_reset_password")


def test_wagtails_new_user_page_leads_to_our_invitations(client_as):
    assert client_as("Administrator").get("/cms/users/add/").url == reverse("core:invite")


def test_page_for_signed_in_people_leads_strangers_to_our_sign_in(client):
    assert client.get("/_util/login/?next=/secret/").url == f"{SIGN_IN}?next=/secret/"


def test_editor_who_is_signed_in_goes_straight_to_the_admin(client_as):
    response = client_as("BizDev").get("/cms/login/", follow=True)

    assert [path for path, _ in response.redirect_chain] == ["/cms/"]
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/cms/", "/cms/login/", "/cms/pages/", "/_util/login/?next=/x/"])
@pytest.mark.parametrize("role", ["Recruiter", "Client approver", "Vendor contact"])
def test_who_has_no_access_is_told_so_at_once(path, role, client_as):
    response = client_as(role).get(path, follow=True)

    assert (response.status_code, response.redirect_chain) == (403, [])


def test_admin_has_a_policy_of_its_own(client_as):
    policy = client_as("BizDev").get("/cms/")["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy


def test_account_page_of_the_admin_changes_neither_password_nor_address(client_as):
    page = client_as("BizDev").get("/cms/account/").content.decode()

    assert "password" not in page.lower().replace("password_reset", "")
    assert 'name="name_email-email"' not in page

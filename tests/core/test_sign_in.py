"""One sign-in for all: by password, by a code, by invitation; nobody signs up."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from core import people
from core.models import Actor, Link, Message, User
from core.workflow import StepRefused
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-one"
HOME = "/home/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts():
    cache.clear()


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Return a function that posts, and lets what that causes happen."""

    def send(path, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data)

    return send


@pytest.fixture
def ana():
    return User.objects.create_user("ana@cadre.example", PASSWORD, name="Ana")


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_sign_in_leads_home_whatever_the_case_of_the_address(client, post, ana):
    response = post("/accounts/login/", login="Ana@Cadre.Example", password=PASSWORD)

    assert (response.status_code, response["Location"]) == (302, HOME)
    assert signed_in(client) == str(ana.pk)


def test_sign_in_leads_where_one_wanted_to_go_but_to_no_other_host(post, client, ana):
    inside = post("/accounts/login/?next=/people/", login=ana.email, password=PASSWORD)
    client.logout()
    outside = post("/accounts/login/?next=//evil.example/", login=ana.email, password=PASSWORD)

    assert [inside["Location"], outside["Location"]] == ["/people/", HOME]


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!"}])
def test_closed_or_unopened_account_is_not_signed_in(change, client, post, ana):
    User.objects.filter(pk=ana.pk).update(**change)

    post("/accounts/login/", login=ana.email, password=PASSWORD)

    assert signed_in(client) is None


def test_sixth_wrong_password_is_not_even_looked_at(client, post, ana, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
    for _ in range(5):
        post("/accounts/login/", login=ana.email, password="wrong")

    response = post("/accounts/login/", login=ana.email, password=PASSWORD)

    assert "Too many failed login attempts" in response.content.decode()
    assert signed_in(client) is None


def test_code_by_mail_signs_in(client, post, ana):
    post("/accounts/login/code/", email=ana.email)
    message = Message.objects.get()
    code = re.search(r"^\S{4,12}$", mail.outbox[0].body, re.MULTILINE)[0]

    response = post("/accounts/login/code/confirm/", code=code)

    assert response["Location"] == HOME
    assert signed_in(client) == str(ana.pk)
    assert (message.outcome, message.to, message.sealed) == ("sent", ana.email, "")
    assert code not in message.body
    assert "[[secret]]" in message.body
    assert message.body.startswith("Hello from Cadre!")


def test_stranger_can_not_have_us_write_to_any_address(post):
    known = post("/accounts/login/code/", email="nobody@elsewhere.example")

    assert known.status_code == 302
    assert mail.outbox == []
    assert not Message.objects.exists()


def test_forgotten_password_is_set_anew_by_a_link_that_is_not_stored(client, post, ana, settings):
    settings.BASE_URL = "https://ours.example"
    post("/accounts/password/reset/", email=ana.email)
    (message,) = Message.objects.all()
    link = re.search(r"https://ours.example(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    post(form, password1="another-long-one", password2="another-long-one")

    ana.refresh_from_db()
    assert link[1] not in message.body
    assert ana.check_password("another-long-one")
    assert "password has been reset" in mail.outbox[-1].body


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(method, client):
    data = {"email": "eve@x.example", "password1": PASSWORD, "password2": PASSWORD}

    response = getattr(client, method)("/accounts/signup/", data)

    assert "Accounts come by invitation." in response.content.decode()
    assert not User.objects.exists()


def test_nobody_adds_an_address_to_their_account(client_as):
    client = client_as("Recruiter")

    response = client.post("/accounts/email/", {"action_add": "", "email": "boss@x.example"})

    assert response.status_code == 302
    assert not EmailAddress.objects.filter(email="boss@x.example").exists()


def test_second_factor_is_asked_for(client, post, ana):
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")

    response = post("/accounts/login/", login=ana.email, password=PASSWORD)

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in(client) is None


def test_staff_turn_their_second_factor_on(client, post, ana, monkeypatch):
    post("/accounts/login/", login=ana.email, password=PASSWORD)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.validate_totp_code", lambda *_: True)
    post("/accounts/reauthenticate/", password=PASSWORD)
    page = client.get("/accounts/2fa/totp/activate/")
    post("/accounts/2fa/totp/activate/", code="123456")

    assert page.status_code == 200
    kinds = set(Authenticator.objects.filter(user=ana).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert mail.outbox[-1].to == [ana.email]


def invitation_of(email):
    sent = next(each for each in reversed(mail.outbox) if each.to == [email])
    return re.search(r"http://testserver(/invitation/\S+/)", sent.body)[1]


def chosen(name="Nuala", password=PASSWORD):
    return {"name": name, "new_password1": password, "new_password2": password}


def test_invited_person_chooses_a_password_and_is_in(client, client_as, post):
    client_as("Administrator")
    post("/people/invite/", email="Nuala@Cadre.example", name="N", role="Recruiter")
    client.logout()

    path = invitation_of("nuala@cadre.example")
    response = post(path, **chosen())

    user = User.objects.get(email="nuala@cadre.example")
    assert response["Location"] == HOME
    assert signed_in(client) == str(user.pk)
    assert [group.name for group in user.groups.all()] == ["Recruiter"]
    assert (user.name, user.actor.name, user.kind) == ("Nuala", "Nuala", "staff")
    client.logout()
    assert client.get(path).status_code == 410


@pytest.fixture
def invited(django_capture_on_commit_callbacks):
    """Return a function that invites somebody and gives the path of the link in their mail."""

    def invite(email="nuala@cadre.example", role="Recruiter"):
        with django_capture_on_commit_callbacks(execute=True):
            people.invite(email=email, name="Nuala", role=role, by=Actor.objects.system())
        return invitation_of(email)

    return invite


def test_invitation_refuses_a_weak_password_and_keeps_the_name(post, invited):
    response = post(invited(), **chosen(name="Nuala B", password="short"))

    html = response.content.decode()
    assert response.status_code == 422
    assert "too short" in html
    assert 'value="Nuala B"' in html
    assert Link.objects.get().used_at is None


def test_newer_invitation_replaces_the_earlier_and_adds_its_role(client, invited):
    first, second = invited(), invited(role="Trainer")

    assert [client.get(first).status_code, client.get(second).status_code] == [410, 200]
    assert set(User.objects.get().groups.values_list("name", flat=True)) == {"Recruiter", "Trainer"}


def test_invitation_of_a_closed_account_opens_nothing(client, invited):
    path = invited()
    User.objects.update(is_active=False)

    response = client.get(path)

    assert response.status_code == 410
    assert "This account is closed." in response.content.decode()


def test_invitation_expires(client, invited):
    path = invited()
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(path).status_code == 410


def test_invitation_does_not_go_round_a_second_factor(client, post, invited, ana):
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")

    response = post(invited(email=ana.email), **chosen())

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in(client) is None


def test_nobody_stands_on_two_sides(client_as, post):
    UserFactory(email="jan@nordwind.example", name="Jan", kind="client")
    client_as("Administrator")

    response = post("/people/invite/", email="jan@nordwind.example", name="J", role="QA")

    assert response.status_code == 422
    assert "is the address of Jan, of a client" in response.content.decode()
    with pytest.raises(StepRefused, match="of a client: use another one"):
        people.invite(email="Jan@nordwind.example", name="J", role="QA", by=Actor.objects.system())
    assert not User.objects.get(name="Jan").groups.exists()


def test_no_role_is_chosen_for_whoever_invites(client_as, post):
    page = client_as("Administrator").get("/people/invite/").text

    assert '<option value="" selected>Choose a role</option>' in page
    response = post("/people/invite/", email="a@x.example", name="A", role="")
    assert (response.status_code, "This field is required." in response.text) == (422, True)


def test_admin_invites_into_the_roles_of_staff_only(client_as, post):
    client_as("Administrator")

    response = post("/people/invite/", email="a@x.example", name="A", role="Client approver")

    assert response.status_code == 422
    assert not User.objects.filter(email="a@x.example").exists()

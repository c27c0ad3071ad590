"""Sign-in by an identity provider: one on 127.0.0.1 that says of people what a test wants."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from config import env
from core.models import User

pytestmark = pytest.mark.django_db
ANA = "ana@cadre.example"


class Issuer(BaseHTTPRequestHandler):
    """Answers as an OpenID provider; `server.says` is what it knows of who comes."""

    def do_GET(self):
        here = self.server.url
        if self.path.endswith("/openid-configuration"):
            ends = {"token": "token_endpoint", "authorize": "authorization_endpoint"}
            ends |= {"userinfo": "userinfo_endpoint", "keys": "jwks_uri"}
            self.answer({"issuer": here} | {key: f"{here}/{end}" for end, key in ends.items()})
        else:
            self.answer(self.server.says)

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        self.server.asked.append(parse_qs(self.rfile.read(size).decode()))
        claims = {"iss": self.server.url, "aud": "cadre", "exp": 4_000_000_000, "iat": 1}
        token = jwt.encode({**claims, **self.server.says}, "k" * 32, algorithm="HS256")
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def issuer(settings, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Issuer)
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("OIDC_CLIENT_ID", "cadre")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "s3cret")
    monkeypatch.setenv("OIDC_NAME", "Acme")
    monkeypatch.setenv("OIDC_ISSUER", server.url)
    apps = env.oidc("OIDC_ISSUER")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def come(client, issuer):
    """Return a function that presses the button, and comes back as the provider says."""

    def go(email=ANA, *, verified=True, sub="1", process="login"):
        issuer.says = {"sub": sub, "email": email, "email_verified": verified, "name": "Ana"}
        path = reverse("openid_connect_login", args=["company"])
        away = client.post(f"{path}?process={process}")
        state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
        back = reverse("openid_connect_callback", args=["company"])
        return client.get(back, {"state": state, "code": "c"})

    return go


@pytest.fixture
def ana():
    return User.objects.create_user(ANA, name="Ana")


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_button_is_there_only_if_a_provider_is(client, request):
    without = client.get("/accounts/login/").content.decode()
    request.getfixturevalue("issuer")
    with_it = client.get("/accounts/login/").content.decode()

    assert "Sign in by" not in without
    assert "Sign in by Acme" in with_it


def test_invited_person_comes_in_and_is_known_afterwards_by_the_link(client, come, ana):
    come("Ana@Cadre.example")
    first = signed_in(client)
    client.logout()
    come("renamed@cadre.example", verified=False)

    assert (first, signed_in(client)) == (str(ana.pk), str(ana.pk))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "who",
    [
        {"email": "eve@elsewhere.example"},
        {"verified": False},
        {"verified": "true"},
        {"email": ""},
        {"process": "connect"},
    ],
    ids=["not invited", "not verified", "a word for verified", "no address", "linking"],
)
def test_nobody_else_comes_in(who, client, come, ana):
    response = come(**who)

    assert (response.status_code, signed_in(client)) == (403, None)
    assert "Accounts come by invitation." in response.content.decode()
    assert User.objects.count() == 1


def test_closed_account_is_not_opened(client, come, ana):
    User.objects.update(is_active=False)

    come()

    assert signed_in(client) is None


def test_address_given_to_somebody_else_is_no_key(client, come, ana):
    come(sub="1")
    client.logout()

    response = come(sub="2")

    assert (response.status_code, signed_in(client)) == (403, None)


def test_second_factor_is_asked_for_all_the_same(client, come, ana):
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")

    response = come()

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in(client) is None


def test_answer_to_a_question_nobody_asked_is_refused(client, issuer, ana):
    issuer.says = {"sub": "1", "email": ANA, "email_verified": True}
    back = reverse("openid_connect_callback", args=["company"])

    client.get(back, {"state": "made-up", "code": "c"})

    assert signed_in(client) is None
    assert issuer.asked == []


def test_issuer_without_tls_is_refused(monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", "http://login.example")

    with pytest.raises(ImproperlyConfigured, match="must be https://"):
        env.oidc("OIDC_ISSUER")

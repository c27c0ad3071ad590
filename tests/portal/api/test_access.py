"""Which scope opens which route, and whose rows come out: the API's access table."""

from datetime import timedelta

import pytest
from django.urls import get_resolver
from django.utils import timezone

from core.models import ServiceAccount, ServiceToken, User
from engagements.models import Client
from tests.portal.api.conftest import EVERY, LIMITED, RESOURCES, token_of
from tests.test_access import named_routes

# What an account of ours, and one that is limited to a client, is answered with each scope.
OF_OURS = {name: {scope.name} for name, scope in RESOURCES.items()}
OF_A_CLIENT = {"clients", "engagements", "requirements", "seats", "applications"}


def test_every_route_of_the_api_is_here():
    routes = {name for name in named_routes(get_resolver()) if name.startswith("api-v1:")}

    singular = {"clients": "client", "engagements": "engagement", "requirements": "requirements"}
    gets = {f"api-v1:get_{singular.get(name, name[:-1])}" for name in RESOURCES}
    lists = {f"api-v1:list_{name}" for name in RESOURCES}
    assert routes == gets | lists | {"api-v1:openapi-json", "api-v1:api-root", "api-v1:unknown"}


@pytest.mark.parametrize("scope", EVERY)
def test_scope_opens_its_own_routes_and_no_others(scope, ask, own):
    token = token_of(scope)

    answers = {
        name: (ask(name, token).status_code, ask(f"{name}/{own[name]}", token).status_code)
        for name in RESOURCES
    }

    assert answers == {
        name: (200, 200) if scope in OF_OURS[name] else (403, 403) for name in RESOURCES
    }


@pytest.mark.parametrize("name", RESOURCES)
def test_account_of_ours_reads_the_rows_of_all(name, ask, own, other):
    items = ask(name, token_of(RESOURCES[name].name)).json()["items"]

    assert [item["id"] for item in items] == sorted([own[name], other[name]])


@pytest.mark.parametrize("name", sorted(OF_A_CLIENT))
def test_account_of_a_client_reads_its_rows_only(name, ask, own, other):
    token = token_of(*LIMITED, client=Client.objects.get(name="Own"))

    items = ask(name, token).json()["items"]

    assert [item["id"] for item in items] == [own[name]]
    assert ask(f"{name}/{other[name]}", token).status_code == 404


@pytest.mark.parametrize("name", sorted(set(RESOURCES) - OF_A_CLIENT))
def test_account_of_a_client_can_not_have_what_its_people_do_not_see(name, ask, own):
    client = Client.objects.get(name="Own")

    with pytest.raises(ValueError, match="No such scope for this account"):
        token_of(RESOURCES[name].name, client=client)
    # Nor if somebody writes it into the row: a scope without a right shows nothing.
    token = token_of(*LIMITED, client=client)
    ServiceAccount.objects.update(scopes=EVERY)
    assert ask(name, token).json()["items"] == []
    assert ask(f"{name}/{own[name]}", token).status_code == 404


def test_limited_account_whose_client_is_gone_reads_nothing(ask, own):
    token = token_of(*LIMITED, client=Client.objects.get(name="Own"))
    ServiceAccount.objects.update(subject_id=0)

    assert [ask(name, token).json()["items"] for name in sorted(OF_A_CLIENT)] == [[]] * 5


@pytest.mark.parametrize(
    "end",
    [
        lambda: ServiceToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda: ServiceToken.objects.update(revoked_at=timezone.now()),
        lambda: ServiceAccount.objects.update(revoked_at=timezone.now()),
        lambda: User.objects.update(is_active=False),
    ],
    ids=["expired", "ended", "revoked", "nobody answers for it"],
)
def test_ended_token_opens_nothing(end, ask, own):
    token = token_of(*EVERY)
    end()

    response = ask("clients", token)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert "Send a valid token" in response.json()["detail"]


@pytest.mark.parametrize("token", ["", "x", "cadre_", "cadre_\0", "cadre_ä"])
def test_no_token_and_a_wrong_one_open_nothing(token, ask, own):
    assert ask("clients", token).status_code == 401


def test_session_opens_no_route_and_a_token_no_page(client, client_as, ask, own):
    client_as("Administrator")
    by_session = ask("clients").status_code
    client.logout()
    page = client.get("/people/", headers={"Authorization": f"Bearer {token_of(*EVERY)}"})

    assert (by_session, page.status_code) == (401, 302)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(method, client, own):
    headers = {"Authorization": f"Bearer {token_of(*EVERY)}"}

    response = getattr(client, method)("/api/v1/clients", headers=headers)

    assert (response.status_code, response["Allow"]) == (405, "GET")

"""What the API says, in which order, and how it refuses."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from core.models import ServiceToken
from engagements.models import Client, Seat
from tests.factories.engagements import ClientFactory, SeatFactory
from tests.factories.recruiting import ApplicationFactory
from tests.portal.api.conftest import EVERY, LIMITED, RESOURCES, make_rows, token_of


def test_pages_follow_one_another_in_order_and_keep_the_filter(ask, own):
    seats = SeatFactory.create_batch(4, state="live", engagement=Seat.objects.get().engagement)
    token = token_of("seats:read")

    first = ask("seats?state=live&limit=3", token).json()
    second = ask(first["next"].removeprefix("http://testserver/api/v1/"), token).json()

    found = [item["id"] for item in first["items"] + second["items"]]
    assert found == [seat.pk for seat in seats]
    assert second["next"] is None


def test_several_states_mean_one_of_them(ask, own):
    SeatFactory(state="live")
    SeatFactory(state="nesting")

    items = ask("seats?state=live&state=nesting", token_of("seats:read")).json()["items"]

    assert sorted(item["state"] for item in items) == ["live", "nesting"]


def test_misspelt_filter_is_refused_and_does_not_give_all_rows(ask, own):
    response = ask("seats?statte=live", token_of("seats:read"))

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {
            "where": "statte",
            "what": "What can be asked for here: after, changed_since, engagement_id, limit, state",
        }
    ]


@pytest.mark.parametrize("since", ["0361-05-09T06:18:26-21:06", "0001-01-01T00:00:00%2B12:00"])
def test_time_that_no_database_can_hold_is_no_fault_of_ours(since, ask, own):
    response = ask(f"seats?changed_since={since}", token_of("seats:read"))

    assert response.status_code in {200, 422}


@pytest.mark.parametrize("name", sorted(set(RESOURCES) - {"clients"}))
def test_changed_since_finds_what_is_new_and_nothing_older(name, ask, own):
    token = token_of(RESOURCES[name].name)

    found = [
        [item["id"] for item in ask(f"{name}?changed_since={since}", token).json()["items"]]
        for since in ("2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z")
    ]

    assert found == [[own[name]], []]


def test_step_makes_a_row_changed(ask, own):
    seat = Seat.objects.get()
    Seat.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    at = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    seat.log.create(step="approve", source="planned", target="approved", by=_system(), at=at)

    (item,) = ask("seats?changed_since=2026-05-01T09:30:00Z", token_of("seats:read")).json()[
        "items"
    ]

    assert item["changed_at"] == "2026-05-01T09:30:00Z"


def _system():
    from core.models import Actor  # noqa: PLC0415

    return Actor.objects.system()


def test_names_come_with_the_personal_scope_only(ask, own):
    without = ask("candidates", token_of("candidates:read"))
    with_it = ask("candidates", token_of("candidates:read", "candidates:personal"))

    (hidden,), (shown,) = without.json()["items"], with_it.json()["items"]
    assert hidden["person"] is None
    assert "mail.example" not in without.content.decode()
    assert shown["person"]["email"].endswith("@mail.example")


def test_client_reads_an_application_as_its_portal_shows_it(ask, own):
    ApplicationFactory(requisition__engagement__client__name="Own's other", state="client_review")
    token = token_of(*LIMITED, client=Client.objects.get(name="Own"))

    (item,) = ask("applications", token).json()["items"]

    hidden = ["candidate_id", "requisition_id", "vendor_id", "source", "created_at"]
    assert [item[name] for name in hidden] == [None] * 5
    assert item["candidate_code"] == f"K-{2000 + own['candidates']}"
    assert (item["state"], item["changed_at"]) == ("client_review", "2026-03-02T09:00:00Z")


def test_client_learns_no_state_after_its_turn_not_even_by_a_filter(ask, own):
    from recruiting.models import Application  # noqa: PLC0415

    Application.objects.all().delete()
    ApplicationFactory(
        requisition__engagement=Seat.objects.get().engagement,
        state="rejected",
        put_forward_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    token = token_of(*LIMITED, client=Client.objects.get(name="Own"))

    every = ask("applications", token).json()["items"]
    rejected = ask("applications?state=rejected", token).json()["items"]

    assert [item["state"] for item in every] == [None]
    assert rejected == []


@pytest.mark.parametrize("name", RESOURCES)
def test_what_has_not_changed_is_not_sent_again(name, ask, own):
    token = token_of(*EVERY)
    for path in (name, f"{name}/{own[name]}"):
        first = ask(path, token)
        again = ask(path, token, **{"If-None-Match": first["ETag"]})

        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert first["Cache-Control"] == "private, no-cache"
        assert "Authorization" in first["Vary"]


def test_changed_row_has_another_etag(ask, own):
    token = token_of("clients:read")
    before = ask("clients", token)["ETag"]
    Client.objects.update(industry="travel")

    again = ask("clients", token, **{"If-None-Match": before})

    assert again.json()["items"][0]["industry"] == "travel"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("seats?limit=0", "limit"),
        ("seats?limit=many", "limit"),
        ("seats?state=asleep", "state"),
        ("seats?changed_since=yesterday", "changed_since"),
        ("seats?changed_since=2026-01-01T00:00:00", "changed_since"),
        ("seats/x", "id"),
        (f"seats/{2**63}", "id"),
    ],
)
def test_what_is_not_understood_is_said(path, where, ask, own):
    response = ask(path, token_of("seats:read"))

    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert where in problem["detail"]


def test_unknown_address_is_a_problem_too(ask, db):
    response = ask("nothing/here")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_too_many_requests_wait_and_another_account_does_not(ask, own, settings):
    settings.THROTTLING = True
    cache.clear()
    busy, calm = token_of("clients:read", requests_per_minute=2), token_of("clients:read")

    answers = [ask("clients", token) for token in (busy, busy, busy, calm)]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert int(answers[2]["Retry-After"]) >= 1
    assert "Come again in" in answers[2].json()["detail"]


def test_last_use_is_kept_to_the_minute(ask, own, django_assert_num_queries):
    token = token_of("clients:read")
    ask("clients", token)
    used_at = ServiceToken.objects.get().last_used_at

    with django_assert_num_queries(2):  # token, clients
        ask("clients", token)

    assert ServiceToken.objects.get().last_used_at == used_at


@pytest.mark.parametrize("name", RESOURCES)
def test_list_asks_the_same_queries_for_one_row_and_for_three(
    name, ask, own, django_assert_max_num_queries, django_assert_num_queries
):
    token = token_of(*EVERY)
    ask(name, token)
    with django_assert_max_num_queries(9) as found:
        ask(name, token)
    for client in ClientFactory.create_batch(2):
        make_rows(client)

    with django_assert_num_queries(len(found)):
        items = ask(name, token).json()["items"]

    assert len(items) == 3

"""What our logs say of a request and of its effects, and what they never say."""

import json
import logging

import pytest
from pythonjsonlogger.json import JsonFormatter

from core import effects, logs
from core.models import Effect
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="cadre")
    caplog.handler.addFilter(logs.AddRequestId())
    caplog.handler.setFormatter(JsonFormatter("{levelname}{name}{request_id}{message}", style="{"))

    def read():
        text = [caplog.handler.format(record) for record in caplog.records]
        return [json.loads(line) for line in text if '"cadre' in line]

    return read


def test_a_request_is_one_line_with_its_route_and_no_address(client, lines):
    client.get("/invitation/a-secret-token/", {"q": "Ana Nowak"})
    (line,) = lines()
    assert line["route"] == "core:invitation"
    assert line["status"] == 410
    assert "secret" not in json.dumps(line)
    assert "Ana" not in json.dumps(line)


def test_who_asked_is_a_number(client, lines):
    user = UserFactory(name="Ana Nowak", email="ana@cadre.example")
    client.force_login(user, backend="core.sign_in.Backend")
    client.get("/nowhere/")
    assert lines()[-1]["user"] == user.pk
    assert "ana" not in json.dumps(lines()).lower()


@pytest.mark.parametrize(
    ("given", "kept"), [("from-the-proxy-1", True), ("short", False), ("a\nb" * 8, False)]
)
def test_a_request_keeps_the_id_that_a_proxy_gave_it_if_it_is_one(client, given, kept):
    answer = client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"]
    assert (answer == given) is kept
    assert logs.ACCEPTABLE.fullmatch(answer)


def test_an_effect_keeps_the_id_of_the_request_that_caused_it(lines, monkeypatch):
    seen = []
    monkeypatch.setitem(
        effects._registry, "test.work", effects.Work(lambda: seen.append(logs.request_id()), None)
    )
    with logs.under("the-request-1"):
        row = effects.cause("test.work", key="a")
    Effect.objects.filter(pk=row.pk).update(due_at=row.created_at)
    assert effects.run(row.pk)
    assert seen == ["the-request-1"]
    assert lines()[-1]["request_id"] == "the-request-1"
    assert logs.request_id() == ""


def test_a_view_that_fails_is_logged_by_its_frames_and_not_by_its_words(client, lines, monkeypatch):
    client.raise_request_exception = False
    words = " ".join(["Ana", "Nowak"])  # apart, since a frame shows its line of code

    def fail(token):
        raise ValueError(words)

    monkeypatch.setattr("core.people.links.opened", lambda scope, token: fail(token))
    assert client.get("/invitation/a-secret-token/").status_code == 500
    text = json.dumps(lines())
    assert "ValueError in core:invitation" in text
    assert "in fail" in text
    assert words not in text
    assert "a-secret-token" not in text

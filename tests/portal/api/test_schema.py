"""The API against its own description: whatever is asked, it answers as the schema says.

A token of ours and one each of two clients ask everything that schemathesis can think of in
a bounded number of examples. No answer is a fault of the server, each has the form that the
schema gives it, and none has a row of another client.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth

from config.wsgi import application
from engagements.models import Client
from tests.factories.engagements import ClientFactory
from tests.portal.api.conftest import EVERY, LIMITED, make_rows, token_of

EXAMPLES = 8  # for each operation, token, and kind of data: as the schema has it, and not
bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def schema(db):
    """The schema, over WSGI: as a server, but for its closing the test's connection at the end."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    # Each call has its token; that none goes without stands in test_access.py.
    found.config.generation.update(with_security_parameters=False)
    yield found
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(db):
    """One of ours, and one each of two clients, with the rows that it may not see."""
    first, second = ClientFactory(), ClientFactory()
    rows = {client: make_rows(client) for client in (first, second)}
    return {
        "ours": (token_of(*EVERY), {}),
        "first client's": (token_of(*LIMITED, client=first), rows[second]),
        "second client's": (token_of(*LIMITED, client=second), rows[first]),
    }


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("whose", ["ours", "first client's", "second client's"])
def test_api_answers_as_its_schema_says(whose, mode, schema, tokens):
    token, foreign = tokens[whose]
    assert Client.objects.count() == 2
    statuses = {}

    for found in schema.get_all_operations():
        operation = found.ok()
        kind = operation.path.split("/")[3]
        statuses[operation.label] = asked(operation, mode, token, foreign.get(kind))

    assert len(statuses) == 14
    if mode == GenerationMode.POSITIVE and whose == "ours":
        assert all(200 in answers for label, answers in statuses.items() if "{" not in label)


def asked(operation, mode, token, foreign):
    """Ask an operation all that comes to mind; return how it answered."""
    statuses = set()

    @bounded
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(response, excluded_checks=[ignored_auth])
        statuses.add(response.status_code)
        if response.status_code == 200:
            body = response.json()
            assert foreign not in {item["id"] for item in body.get("items", [body])}

    ask()
    return statuses

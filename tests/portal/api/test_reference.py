"""The reference page says of each route what it takes and answers, as the schema does."""

import pytest
from django.urls import reverse

from core.service_accounts import scopes
from portal.api.reference import kind_of
from portal.api.urls import api
from tests.portal.api.conftest import RESOURCES

pytestmark = pytest.mark.django_db


def test_every_route_scope_and_field_is_on_the_page(client):
    page = client.get(reverse("portal:api")).content.decode()

    schema = api.get_openapi_schema(path_params={})
    for path in schema["paths"]:
        assert f"GET {path}" in page
    for each in scopes():
        assert f"<code>{each.name}</code>" in page
    for each in RESOURCES.values():
        assert f"Scope <code>{each.name}</code>" in page
    assert "<code>monthly_salary_from</code>" in page
    assert "Authorization: Bearer" in page


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"type": "integer"}, "whole number"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
        ({"type": "array", "items": {"type": "string", "format": "date"}}, "list of day"),
        ({"$ref": "#/components/schemas/LineOut"}, "line"),
    ],
)
def test_kind_is_said_in_words(node, words):
    assert kind_of(node) == words

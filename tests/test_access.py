"""No route without a line in an access table."""

import importlib

from django.urls import get_resolver

APPS = ["core", "vendors", "engagements", "recruiting", "training", "cms", "portal"]
# Held as whole namespaces, each by a test of its own that says what every kind of user gets:
# allauth's by tests/core/test_third_party_access.py, Wagtail's by tests/cms/test_access.py.
# The API's, which knows scopes and no roles, by tests/portal/api/test_access.py.
# What has no name and stands below cms/ is Wagtail's admin as well.
THIRD_PARTY = (
    *("account_", "mfa_", "socialaccount_", "openid_connect_", "accounts/social/"),
    *("wagtail", "cms/", "api-v1:"),
)


def resolver():
    return get_resolver()


def named_routes(resolver, prefix="", path=""):
    """List the names of all routes; one without a name goes by its path."""
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_routes(pattern, prefix + namespace, here)
        else:
            yield prefix + pattern.name if pattern.name else here


def lines():
    tables = [importlib.import_module(f"tests.{app}.test_access").ACCESS for app in APPS]
    return {route for table in tables for _, route in table}


def test_every_route_has_its_line():
    ours = {name for name in named_routes(resolver()) if not name.startswith(THIRD_PARTY)}

    assert ours - lines() == set()


def test_every_line_has_its_route():
    assert lines() - set(named_routes(resolver())) == set()

"""No route without a line in an access table."""

import importlib

from django.urls import get_resolver

APPS = ["core", "vendors", "engagements", "recruiting", "training", "cms", "portal"]
# Third-party routes are held as whole namespaces, by tests/core/test_third_party_access.py.
THIRD_PARTY = ("account_", "mfa_", "wagtail", "admin")


def named_routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_routes(pattern, prefix + namespace)
        else:
            yield prefix + (pattern.name or str(pattern.pattern))


def test_every_route_has_its_line():
    tables = [importlib.import_module(f"tests.{app}.test_access").ACCESS for app in APPS]
    lines = {route for table in tables for _, route in table}

    ours = {name for name in named_routes(get_resolver()) if name.split(":")[0] in APPS}

    assert ours - lines == set()

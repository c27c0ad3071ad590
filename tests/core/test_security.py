"""What every answer carries, what a server is set to, and what an upload may not be."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.middleware import PERMISSIONS
from ops.check import PRODUCTION
from tests.factories.recruiting import RequisitionFactory

pytestmark = pytest.mark.django_db

HEADERS = {
    "Content-Security-Policy": [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ],
    "Cross-Origin-Opener-Policy": ["same-origin"],
    "Permissions-Policy": [PERMISSIONS],
    "Referrer-Policy": ["same-origin"],
    "X-Content-Type-Options": ["nosniff"],
    "X-Frame-Options": ["DENY"],
}
ANSWERS = {
    "/accounts/login/": 200,
    "/api/": 200,
    "/api/v1/clients": 401,
    "/api/v1/openapi.json": 200,
    "/home/": 302,
    "/invitation/none/": 410,
    "/nothing/of/ours/": 404,
}
SETTINGS = {
    "DEBUG": False,
    "DEMO": False,
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "LANGUAGE_COOKIE_NAME": "django_language",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 5 * 1024**2,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
    "UPLOAD_LIMIT_BYTES": 10 * 1024**2,
    "THROTTLING": True,
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
}
SAY = (
    "import django, json; django.setup(); from django.conf import settings; "
    f"print(json.dumps({{name: getattr(settings, name) for name in {list(SETTINGS)}}}))"
)


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_answer_carries_its_headers(path, status, client):
    response = client.get(path)

    assert response.status_code == status
    for name, parts in HEADERS.items():
        for part in parts:
            assert part in response[name], name
    assert "unsafe" not in response["Content-Security-Policy"]


def test_server_is_set_as_it_should_be():
    """In a process of its own: the settings of a test run are not those of a server."""
    ours = {"SECURE_SSL_REDIRECT", "SECURE_COOKIES"}  # settings_test says "no" to these
    environment = {key: value for key, value in os.environ.items() if key not in ours}
    done = subprocess.run(
        [sys.executable, "-c", SAY],
        env=environment | PRODUCTION,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == SETTINGS


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({f"field{n}": "x" for n in range(1001)}, 400),
        ({f"file{n}": SimpleUploadedFile(f"{n}.txt", b"x") for n in range(21)}, 400),
        ({"name": "x" * (5 * 1024**2 + 1)}, 400),
        ({"cv": SimpleUploadedFile("cv.pdf", b"%PDF-1.7" + b"x" * 10 * 1024**2)}, 422),
    ],
    ids=["fields", "files", "memory", "size of a file"],
)
def test_upload_beyond_its_limit_is_refused(data, status, client):
    path = reverse("recruiting:apply", args=[RequisitionFactory(state="open").pk])

    assert client.post(path, data).status_code == status

"""Read typed settings from the environment, and fail loudly when one is missing or malformed."""

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, str(default)).lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def items(name: str, default: str | None = "") -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def database(name: str) -> dict[str, object]:
    """Turn postgres://user:password@host:port/name?host=/socket/folder into a DATABASES entry."""
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgres://, not {url.scheme}://.")
    query = {key: values[-1] for key, values in parse_qs(url.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.removeprefix("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", "") or url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": query,
    }


def cache(name: str, default: str) -> dict[str, object]:
    """Turn redis://host:port/number, or locmem://, into a CACHES entry."""
    value = text(name, default)
    if value == "locmem://":
        # Room enough that nobody pushes others' counts (core.throttling) out by making up keys.
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    if value.startswith(("redis://", "rediss://")):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
    raise ImproperlyConfigured(f"{name} must be locmem:// or redis://…, not {value!r}.")


def files(name: str, default: str) -> dict[str, object]:
    """Turn folder://, or s3://bucket/prefix?region=…&endpoint=…, into a STORAGES entry.

    Keys for S3 come from AWS's own variables or from the machine's role, never from an address.
    """
    url = urlsplit(text(name, default))
    if url.scheme == "folder":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if url.scheme != "s3" or not url.hostname:
        raise ImproperlyConfigured(
            f"{name} must be folder:// or s3://bucket, not {url.geturl()!r}."
        )
    query = {key: values[-1] for key, values in parse_qs(url.query).items()}
    options: dict[str, object] = {
        "bucket_name": url.netloc,
        "location": url.path.strip("/"),
        "default_acl": None,  # private: the bucket's own rule
        "file_overwrite": False,
        "querystring_expire": 60,
    }
    if region := query.get("region"):
        options["region_name"] = region
    if endpoint := query.get("endpoint"):
        options["endpoint_url"] = endpoint
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def mail(name: str, default: str | None) -> dict[str, object]:
    """Turn smtp://user:password@host:port?tls=true, or log://, into Django's mail settings."""
    url = urlsplit(text(name, default))
    if url.scheme == "log":
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if url.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"{name} must be smtp://… or smtps://…, not {url.scheme!r}.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": "tls=true" in url.query,
        "EMAIL_TIMEOUT": 20,
    }


def oidc(name: str) -> list[dict[str, Any]]:
    """Describe the identity provider that OIDC_ISSUER names, as allauth does; [] for none."""
    issuer = text(name, "").rstrip("/")
    if not issuer:
        return []
    url = urlsplit(issuer)
    if url.scheme != "https" and url.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured(f"{name} must be https://…, not {issuer!r}.")
    return [
        {
            "provider_id": "company",
            "name": text("OIDC_NAME", "single sign-on"),
            "client_id": text("OIDC_CLIENT_ID"),
            "secret": text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": issuer},
        }
    ]


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

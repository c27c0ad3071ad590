"""Read typed settings from the environment, and fail loudly when one is missing or malformed."""

import os
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
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if value.startswith(("redis://", "rediss://")):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
    raise ImproperlyConfigured(f"{name} must be locmem:// or redis://…, not {value!r}.")


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

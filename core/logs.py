"""Logs: one line for each request and each effect, without personal data, tied by a request's id.

A line holds ids, names of routes and times; never a path (it may hold a signed link), a name, a
mail address or what was typed. The id goes from a request to the effects that it causes, and from
a worker's effect to those that this one causes.
"""

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from traceback import format_tb
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from core import queries

log = logging.getLogger("cadre.requests")
Handler = Callable[[HttpRequest], HttpResponse]
# What a proxy in front of us may call a request; anything else is not repeated in our logs.
ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = {"core:healthz", "core:readyz"}

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request that led here, or "" where none did (beat, a command)."""
    return _current.get()


@contextmanager
def under(identity: str) -> Iterator[None]:
    """Have everything done inside logged, and caused, under a request's id."""
    token = _current.set(identity)
    try:
        yield
    finally:
        _current.reset(token)


class AddRequestId(logging.Filter):
    """Put the id on every line of whatever library writes one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() or "-"
        return True


def requests(get_response: Handler) -> Handler:
    """Middleware: give each request its id, say it in the answer, and log how the request went."""

    def handle(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identity = given if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with under(identity):
            with queries.watched() as watch:
                response = get_response(request)
            response["X-Request-ID"] = identity
            _note(request, response, watch, milliseconds=(time.perf_counter() - started) * 1000)
        return response

    return handle


def note_failure(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Log where a view failed: the frames, and not the error's words, which may hold a name."""
    error = sys.exception()
    if error is None:
        return
    route = request.resolver_match.view_name if request and request.resolver_match else "-"
    where = "".join(format_tb(error.__traceback__))
    log.error("%s in %s\n%s", type(error).__name__, route, where)


got_request_exception.connect(note_failure, dispatch_uid="core.logs.note_failure")


def _note(
    request: HttpRequest, response: HttpResponse, watch: queries.Watch, *, milliseconds: float
) -> None:
    route = request.resolver_match.view_name if request.resolver_match else "-"
    if route in QUIET:
        return
    facts: dict[str, Any] = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(milliseconds, 1),
        "queries": watch.count,
        "database_ms": round(watch.milliseconds, 1),
        "user": _user_of(request),
    }
    level = logging.WARNING if response.status_code >= 500 else logging.INFO
    line = "%(method)s %(route)s %(status)s %(ms)s ms, %(queries)s queries, user %(user)s"
    log.log(level, line, facts, extra=facts)
    if request.method in {"GET", "HEAD"}:
        queries.note_repeated(watch, route)


def _user_of(request: HttpRequest) -> int | None:
    """Return the number of whoever is signed in, if that was looked up: it costs no query."""
    cached = getattr(request, "_cached_user", None)
    return cached.pk if cached is not None and cached.is_authenticated else None

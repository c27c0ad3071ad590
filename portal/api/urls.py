"""The API as addresses: closed by tokens of its own, read-only, and never by a session."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from django.views.generic import RedirectView
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from portal.api.answers import problem
from portal.api.auth import Token, TooOften
from portal.api.routes import router

DESCRIPTION = """Read what Cadre holds, by a token that an administrator makes under
Administration, Service accounts. Lists are ordered by id and come in pages: follow `next`
until it is null. Times are UTC. Each answer has an ETag: send it back as If-None-Match, and
what has not changed is answered 304 without a body."""
TITLES = {
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible",
    422: "Not understood",
    429: "Too often",
}


class Api(NinjaAPI):
    """Ninja's, whose schema says what our faults are: problems, by their own media type."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        content = response["content"]
                        content["application/problem+json"] = content.pop("application/json")
        return schema


api = Api(
    title="Cadre API",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    auth=Token(),
)
api.add_router("", router)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    status = error.status_code
    detail = str(error)
    if status == 401:
        detail = "Send a valid token: Authorization: Bearer cadre_…"
    response = problem(status, TITLES.get(status, "Refused"), detail)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooOften):
        response["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, TITLES[404], "There is no such row, or this token may not see it.")


@api.exception_handler(ValidationError)
def misunderstood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        ([str(part) for part in each["loc"] if isinstance(part, str)][-1], str(each["msg"]))
        for each in error.errors
    ]
    sentence = " ".join(f"{where}: {what}." for where, what in faults)
    return problem(422, TITLES[422], sentence, faults)


View = Callable[..., HttpResponse]


def ours(view: View) -> View:
    """Answer whom the token names and nobody else: caches ask again, each time."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = problem(405, TITLES[405], f"Only {allowed} is possible here.")
            response["Allow"] = allowed
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Authorization"])
        return response

    return handle


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problem(404, TITLES[404], "There is no such address. /api/ lists those there are.")


def _opened(pattern: Any) -> URLPattern:
    """Take a route out of what needs a session; the token is asked for by ninja."""
    view = conditional_page(ours(pattern.callback))
    pattern.callback = csrf_exempt(login_not_required(view))
    return pattern


_patterns: Any
_patterns, _, namespace = api.urls
urlpatterns = [
    *(_opened(pattern) for pattern in _patterns if pattern.name != "api-root"),
    path("", login_not_required(RedirectView.as_view(pattern_name="portal:api")), name="api-root"),
    path("<path:rest>", login_not_required(unknown), name="unknown"),
]
urls = (urlpatterns, "ninja", namespace)

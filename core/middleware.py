from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from core.links import LinkInvalid
from core.models import Actor
from core.workflow import StepRefused

Handler = Callable[[HttpRequest], HttpResponse]


def actor(get_response: Handler) -> Handler:
    """Give each request the actor under which logs will know its user.

    It is looked up when asked for: a request that signs somebody in has one then, too.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request.user))  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def _actor_of(user: Any) -> Actor:
    """Return the actor that came with the user (core.sign_in.Backend), in no further query."""
    return getattr(user, "actor", None) or Actor.objects.of_user(user)


class refusals:  # noqa: N801 -- named in settings beside `actor`
    """Answer what a view did not catch: a step too late (409), a link that opens nothing (410)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, StepRefused):
            return render(request, "409.html", {"blockers": error.blockers}, status=409)
        if isinstance(error, LinkInvalid):
            return render(request, "410.html", {"reason": str(error)}, status=410)
        return None

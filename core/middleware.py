from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from core import policies as settings_of_ours
from core import sessions as own_sessions
from core.links import LinkInvalid
from core.models import Actor
from core.second_factor import OPEN_ROUTES, SET_UP, is_lacking
from core.workflow import StepRefused

Handler = Callable[[HttpRequest], HttpResponse]


# What a page of ours never asks a browser for.
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
PERMISSIONS = ", ".join(f"{each}=()" for each in UNUSED)


def permissions(get_response: Handler) -> Handler:
    """Have the browser refuse what we never ask for, whoever may have got a script in."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return handle


def policies(get_response: Handler) -> Handler:
    """Read the policies at most once for each request, and never keep them for the next."""

    def handle(request: HttpRequest) -> HttpResponse:
        with settings_of_ours.read_once():
            return get_response(request)

    return handle


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


class sessions:  # noqa: N801 -- named in settings beside `actor`
    """Forget a session that lay idle, or lasted, longer than the policies allow."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        # Before the user is looked up: who comes with a session that is over is a stranger.
        session = request.session
        if session.session_key and not own_sessions.goes_on(session, now=timezone.now()):
            session.flush()


class second_factor:  # noqa: N801 -- named in settings beside `actor`
    """Lead whoever has to have a second factor to its set-up, from wherever they want to go."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN_ROUTES or not is_lacking(request.user):
            return None
        if "HX-Request" in request.headers:
            # A redirect would be swapped into a part of the page.
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(SET_UP)})
        return redirect(SET_UP)


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

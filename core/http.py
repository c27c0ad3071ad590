from django.conf import settings
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from core.models import Actor, User


class Request(HttpRequest):
    """What our views are given: the middleware has seen to the login, `actor` and `htmx`."""

    user: User
    actor: Actor
    htmx: HtmxDetails


def chosen_language(request: HttpRequest) -> str:
    """Return the language that the reader chose by the switch at the foot of pages, if any."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from core.models import Actor, User


class Request(HttpRequest):
    """What our views are given: the middleware has seen to the login, `actor` and `htmx`."""

    user: User
    actor: Actor
    htmx: HtmxDetails

"""Who asks: a token in the header, its scope, and how often it may."""

import math

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from core import throttling
from core.service_accounts import Caller, Scope, caller
from portal.api.answers import ApiRequest

WRONG_TOKENS = throttling.Rate(60, 60)  # a minute, from one address


class TooOften(HttpError):
    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        minutes = math.ceil(retry_after / 60)
        super().__init__(
            429, f"Too many requests. Come again in {retry_after} s (about {minutes} min)."
        )


class Token(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        who = caller(token, now=timezone.now())
        if who is None:
            _count("api.wrong", WRONG_TOKENS, throttling.address(request))
            return None
        _count("api", throttling.Rate(who.account.requests_per_minute, 60), str(who.account.pk))
        return who


def _count(name: str, rate: throttling.Rate, key: str) -> None:
    if settings.THROTTLING:
        taken = throttling.take(name, rate, key)
        if not taken.allowed:
            raise TooOften(taken.retry_after)


def demand(request: ApiRequest, scope: Scope) -> Caller:
    """Return who asks, if the token has the scope. Raises HttpError 403 in clear words."""
    if not request.auth.may(scope.name):
        raise HttpError(403, f"This token has not the scope {scope.name}.")
    return request.auth

"""So many requests in so much time: from one address, and for one key such as an e-mail or a link.

    @throttle("apply", "30/h", key=posted("email"), each="5/h")
    def apply(request): ...

Counted in the cache by atomic increments, over a window that slides: what was counted in the
window before still counts by the share of it that the last `period` covers. With Redis all
workers count together; with `locmem://` each process counts for itself (docs/security.md).
"""

import hashlib
import logging
import math
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from redis.exceptions import RedisError

logger = logging.getLogger("cadre.throttling")

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
Key = Callable[..., str]
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Rate:
    amount: int
    period: int  # seconds

    @classmethod
    def of(cls, text: str) -> "Rate":
        """Read "10/h": so many in a second, minute, hour or day (s, m, h, d), or "10/5m"."""
        amount, _, period = text.partition("/")
        return cls(int(amount), int(period[:-1] or 1) * SECONDS[period[-1]])


@dataclass(frozen=True)
class Taken:
    """What became of one request: whether it may pass, and how much room is left."""

    allowed: bool
    limit: int
    left: int
    retry_after: int  # seconds; 0 when it may pass


def take(name: str, rate: Rate, key: str, *, now: float | None = None) -> Taken:
    """Count one request for `key`. A refused one counts too: who hammers waits longer.

    A cache that is out of reach refuses nobody: it is logged, and the page works.
    """
    now = time.time() if now is None else now
    window, passed = divmod(now, rate.period)
    secret = hashlib.sha256(key.encode()).hexdigest()
    place = f"throttle:{name}:{rate.amount}/{rate.period}:{secret}"
    try:
        here = f"{place}:{window:.0f}"
        cache.add(here, 0, timeout=2 * rate.period)
        count = cache.incr(here)
        before = cache.get(f"{place}:{window - 1:.0f}", 0)
    except (OSError, RedisError, ValueError) as error:
        logger.warning("The cache does not count: %s.", type(error).__name__)
        return Taken(True, rate.amount, rate.amount, 0)  # noqa: FBT003 -- said by the name
    used = count + before * (1 - passed / rate.period)
    allowed = used <= rate.amount
    left = max(0, math.floor(rate.amount - used))
    wait = 0 if allowed else _wait(rate, count, before, passed)
    return Taken(allowed, rate.amount, left, wait)


def _wait(rate: Rate, count: int, before: int, passed: float) -> int:
    """Return the seconds until one more would pass, if none is asked for meanwhile."""
    left = rate.period - passed
    if count + 1 > rate.amount:  # this window is full: its share shrinks in the next
        left += rate.period * (1 - (rate.amount - 1) / count) if count else 0
    elif before:
        left = rate.period * (1 - (rate.amount - count - 1) / before) - passed
    return max(1, math.ceil(left))


def address(request: HttpRequest) -> str:
    """Return who asks, behind as many proxies as are trusted; an IPv6 network counts as one."""
    return get_ip(request)


def posted(field: str) -> Key:
    """Make a key of a field of the form, in whatever case it was typed."""
    return lambda request, **route: request.POST.get(field, "").strip().casefold()


def routed(name: str) -> Key:
    """Make a key of what the address holds, such as a link's token."""
    return lambda request, **route: str(route[name])


def person(request: Any, **route: Any) -> str:
    """The key of who is signed in."""
    return str(request.user.pk)


def throttle(
    name: str,
    rate: str = "",
    *,
    key: Key | None = None,
    each: str = "",
    methods: Collection[str] = ("POST",),
) -> Callable[[View], View]:
    """Let a view answer `rate` requests from an address, and `each` for a key; then 429.

    An empty key is not counted. `settings.THROTTLING` turns all of them off, for tests.
    """
    by_address = Rate.of(rate) if rate else None
    by_key = Rate.of(each) if each else None

    def guarded(view: View) -> View:
        @wraps(view)
        def handle(request: HttpRequest, *args: Any, **route: Any) -> HttpResponseBase:
            if not settings.THROTTLING or request.method not in methods:
                return view(request, *args, **route)
            if by_address:
                taken = take(name, by_address, f"address:{address(request)}")
                if not taken.allowed:
                    return refused(request, taken)
            what = key(request, **route) if key and by_key else ""
            if by_key and what:
                taken = take(name, by_key, f"key:{what}")
                if not taken.allowed:
                    return refused(request, taken)
            return view(request, *args, **route)

        return handle

    return guarded


def refused(request: HttpRequest, taken: Taken) -> HttpResponseBase:
    """Say that it was too often, and when to come again."""
    minutes = math.ceil(taken.retry_after / 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(taken.retry_after)
    return response

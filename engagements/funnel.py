"""How many got through each stage of the way to a certificate, in our own recruiting and training.

The apps that know register here, and are asked when a plan is made.

    funnel.provide(counts)   # counts(since) -> {"accepted": (passed, entered), …}

The keys are those of `planning.sourcing.DEFAULT_RATES`. Both count people who are through with the
stage, one way or the other: whoever is still in it says nothing yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import policies
from engagements.policies import rates as chosen_rates
from planning.sourcing import DEFAULT_RATES, Rate

DAYS = policies.declare(
    "staffing.own_rates_days",
    default=365,
    kind=int,
    unit=_("days"),
    label=_("Our own rates are counted over the last"),
    help=_("What our recruiting and training have shown, in place of what is usual elsewhere."),
    minimum=30,
    maximum=1825,
)
FEWEST = policies.declare(
    "staffing.own_rates_from",
    default=30,
    kind=int,
    unit=_("people"),
    label=_("Our own rates hold from"),
    help=_("Below so many who are through with a stage, plans count with what is usual."),
    minimum=5,
    maximum=1000,
)
Counts = Mapping[str, tuple[int, int]]
_providers: list[Callable[[date], Counts]] = []


def provide(counts: Callable[[date], Counts]) -> None:
    """Have an app asked for its stages from now on."""
    if counts not in _providers:
        _providers.append(counts)


def observed(since: date) -> dict[str, tuple[int, int]]:
    """Return (passed, entered) of each stage that some app knows, counted since a day."""
    found: dict[str, tuple[int, int]] = {}
    for counts in _providers:
        found |= counts(since)
    return found


def rates(today: date) -> tuple[Rate, ...]:
    """Return the rates that plans count with: an administrator's, else our own, else the usual."""
    since = today - timedelta(days=DAYS.value())
    seen = observed(since)
    return tuple(_own(rate, seen.get(rate.key, (0, 0)), since) for rate in chosen_rates())


def _own(rate: Rate, seen: tuple[int, int], since: date) -> Rate:
    """Return what we have seen ourselves of a stage, where that is enough and nobody decided."""
    passed, entered = seen
    if rate not in DEFAULT_RATES or entered < FEWEST.value() or not passed:
        return rate
    source = f"Our own funnel since {date_format(since)}: {passed:,} of {entered:,}"
    return replace(rate, share=passed / entered, passed=passed, entered=entered, source=source)

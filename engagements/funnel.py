"""How many got through each stage of the way to a certificate, in our own recruiting and training.

The apps that know register here, and are asked when a plan is made.

    funnel.provide(counts)   # counts(since) -> {"accepted": (passed, entered), …}

The keys are those of `planning.sourcing.DEFAULT_RATES`. Both count people who are through with the
stage, one way or the other: whoever is still in it says nothing yet.
"""

from collections.abc import Callable, Mapping
from datetime import date

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

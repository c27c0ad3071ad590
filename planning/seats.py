"""From agents on duty to people employed: shrinkage, the week's hours, sites, seats asked for."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import ranges, seat_derivations
from planning.derivations import MINUS
from planning.lines import LineOfBusiness
from planning.provenance import Figure, spell
from planning.sites import SiteShare, Split
from planning.structure import with_shrinkage

Agents = NDArray[np.integer[Any]]
FEWEST_BEHIND_A_LINE = 3
WORTH_SAYING = 0.01  # of a week's contacts, outside the service hours


@dataclass(frozen=True, eq=False)
class Employed:
    """The seats of one line, the figures that derive them, and each site's part of them.

    `needed` is what the volume takes, where the client asks for more seats than that.
    """

    seats: int
    needed: int
    derivation: Figure
    weekly_fte: Figure
    parts: tuple[SiteShare, ...]

    @property
    def figures(self) -> tuple[Figure, Figure]:
        return self.derivation, self.weekly_fte


def employ(
    line: LineOfBusiness,
    agents: Agents,
    *,
    most: int,
    by_week: bool,
    split: Split | None = None,
    with_patience: Agents | None = None,
) -> Employed:
    """Return the people to employ so that `agents` of shape (7, 48) are on duty.

    ⌈most on duty at once ÷ (1 - shrinkage)⌉, and `by_week` at least the week's full-time people.
    Over several sites each holds its own peak by the same rule. At least so many as the client asks
    for.
    """
    fte = _fte(line, agents)
    patient = None if with_patience is None else (_hours(with_patience), _fte(line, with_patience))
    week = seat_derivations.weekly_fte(line, agents, fte, patient)
    derivation = _alone(line, most, week, by_week=by_week)
    if split:
        shared = [
            _at_site(line, site.name, part, by_week=by_week)
            for site, part in zip(split.sites, split.of(agents), strict=True)
        ]
        parts = tuple(part for part, _ in shared)
        derivation = seat_derivations.by_site(line, split, shared, derivation)
    else:
        parts = (SiteShare("", agents, int(derivation.value), fte),)
    needed = int(derivation.value)
    return as_many_as_asked(line, Employed(needed, needed, derivation, week, parts), split)


def as_many_as_asked(line: LineOfBusiness, employed: Employed, split: Split | None) -> Employed:
    """Add the seats that the client asks for beyond the need, shared among the sites by share."""
    if line.seats_asked is None:
        return employed
    derivation = seat_derivations.as_asked(line, employed.derivation)
    seats = int(derivation.value)
    extra = seats - employed.needed
    parts = tuple(
        replace(part, seats=part.seats + more)
        for part, more in zip(
            employed.parts, split.by_share(extra) if split else [extra], strict=True
        )
    )
    return replace(employed, seats=seats, derivation=derivation, parts=parts)


def _hours(agents: Agents) -> float:
    return float(agents.sum()) / 2


def _fte(line: LineOfBusiness, agents: Agents) -> float:
    return with_shrinkage(_hours(agents), line.shrinkage) / line.weekly_paid_hours


def _alone(line: LineOfBusiness, most: int, week: Figure, *, by_week: bool) -> Figure:
    peak = ranges.ceiling(with_shrinkage(most, line.shrinkage))
    in_a_week = ranges.ceiling(float(week.value))
    if by_week and in_a_week > peak:
        return seat_derivations.by_week(line, week, in_a_week)
    return seat_derivations.by_peak(line, most, peak)


def _at_site(
    line: LineOfBusiness, site: str, agents: Agents, *, by_week: bool
) -> tuple[SiteShare, str]:
    """Return a site's part of a line, and the working of its seats."""
    most, fte = int(agents.max()), _fte(line, agents)
    seats = ranges.ceiling(with_shrinkage(most, line.shrinkage))
    share = f"(1 {MINUS} {spell(line.shrinkage)})"
    working = f"⌈{most} ÷ {share}⌉ = {seats}"
    if by_week and ranges.ceiling(fte) > seats:
        seats = ranges.ceiling(fte)
        hours = f"{spell(_hours(agents))} h ÷ {share} ÷ {spell(line.weekly_paid_hours)} h"
        working = f"⌈{hours}⌉ = {seats}"
    return SiteShare(site, agents, seats, fte), working


def cautions(line: LineOfBusiness, employed: Employed) -> tuple[str, ...]:
    """Return what is to be read before these seats are promised."""
    found = []
    seats, fte = employed.seats, ranges.ceiling(float(employed.weekly_fte.value))
    if fte > seats:
        found.append(
            f"{line.name}: {seats} seats hold the busiest half-hour; keeping that up for all "
            f"{line.hours_per_week:g} hours open in a week takes {fte} full-time people."
        )
    if 0 < seats < FEWEST_BEHIND_A_LINE:
        found.append(
            f"{line.name}: fewer than {FEWEST_BEHIND_A_LINE} people; one holiday and one illness "
            "leave it unattended."
        )
    return (*found, *unplanned(line), *other_than_asked(line, employed.needed))


def unplanned(line: LineOfBusiness) -> tuple[str, ...]:
    """Say how many contacts come while nobody is there, where that is worth saying."""
    outside = line.given.total - line.served.total
    if line.way == "deferred" or outside <= WORTH_SAYING * line.given.total:
        return ()
    said = (
        f"{line.name}: {outside:,.0f} of {line.given.total:,.0f} contacts a week come outside "
        "the service hours, and nobody is planned for them."
    )
    return (said,)


def other_than_asked(line: LineOfBusiness, needed: int) -> tuple[str, ...]:
    """Say where the client asks for other than what the volume needs."""
    if line.seats_asked is None or line.seats_asked == needed:
        return ()
    asked = f"{line.name}: the client asks for {line.seats_asked} seats"
    if needed > line.seats_asked:
        return (f"{asked}, and the volume needs {needed}: {needed} are planned.",)
    return (f"{asked}, and the volume needs only {needed}: who is there beyond that waits.",)

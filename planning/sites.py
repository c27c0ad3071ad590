"""Several sites: who is on duty where in each half-hour, each site in its own time zone.

Each half-hour's agents are shared among the sites by their shares, whole people only. Following
the sun, only the sites at which it is working time then take part; where it is at none, all do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planning import ranges
from planning.apportionment import shared_out
from planning.shifts import ShiftShare
from planning.week import DAYS
from planning.workload import HALF_HOURS, slot_of, start_of, zone_of

Agents = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
DAY_MINUTES = 24 * 60
HALF_HOUR_MINUTES = 30
WHOLE, HALF = Decimal(1), Decimal("0.5")


@dataclass(frozen=True)
class Site:
    """A place where agents work: its zone, share of the work, and when people work there.

    `share` is a weight of 0 or more beside the other sites'. `opens` and `closes` are local wall
    time; what closes before it opens runs past midnight, and 00:00 to 00:00 is the whole day.
    `capacity` is how many can be there at once, none where it does not matter.
    """

    name: str
    time_zone: str
    share: float
    opens: time = time(8)
    closes: time = time(18)
    capacity: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A site needs a name.")
        zone_of(self.time_zone)
        ranges.at_least(0, f"The share of {self.name}", self.share)
        slot_of(self.opens), slot_of(self.closes)
        if self.opens == self.closes != time():
            raise ValueError(
                f"{self.name} opens and closes at {self.opens:%H:%M}: that leaves no time to work. "
                "For the whole day write 00:00 to 00:00."
            )
        if self.capacity is not None:
            ranges.whole(f"The capacity of {self.name}", self.capacity, least=1)


@dataclass(frozen=True, eq=False)
class SiteShare:
    """A line's part at one site, "" where the plan names none.

    `agents` are on duty by half-hour, of shape (7, 48) in the customers' wall time; `fte` are the
    full-time people that their hours take; `shifts` are the seats' shares where shifts are given.
    With `half_time` one seat is for half of the week.
    """

    site: str
    agents: Agents
    seats: int
    fte: float
    shifts: tuple[ShiftShare, ...] = ()
    half_time: bool = False

    def stints(self) -> Iterator[tuple[str, Decimal]]:
        """Yield each seat's shift and share of a full week.

        The half-time seat is the last of the shift with the fewest hours for each of its seats.
        """
        shared = [share for share in self.shifts if share.seats]
        eased = min(shared, key=lambda share: share.hours / share.seats, default=None)
        half = eased.shift.key if eased else ""
        counts = [(share.shift.key, share.seats) for share in shared] or [("", self.seats)]
        for key, seats in counts:
            whole = seats - 1 if self.half_time and key == half else seats
            yield from [(key, WHOLE)] * whole
            yield from [(key, HALF)] * (seats - whole)


@dataclass(frozen=True, eq=False)
class Split:
    """How half-hours are shared: `weights` has a row for each site, a column for each half-hour.

    `inside` says when each site is at work, of shape (sites, 7, 48), customers' wall time; it is
    none unless the plan follows the sun.
    """

    sites: tuple[Site, ...]
    weights: NDArray[np.floating[Any]]
    inside: Mask | None = None

    def of(self, agents: Agents) -> Agents:
        """Share agents of shape (7, 48) among the sites: (sites, 7, 48), with the same sums."""
        found = shared_out(self.weights, agents.ravel())
        return found.reshape(len(self.sites), *agents.shape)

    def by_share(self, people: int) -> list[int]:
        """Share out people by the sites' shares alone."""
        shares = np.array([[site.share] for site in self.sites])
        return [int(n) for n in shared_out(shares, np.array([people])).ravel()]


def split_over(
    sites: Sequence[Site],
    *,
    follow_sun: bool = False,
    on: date | None = None,
    customer_zone: str = "",
) -> Split | None:
    """Return how the week's half-hours are shared among sites; none where there are no sites.

    `on` says which week: local times differ as the clocks change. Raises ValueError for two
    sites of one name, for shares that are all 0, and where following the sun lacks sites, week
    or zone.
    """
    if not sites:
        if follow_sun:
            raise ValueError("Following the sun needs sites: none is given.")
        return None
    names = [site.name for site in sites]
    if len(names) > len(set(names)):
        raise ValueError("Each site needs a name of its own.")
    shares = np.array([site.share for site in sites], dtype=np.float64)
    if not shares.any():
        raise ValueError(f"No site has a share of the work: {', '.join(names)} all have 0.")
    weights = np.tile(shares[:, None], DAYS * HALF_HOURS)
    if not follow_sun:
        return Split(tuple(sites), weights)
    if on is None or not customer_zone:
        raise ValueError("Following the sun needs a week and the customers' time zone.")
    inside = np.array([working_hours(site, customer_zone, on) for site in sites])
    awake = weights * inside.reshape(weights.shape)
    weights = np.where(awake.any(axis=0), awake, weights)
    return Split(tuple(sites), weights, inside)


def working_hours(site: Site, customer_zone: str, on: date) -> Mask:
    """Return the half-hours of the customers' week that lie wholly in the site's window."""
    opens = slot_of(site.opens) * HALF_HOUR_MINUTES
    length = (slot_of(site.closes) - slot_of(site.opens)) % HALF_HOURS or HALF_HOURS
    since = (minutes_at(site.time_zone, customer_zone, on) - opens) % DAY_MINUTES
    found: Mask = since + HALF_HOUR_MINUTES <= length * HALF_HOUR_MINUTES
    return found


def minutes_at(zone: str, customer_zone: str, on: date) -> Agents:
    """Return what the clocks of `zone` show, in minutes since Monday 00:00, as (7, 48).

    For each half-hour of the customers' week that begins on `on`, by the zones' rules for that
    week: zones off by half an hour or three quarters, and changes of the clocks, are minded. A
    half-hour that the customers' clocks skip counts as the one after.
    """
    place, customers = zone_of(zone), zone_of(customer_zone)
    found = np.zeros((DAYS, HALF_HOURS), dtype=np.int64)
    for offset in range(DAYS):
        day = on + timedelta(days=offset)
        for slot in range(HALF_HOURS):
            instant = datetime.combine(day, start_of(slot), customers).astimezone(UTC)
            local = instant.astimezone(place)
            minutes = local.weekday() * DAY_MINUTES + local.hour * 60 + local.minute
            found[day.weekday(), slot] = minutes
    return found


def in_local_time(agents: Agents, zone: str, customer_zone: str, on: date) -> Agents:
    """Return agents of the customers' week by the site's own weekdays and half-hours, (7, 48).

    A site off by a quarter of an hour counts them in the half-hour that its clocks show. Where
    the clocks change two half-hours may fall together: the larger counts.
    """
    slots = minutes_at(zone, customer_zone, on) // HALF_HOUR_MINUTES
    found = np.zeros(DAYS * HALF_HOURS, dtype=agents.dtype)
    np.maximum.at(found, slots.ravel(), agents.ravel())
    return found.reshape(DAYS, HALF_HOURS)

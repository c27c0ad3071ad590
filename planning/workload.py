"""Half-hours: the work that they hold, and the instants at which a service is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planning import ranges

HALF_HOURS = 48
HALF_HOUR = timedelta(minutes=30)
HALF_HOUR_S = 1800

Window = tuple[time, time]
"""Local wall time, from and to; to 00:00 is midnight, to before from is the next morning."""


def offered_load(contacts: float, interval_s: float, aht_s: float) -> float:
    """Return the work offered, A = contacts · AHT / interval, in Erlang (agents kept busy)."""
    ranges.at_least(0, "The number of contacts", contacts)
    ranges.positive("The interval in seconds", interval_s)
    ranges.positive("The handling time in seconds", aht_s)
    return contacts * aht_s / interval_s


def zone_of(name: str) -> ZoneInfo:
    """Return the IANA zone of that name, or say that there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"{name!r} is not a time zone; write one like Europe/Berlin.") from unknown


def slot_of(start: time) -> int:
    """Return the number of the half-hour that begins at `start`, 0 to 47."""
    if start.minute % 30 or start.second or start.microsecond:
        raise ValueError(f"{start:%H:%M} is not the start of a half-hour.")
    return start.hour * 2 + start.minute // 30


def start_of(slot: int) -> time:
    return time(slot // 2, slot % 2 * 30)


def slots_of(window: Window) -> list[int]:
    """Return a window's half-hours counted from its day's midnight, on past 47 where it is."""
    opens, closes = slot_of(window[0]), slot_of(window[1])
    length = (closes - opens) % HALF_HOURS or HALF_HOURS
    return [opens + step for step in range(length)]


def service_half_hours(
    hours_by_weekday: Mapping[int, Sequence[Window]], zone: str, week_start: date
) -> tuple[datetime, ...]:
    """Return the UTC starts of all half-hours open in the seven local days from `week_start`.

    Windows are local wall time, so that a day of 23 or 25 hours has 46 or 50 half-hours, and a
    night shift over the spring change is an hour short. The night after the last day belongs to
    the week; a night that began before the first does not.
    """
    place = zone_of(zone)
    instants: set[datetime] = set()
    for offset in range(7):
        day = week_start + timedelta(days=offset)
        for opens, closes in hours_by_weekday.get(day.weekday(), ()):
            instants.update(_instants(day, opens, closes, place))
    return tuple(sorted(instants))


def _instants(day: date, opens: time, closes: time, place: ZoneInfo) -> list[datetime]:
    slot_of(opens), slot_of(closes)
    last = day if closes > opens else day + timedelta(days=1)
    start = datetime.combine(day, opens, place).astimezone(UTC)
    end = datetime.combine(last, closes, place).astimezone(UTC)
    return [start + step * HALF_HOUR for step in range(-(-(end - start) // HALF_HOUR))]


@dataclass(frozen=True)
class LocalDay:
    """A calendar day of a zone as two instants (UTC): 23 or 25 hours where the clocks change."""

    starts: datetime
    ends: datetime

    @property
    def hours(self) -> float:
        return (self.ends - self.starts) / timedelta(hours=1)

    @property
    def half_hours(self) -> float:
        return (self.ends - self.starts) / HALF_HOUR


def local_day(zone: str, day: date) -> LocalDay:
    place = zone_of(zone)
    starts, ends = (datetime.combine(day + timedelta(days=n), time(), place) for n in (0, 1))
    return LocalDay(starts.astimezone(UTC), ends.astimezone(UTC))


@dataclass(frozen=True)
class SiteWindow:
    """Hours of service as two instants: in UTC, and as the clocks at the site show them."""

    starts: datetime
    ends: datetime
    site_starts: datetime
    site_ends: datetime

    @property
    def hours(self) -> float:
        return (self.ends - self.starts) / timedelta(hours=1)


def window_at_site(customer_zone: str, site_zone: str, day: date, window: Window) -> SiteWindow:
    """Return when a site works so that customers are served in a window of their wall time.

    A window that closes at or before it opens ends on the next day. Raises ValueError for an
    unknown zone.
    """
    place, site = zone_of(customer_zone), zone_of(site_zone)
    opens, closes = window
    last = day if closes > opens else day + timedelta(days=1)
    starts = datetime.combine(day, opens, place).astimezone(UTC)
    ends = datetime.combine(last, closes, place).astimezone(UTC)
    return SiteWindow(starts, ends, starts.astimezone(site), ends.astimezone(site))

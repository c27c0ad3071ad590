"""A line of business as the client describes it: a queue of work, its targets, and who said so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planning import ranges
from planning.impatience import Level
from planning.provenance import Input, Value, spell
from planning.week import BusiestHalfHour, Hours, WeekProfile, open_half_hours

Way = Literal["live", "concurrent", "deferred"]
CHANNELS: Mapping[str, Way] = {
    "phone": "live",
    "video": "live",
    "chat": "concurrent",
    "messaging": "concurrent",
    "sms": "concurrent",
    "social": "concurrent",
    "email": "deferred",
    "ticket": "deferred",
    "back_office": "deferred",
}
DEFAULTS: Mapping[str, tuple[float, str]] = {
    "service_level": (0.80, "Default: 80 % in 20 s, the target most contracts name"),
    "threshold_s": (20, "Default: 80 % in 20 s, the target most contracts name"),
    "max_occupancy": (0.85, "Default: 85 %, usual band 82-88 %"),
    "shrinkage": (0.30, "Default: 30 %, usual for outsourced teams 20-30 %"),
    "weekly_paid_hours": (40, "Default: a 40-hour contract"),
    "concurrency": (1, "Default: one contact at a time"),
    "slowdown": (0.20, "Default: each further chat makes all 20 % slower; measure it"),
}
UNITS: Mapping[str, str] = {
    "contacts": "contacts per half-hour",
    "aht_s": "s",
    "service_level": "share",
    "threshold_s": "s",
    "max_occupancy": "share",
    "shrinkage": "share",
    "patience_s": "s",
    "concurrency": "contacts at once",
    "slowdown": "share per further contact",
    "hours_per_week": "h",
    "weekly_paid_hours": "h",
    "deadline_h": "h",
    "volume_cv": "share of the volume",
    "seats_asked": "seats",
}
NAMES: Mapping[str, str] = {
    "contacts": "Contacts in the busiest half-hour",
    "aht_s": "Average handling time",
    "service_level": "Service level",
    "threshold_s": "Answered within",
    "max_occupancy": "Occupancy cap",
    "shrinkage": "Shrinkage",
    "patience_s": "Mean patience",
    "concurrency": "Contacts handled at once",
    "slowdown": "Slowdown",
    "hours_per_week": "Hours open in a week",
    "weekly_paid_hours": "Paid hours in a week",
    "deadline_h": "Answered within, hours open",
    "volume_cv": "Variation of the volume",
    "seats_asked": "Seats the client asks for at least",
}


@dataclass(frozen=True, kw_only=True)
class LineOfBusiness:
    """A queue of work: one channel, language, tier and speciality.

    Give either `contacts_per_half_hour` (the same in each half-hour of the service `hours`) or a
    `week`. Shares are between 0 and 1. For deferred work `max_occupancy` is the utilisation aimed
    at, `deadline_h` counts hours of service, and service level and threshold are not used.
    `level` is the service level that the contract names. `volume_cv` is by how much the volume of
    a day varies beyond chance (0.06 is 6 %). `seats_asked` is how many seats the client asks for at
    least. `sources` says per field who gave it or where it
    stands ("contacts" for the volume); a field without one that has its default value cites the
    default.
    """

    name: str
    channel: str
    language: str
    tier: int = 1
    contacts_per_half_hour: float | None = None
    week: WeekProfile | None = None
    aht_s: float
    service_level: float = DEFAULTS["service_level"][0]
    threshold_s: float = DEFAULTS["threshold_s"][0]
    max_occupancy: float = DEFAULTS["max_occupancy"][0]
    shrinkage: float = DEFAULTS["shrinkage"][0]
    patience_s: float | None = None
    concurrency: int = 1
    slowdown: float = DEFAULTS["slowdown"][0]
    hours: Hours
    level: Level = "offered"
    deadline_h: float | None = None
    volume_cv: float | None = None
    weekly_paid_hours: float = DEFAULTS["weekly_paid_hours"][0]
    speciality: str = ""
    seats_asked: int | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.channel not in CHANNELS:
            raise ValueError(f"{self.channel!r} is not a channel; use {', '.join(CHANNELS)}.")
        if (self.contacts_per_half_hour is None) == (self.week is None):
            raise ValueError(
                f"Give either the contacts per half-hour of {self.name} or a week, not both."
            )
        ranges.at_least(0, f"The contacts of {self.name}", self.contacts_per_half_hour or 0)
        ranges.positive(f"The handling time of {self.name}", self.aht_s)
        ranges.share_below_one(f"The service level of {self.name}", self.service_level)
        ranges.at_least(0, f"The threshold of {self.name}", self.threshold_s)
        ranges.within(0, 1, f"The occupancy cap of {self.name}", self.max_occupancy)
        ranges.share_below_one(f"The shrinkage of {self.name}", self.shrinkage)
        ranges.whole(f"The concurrency of {self.name}", self.concurrency, least=1)
        ranges.at_least(0, f"The slowdown of {self.name}", self.slowdown)
        ranges.positive(f"The hours a week of {self.name}", self.hours_per_week)
        ranges.within(0, 168, f"The paid hours a week of {self.name}", self.weekly_paid_hours)
        if self.patience_s is not None:
            ranges.positive(f"The patience of {self.name}", self.patience_s)
        if self.deadline_h is not None:
            ranges.at_least(0.5, f"The deadline of {self.name} in hours", self.deadline_h)
        if self.volume_cv is not None:
            ranges.at_least(0, f"The variation of {self.name}", self.volume_cv)
        if self.seats_asked is not None:
            ranges.whole(f"The seats asked for in {self.name}", self.seats_asked, least=1)

    @property
    def way(self) -> Way:
        return CHANNELS[self.channel]

    @cached_property
    def is_open(self) -> NDArray[np.bool_]:
        """Whether it is open in each half-hour of the week, of shape (7, 48)."""
        return open_half_hours(self.hours)

    @property
    def hours_per_week(self) -> float:
        return float(self.is_open.sum()) / 2

    @cached_property
    def given(self) -> WeekProfile:
        """The week as given, whether or not the service is open then."""
        if self.week is not None:
            return self.week
        return WeekProfile.flat(self.contacts_per_half_hour or 0.0, self.hours)

    @cached_property
    def served(self) -> WeekProfile:
        """The week's contacts while the service is open."""
        return self.given.within(self.hours)

    @property
    def busiest(self) -> BusiestHalfHour:
        if self.week is not None:
            return self.served.busiest()
        rule = "The contacts per half-hour as given."
        return BusiestHalfHour(None, None, self.contacts_per_half_hour or 0.0, rule)

    @property
    def handling_s(self) -> float:
        """Return the time one contact takes, at full concurrency: h(k) = h1·(1 + s·(k - 1))."""
        if self.way != "concurrent":
            return self.aht_s
        return self.aht_s * (1 + self.slowdown * (self.concurrency - 1))

    @property
    def weekly_contacts(self) -> float:
        """Return a week's contacts. What may wait may also come while nobody is there."""
        return (self.given if self.way == "deferred" else self.served).total

    @property
    def weekly_contacts_working(self) -> str:
        if self.week is not None:
            return "the week's half-hours, summed"
        contacts = spell(self.contacts_per_half_hour or 0.0)
        return f"{contacts} per half-hour · 2 · {spell(self.hours_per_week)} h"

    def source_of(self, name: str, value: Value) -> str:
        """Return who gave the field, its default's citation, or that nobody said."""
        if name in self.sources:
            return self.sources[name]
        default, citation = DEFAULTS.get(name, (None, ""))
        return citation if value == default else "Source not stated"

    def inputs(self, *names: str) -> tuple[Input, ...]:
        return tuple(self._input(name) for name in names)

    def _input(self, name: str) -> Input:
        value: Value = self.busiest.contacts if name == "contacts" else getattr(self, name)
        return Input(NAMES[name], value, UNITS[name], self.source_of(name, value))

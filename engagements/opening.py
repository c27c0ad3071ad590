"""When a service is open in its first year: its hours, and the public holidays it is closed on."""

from datetime import date
from functools import cache

from core import calendars
from core.places import countries
from planning.service_year import ServiceYear, service_year
from planning.week import Hours

LONGEST = 10  # a city's, as DE-Augsburg, is not stored


def first_year(hours: Hours, region: str, first: date) -> ServiceYear:
    """Count the year from `first` on, closed on the public holidays of `region` if one is given."""
    off: dict[date, str] = {}
    for year in (first.year, first.year + 1) if region else ():
        off |= calendars.public_holidays(region, year)
    return service_year(hours, off, first)


def region_name(region: str) -> str:
    """Name a country, or a region of it as its code says: Germany, Germany (BY)."""
    country, _dash, part = region.partition("-")
    name = dict(countries()).get(country, country)
    return f"{name} ({part})" if part else name


@cache
def regions() -> list[tuple[str, str]]:
    """Return the regions whose public holidays are known, by name.

    Those that have a code of two letters for the country: the library lists most a second time.
    """
    codes = [code for code, _label in calendars.regions() if code != calendars.NONE]
    short = [code for code in codes if len(code.partition("-")[0]) == 2 and len(code) <= LONGEST]
    return sorted(((code, region_name(code)) for code in short), key=lambda pair: pair[1])

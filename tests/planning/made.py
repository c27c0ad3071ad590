"""Lines of business and sites for tests, the plainest there are."""

import dataclasses
from datetime import date, time
from typing import get_args

from hypothesis import strategies as st

from planning.lines import CHANNELS, LineOfBusiness
from planning.sites import Site
from planning.structure import Channels, Grouping, Kind, Structure
from planning.workload import start_of

MONDAY = date(2026, 3, 2)


def open_for(days, hours):
    """Open on so many days from midnight for so many hours."""
    return {day: [(time(), time(hours % 24))] for day in range(days)}


def line(**changed):
    """Return 200 contacts of 360 s in the busiest half-hour, all else by default."""
    plain = {
        "name": "Phone German",
        "channel": "phone",
        "language": "de",
        "contacts_per_half_hour": 200,
        "aht_s": 360,
        "hours": open_for(5, 8),
    }
    if "week" in changed:
        del plain["contacts_per_half_hour"]
    return LineOfBusiness(**(plain | changed))


def site(name="Lisbon", time_zone="Europe/Lisbon", share=1, **changed):
    return Site(name, time_zone, share, **changed)


lines = st.builds(
    line,
    channel=st.sampled_from(list(CHANNELS)),
    contacts_per_half_hour=st.floats(0, 300),
    aht_s=st.floats(30, 1200),
    patience_s=st.none() | st.floats(30, 600),
    concurrency=st.integers(1, 3),
    shrinkage=st.floats(0, 0.6),
    hours=st.builds(open_for, st.integers(1, 7), st.integers(1, 24)),
    volume_cv=st.none() | st.floats(0, 0.5),
)

shares = st.integers(0, 5)
window = st.tuples(st.integers(0, 47), st.integers(1, 47)).map(
    lambda each: (start_of(each[0]), start_of(sum(each) % 48))
)
zones = st.sampled_from(
    ["Europe/Lisbon", "Asia/Kolkata", "Asia/Kathmandu", "America/Bogota", "Australia/Lord_Howe"]
)


@st.composite
def several_sites(draw):
    """Return one to four sites, at least one of them with a share."""
    given = draw(st.lists(st.tuples(zones, shares, window), min_size=1, max_size=4))
    found = [
        Site(f"Site {number}", zone, share, opens, closes)
        for number, (zone, share, (opens, closes)) in enumerate(given, start=1)
    ]
    first = found[0]
    return [
        Site(first.name, first.time_zone, first.share + 1, first.opens, first.closes),
        *found[1:],
    ]


@st.composite
def several_lines(draw):
    """Return one to four lines of few languages, tiers and specialities."""
    given = draw(st.lists(lines, min_size=1, max_size=4))
    return [
        dataclasses.replace(
            each,
            name=f"Line {number}",
            language=draw(st.sampled_from(["de", "fr"])),
            tier=draw(st.integers(1, 2)),
            speciality=draw(st.sampled_from(["", "wireless"])),
            seats_asked=draw(st.none() | st.integers(1, 40)),
        )
        for number, each in enumerate(given, start=1)
    ]


structures = st.builds(
    Structure,
    kind=st.sampled_from(get_args(Kind)),
    teams_by=st.sampled_from(get_args(Grouping)),
    channels=st.sampled_from(get_args(Channels)),
    leads_per_supervisor=st.integers(2, 8),
    supervisors_per_manager=st.integers(2, 8),
    share_roles=st.booleans(),
    extra_roles=st.sampled_from([(), ("account_manager", "trainer")]),
)

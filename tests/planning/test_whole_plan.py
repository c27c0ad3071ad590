"""Laws that hold for every plan, whatever its lines, structure, sites and shifts."""

import dataclasses
import json
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.provenance import Figure
from planning.shifts import DEFAULT_SHIFTS
from planning.sites import working_hours
from planning.staffing import plan
from tests.planning.made import MONDAY, several_lines, several_sites, structures

WHEN = {"on": MONDAY, "customer_zone": "Europe/Berlin"}
plans = st.builds(
    plan,
    several_lines(),
    structures,
    seats_by=st.sampled_from(["peak", "week"]),
    sites=st.just([]) | several_sites(),
    shifts=st.sampled_from([(), DEFAULT_SHIFTS]),
    part_time=st.booleans(),
    on=st.just(MONDAY),
    customer_zone=st.just("Europe/Berlin"),
)
few = settings(max_examples=60)


@few
@given(planned=plans)
def test_every_seat_is_counted_and_every_figure_can_be_stored(planned):
    seats = list(planned.seats())

    assert len(seats) == planned.total_seats
    counted = Counter()
    for role in planned.roles:
        counted[role.role] += role.count
    assert Counter(seat.role for seat in seats) == +counted
    agents = Counter(seat.line for seat in seats if seat.role == "agent")
    assert agents == +Counter({each.line.name: each.seats for each in planned.lines})
    values = {figure.key: figure.value for figure in planned.totals}
    assert values["total_seats"] == len(seats)
    assert len(values) == len(planned.totals)
    stored = json.loads(json.dumps([figure.to_json() for figure in planned.figures]))
    assert tuple(Figure.from_json(each) for each in stored) == planned.figures


@few
@given(planned=plans)
def test_every_seat_reports_up_to_one_root(planned):
    there = {(role.role, role.site): role for role in planned.roles if role.count}
    roots = set()
    for seat in planned.seats():
        site = seat.site if planned.structure.kind == "geographic" else ""
        role = there[seat.role, site]
        while role.parent:
            role = there.get((role.parent, role.site)) or there[role.parent, ""]
        roots.add((role.role, role.site, role.count))

    assert len(roots) == (1 if planned.total_seats else 0)
    assert all(count == 1 for _, _, count in roots)


@few
@given(planned=plans)
def test_teams_are_balanced_and_never_mix_sites(planned):
    seats = [seat for seat in planned.seats() if seat.team]

    places = {team.number: (team.site, team.size) for team in planned.teams}
    for number, (site, size) in places.items():
        team = [seat for seat in seats if seat.team == number]
        assert {seat.site for seat in team} == {site}
        assert [seat.role for seat in team] == ["team_lead"] + ["agent"] * size
    groups = {}
    for team in planned.teams:
        groups.setdefault((team.site, team.pool), []).append(team.size)
    assert all(max(sizes) - min(sizes) <= 1 for sizes in groups.values())


@few
@given(planned=plans)
def test_nobody_holds_more_than_one_whole_person(planned):
    for seat in planned.seats():
        assert sum(share for _, share in seat.duties) <= 1
        assert not seat.duties or seat.role == seat.duties[0][0]
        assert seat.fte in {1, 0.5}


@few
@given(lines=several_lines(), structure=structures, sites=several_sites(), sun=st.booleans())
def test_several_sites_never_need_fewer_than_one_and_lose_nobody(lines, structure, sites, sun):
    lines = [dataclasses.replace(line, seats_asked=None) for line in lines]

    one = plan(lines, structure)
    several = plan(lines, structure, sites=sites, follow_sun=sun, **WHEN)

    assert several.agent_seats >= one.agent_seats
    for alone, split in zip(one.lines, several.lines, strict=True):
        assert (np.sum([part.agents for part in split.parts], axis=0) == split.week.agents).all()
        assert structure.channels == "pooled" or split.seats >= alone.seats
        assert (split.week.agents == alone.week.agents).all() or structure.channels == "pooled"


@few
@given(lines=several_lines(), structure=structures, sites=several_sites())
def test_nobody_is_at_a_site_out_of_hours_while_another_is_at_work(lines, structure, sites):
    planned = plan(lines, structure, sites=sites, follow_sun=True, **WHEN)

    inside = {site.name: working_hours(site, "Europe/Berlin", MONDAY) for site in sites}
    awake = np.any([inside[site.name] for site in sites if site.share], axis=0)
    for site in sites:
        away = planned.agents_at(site.name)[awake & ~inside[site.name]]
        assert not away.any()


@few
@given(
    lines=several_lines(),
    structure=structures,
    sites=st.just([]) | several_sites(),
    more=st.floats(1, 2),
)
def test_more_work_never_needs_fewer_seats(lines, structure, sites, more):
    busier = [
        dataclasses.replace(line, contacts_per_half_hour=line.contacts_per_half_hour * more)
        for line in lines
    ]

    assert (
        plan(lines, structure, sites=sites).agent_seats
        <= plan(busier, structure, sites=sites).agent_seats
    )

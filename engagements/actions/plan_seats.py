"""A plan's seats and teams, made in one go."""

from collections.abc import Iterator
from datetime import date

from engagements.models import Engagement, LineOfBusiness, Seat, StaffingPlan, Team
from engagements.staffing import language_of
from engagements.wish import Wish
from planning import staffing
from planning.ramp_starts import starts_of
from planning.structure import AGENT, TEAM_LEAD

Sites = dict[str, int]


def make_seats(
    plan: StaffingPlan, planned: staffing.StaffingPlan, wish: Wish, go_live: date
) -> list[Seat]:
    """Number the seats on from those that there are, and put them into their teams."""
    engagement = plan.engagement
    lines = {line.name: line for line in plan.requirements.lines.all()}
    sites = {site.name: wanted.site for site, wanted in zip(planned.sites, wish.sites, strict=True)}
    teams = _make_teams(engagement, planned, lines, sites)
    first = engagement.seats.count() + 1
    seats = [
        Seat(
            engagement=engagement,
            plan=plan,
            number=f"{engagement.code}-{number:03}",
            role=seat.role,
            line=lines.get(seat.line),
            team=teams.get(seat.team),
            site_id=sites.get(seat.site),
            language=language_of(seat, planned, lines),
            tier=seat.tier or None,
            shift=seat.shift,
            fte=seat.fte,
            duties=[[role, float(share)] for role, share in seat.duties],
            starts_on=starts_on,
        )
        for number, (seat, starts_on) in enumerate(_starting(plan, planned, go_live), start=first)
    ]
    return Seat.objects.bulk_create(seats)


def _starting(
    plan: StaffingPlan, planned: staffing.StaffingPlan, go_live: date
) -> Iterator[tuple[staffing.SeatPlan, date]]:
    """Yield each seat with the day on which it starts: agents by the ramp, team after team.

    A lead starts with the first of the team, everybody else on the day of the go-live.
    """
    days = iter(starts_of(plan.requirements.ramp, go_live, planned.agent_seats))
    waiting: staffing.SeatPlan | None = None
    for seat in planned.seats():
        if seat.role == TEAM_LEAD:
            waiting = seat
        elif seat.role == AGENT:
            day = next(days)
            if waiting:
                yield waiting, day
                waiting = None
            yield seat, day
        else:
            yield seat, go_live


def _make_teams(
    engagement: Engagement,
    planned: staffing.StaffingPlan,
    lines: dict[str, LineOfBusiness],
    sites: Sites,
) -> dict[int, Team]:
    """Make the plan's teams; those of an earlier plan that bear the same name are taken over."""
    standing = {team.name: team for team in engagement.teams.all()}
    found = {}
    for each in planned.teams:
        name = f"Team {each.number}"
        team = standing.pop(name, None) or Team(engagement=engagement, name=name)
        names = [line for line, _ in each.members]
        team.line = lines[names[0]] if len(names) == 1 else None
        team.site_id = sites.get(each.site)
        found[each.number] = team
    engagement.teams.filter(name__in=standing).delete()
    kept = [team for team in found.values() if team.pk is not None]
    Team.objects.bulk_update(kept, ["line", "site"])
    Team.objects.bulk_create([team for team in found.values() if team.pk is None])
    return found

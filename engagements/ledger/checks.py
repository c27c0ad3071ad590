"""Whether the sums over seats equal the newest plan, and if not, where they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst

from engagements.models import Engagement, Seat
from engagements.models.engagements import BEFORE_AGREEMENT
from engagements.models.seats import GONE
from vendors.models import Role

REOPEN = "Reopen the vacated seats for a backfill."
REPLAN = "Nothing is agreed yet: make the plan anew, which makes its seats anew."
FEWER = "Ask for the missing seats by a new version of the requirements."
MORE = "Cancel what is not needed, or write it into a new version of the requirements."


@dataclass(frozen=True)
class Difference:
    """One sum that is not what the plan says: in a sentence, what can be done, and where."""

    kind: str
    planned: int
    wanted: int
    text: str
    remedy: str
    url: str


@dataclass(frozen=True)
class Sums:
    """An engagement's seats counted by all that a plan speaks of: (role, line, team, site)."""

    engagement: Engagement
    wanted: Counter[tuple[str, str, str, str]]
    vacated: Counter[tuple[str, str, str, str]]
    teams: Mapping[str, int]

    def of(self, counted: Counter[tuple[str, str, str, str]], **asked: str) -> int:
        names = ("role", "line", "team", "site")
        return sum(
            count
            for key, count in counted.items()
            if all(asked.get(name, value) == value for name, value in zip(names, key, strict=True))
        )

    def compare(self, kind: str, what: str, planned: int, **asked: str) -> Difference | None:
        """Compare one number of the plan with the seats that have all that is `asked`."""
        wanted = self.of(self.wanted, **asked)
        if wanted == planned:
            return None
        vacated = self.of(self.vacated, **asked)
        more = _by(wanted - planned)
        text = f"{what}: the plan has {planned}, and {_seats(wanted)} wanted, {more}."
        if vacated:
            text += f" {vacated} {'is' if vacated == 1 else 'are'} vacated."
        remedy = self._remedy(planned - wanted, vacated)
        return Difference(kind, planned, wanted, text, remedy, self._url(vacated, asked))

    def _remedy(self, missing: int, vacated: int) -> str:
        if self.engagement.state in BEFORE_AGREEMENT:
            return REPLAN
        if missing < 0:
            return MORE
        return REOPEN if vacated >= missing else f"{REOPEN} {FEWER}" if vacated else FEWER

    def _url(self, vacated: int, asked: Mapping[str, str]) -> str:
        """Lead to the seats that are meant: the vacated ones, where there are any."""
        query = QueryDict(mutable=True)
        for name, value in asked.items():
            if value:
                query[name] = str(self.teams.get(value, "")) if name == "team" else value
        if vacated:
            query["state"] = Seat.State.VACATED
        path = reverse("engagements:seats", args=[self.engagement.pk])
        return f"{path}?{query.urlencode()}" if query else path


def check(engagement: Engagement) -> list[Difference]:
    """Compare the newest plan with the wanted seats: by role, line, team and site, if it says.

    Three queries. Without a plan there is nothing to compare.
    """
    plan = engagement.plans.order_by("-version").only("structure", "total_seats").first()
    if plan is None:
        return []
    sums = _sums(engagement)
    structure = plan.structure
    compared = [
        *_roles(sums, structure.get("roles", []), plan.total_seats),
        *_lines(sums, structure.get("lines", [])),
        *_teams(sums, structure.get("teams", [])),
        *_sites(sums, structure.get("sites", [])),
    ]
    return [each for each in compared if each is not None]


def _sums(engagement: Engagement) -> Sums:
    found = (
        engagement.seats.exclude(state=Seat.State.CANCELLED)
        .order_by()
        .values_list("role", "line__name", "team__name", "site__name", "state")
        .annotate(count=Count("pk"))
    )
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    vacated: Counter[tuple[str, str, str, str]] = Counter()
    for role, line, team, site, state, count in found:
        counted = vacated if state in GONE else wanted
        counted[role, line or "", team or "", site or ""] += count
    teams = dict(engagement.teams.values_list("name", "pk"))
    return Sums(engagement, wanted, vacated, teams)


Compared = Iterator[Difference | None]
Given = Iterable[Mapping[str, Any]]


def _roles(sums: Sums, roles: Given, total: int) -> Compared:
    planned: Counter[str] = Counter()
    for each in roles:  # a geographic plan has a role once for each site
        planned[each["role"]] += each["count"]
    if not planned:  # an older plan, which only has its sum
        yield sums.compare("total", "All seats", total)
        return
    for role in dict.fromkeys([*planned, *(key[0] for key in sums.wanted)]):
        yield sums.compare("role", _role(role), planned[role], role=role)


def _lines(sums: Sums, lines: Given) -> Compared:
    planned = {each["name"]: each["seats"] for each in lines}
    if planned:
        at_a_line = [key[1] for key in sums.wanted if key[0] == Role.AGENT]
        for line in dict.fromkeys([*planned, *at_a_line]):
            what = f"Agents of {line}" if line else "Agents without a line"
            yield sums.compare("line", what, planned.get(line, 0), role=Role.AGENT, line=line)


def _teams(sums: Sums, teams: Given) -> Compared:
    planned = {each.get("name") or f"Team {each['number']}": each["size"] for each in teams}
    if planned:
        in_a_team = [key[2] for key in sums.wanted if key[0] == Role.AGENT]
        for team in dict.fromkeys([*planned, *in_a_team]):
            what = f"Agents in {team}" if team else "Agents without a team"
            yield sums.compare("team", what, planned.get(team, 0), role=Role.AGENT, team=team)


def _sites(sums: Sums, sites: Given) -> Compared:
    """Compare each site's agents, line by line where the plan says so much."""
    for each in sites:
        site, seats = each.get("name", ""), each.get("seats")
        if isinstance(seats, int):
            what = f"Agents in {site}"
            yield sums.compare("site", what, seats, role=Role.AGENT, site=site)
        for line, count in _by_line(seats):
            what = f"Agents of {line} in {site}"
            yield sums.compare("site", what, count, role=Role.AGENT, line=line, site=site)


def _by_line(seats: Any) -> Iterable[tuple[str, int]]:
    """Read seats by line as an object, as pairs, or as rows of {line, seats}."""
    if isinstance(seats, Mapping):
        return list(seats.items())
    rows = seats if isinstance(seats, list) else []
    return [
        (row["line"], row["seats"]) if isinstance(row, Mapping) else (row[0], row[1])
        for row in rows
    ]


def _role(role: str) -> str:
    return capfirst(str(Role(role).label)) if role in Role.values else capfirst(role)


def _seats(count: int) -> str:
    return f"{count} seat{'' if count == 1 else 's'} {'is' if count == 1 else 'are'}"


def _by(difference: int) -> str:
    return f"{abs(difference)} {'more' if difference > 0 else 'fewer'}"

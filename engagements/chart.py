"""The org chart of a day: who reports to whom, what is filled, and how long what is not.

Drawn from the seats as they were, in the order of the plan that held: `core/_org.html` draws it
as a tree on the page and on paper, and as a nested list on a phone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst

from core.models import Actor
from engagements import holders
from engagements.models import Engagement, Seat, StaffingPlan
from engagements.models.seats import HELD
from vendors.models import Role

FEW_TEAMS = 12
Node = dict[str, Any]
# Where a plan does not say whom a role reports to. The nearest that there is counts.
ABOVE = {
    Role.MANAGER: Role.DIRECTOR,
    Role.SUPERVISOR: Role.MANAGER,
    Role.TEAM_LEAD: Role.SUPERVISOR,
    Role.AGENT: Role.TEAM_LEAD,
}
NO_SITE = "No site yet"
Seats = Sequence[Any]  # Seat with state_then and vacant_since


@dataclass(frozen=True)
class Chart:
    """The tree of a day, and the sums that its page begins with."""

    day: date
    nodes: list[Node]
    places: int
    filled: int
    vacant: str

    @property
    def sentence(self) -> str:
        if not self.places:
            return f"There were no seats on {_written(self.day)}."
        text = f"{self.filled} of {self.places} places are filled on {_written(self.day)}"
        return f"{text}; {self.vacant}." if self.vacant else f"{text}, none is vacant."


def seats_of(engagement: Engagement, day: date, zone: tzinfo) -> list[Any]:
    """Return the places there were on a day: wanted seats, and vacated ones."""
    rows = engagement.seats.places(day, zone).select_related("team", "site")
    return list(rows.order_by("number"))


def chart(
    engagement: Engagement,
    plan: StaffingPlan | None,
    day: date,
    zone: tzinfo,
    *,
    actor: Actor | None = None,
) -> Chart:
    """Draw the places of a day under the roles of the plan that held.

    For an actor each node opens to its seats, and to who holds them now as far as the
    actor may know. Without one it is drawn for paper: nothing to open, many teams by size.
    """
    places = seats_of(engagement, day, zone)
    names = holders.holders_of(places, actor) if actor else {}
    draw = _Drawing(engagement, plan.structure if plan else {}, day, names, for_paper=not actor)
    filled = sum(seat.state_then in HELD for seat in places)
    return Chart(day, draw.tree(places), len(places), filled, vacancies(places, day))


def vacancies(seats: Seats, day: date) -> str:
    """Say how many are vacant and how long the oldest is: "2 vacant, the oldest for 34 days"."""
    vacant = [s for s in seats if s.vacant_since or s.state_then == Seat.State.VACATED]
    if not vacant:
        return ""
    days = max(((day - s.vacant_since).days for s in vacant if s.vacant_since), default=0)
    age = f"{days} day{'' if days == 1 else 's'}"
    if not days:
        return f"{len(vacant)} vacant"
    return f"{len(vacant)} vacant{', the oldest' * (len(vacant) > 1)} for {age}"


class _Drawing:
    """Builds the nodes of one chart, and holds what all of them need."""

    def __init__(
        self,
        engagement: Engagement,
        structure: Mapping[str, Any],
        day: date,
        names: Mapping[int, holders.Holder],
        *,
        for_paper: bool,
    ) -> None:
        self.day, self.names, self.for_paper = day, names, for_paper
        self.list_url = reverse("engagements:seats", args=[engagement.pk])
        self.is_by_site = structure.get("kind") == "geographic"
        self.parents = dict(ABOVE) | {
            each["role"]: each["parent"] for each in structure.get("roles", [])
        }

    def tree(self, seats: Seats) -> list[Node]:
        """Return the roles from the top; of a geographic structure, a tree of them at each site."""
        if self.is_by_site and _sites(seats) != [NO_SITE]:
            return self._by_site(seats, self._roles)
        return self._roles(seats)

    def _roles(self, seats: Seats) -> list[Node]:
        by_role: defaultdict[str, list[Any]] = defaultdict(list)
        for seat in seats:
            by_role[seat.role].append(seat)
        parents = {role: self._parent(role, by_role) for role in by_role}
        return self._below("", by_role, parents)

    def _below(
        self, parent: str, by_role: Mapping[str, Seats], parents: Mapping[str, str]
    ) -> list[Node]:
        found: list[Node] = []
        for role in sorted((r for r in by_role if parents[r] == parent), key=_rank):
            if role == Role.AGENT:
                found += self._agents(by_role[role], by_role.get(Role.TEAM_LEAD, []))
                continue
            seats = by_role[role]
            label = capfirst(str(Role(role).label)) + "s" * (len(seats) > 1)
            below = self._below(role, by_role, parents)
            found.append(self._node(label, seats, below, where=_where(seats), role=role))
        return found

    def _parent(self, role: str, present: Mapping[str, Any]) -> str:
        """Return the nearest role above that somebody has, or none: then it is at the top."""
        above = self.parents.get(role, "" if role == Role.DIRECTOR else Role.MANAGER)
        seen = {role}
        while above and above not in present and above not in seen:
            seen.add(above)
            above = self.parents.get(above, "")
        return "" if above in seen else str(above)

    def _agents(self, agents: Seats, leads: Seats) -> list[Node]:
        """Return the teams, at each site where there are several."""
        if len(_sites(agents)) > 1:
            return self._by_site(agents, lambda seats: self._teams(seats, leads))
        return self._teams(agents, leads)

    def _by_site(self, seats: Seats, inside: Callable[[Seats], list[Node]]) -> list[Node]:
        nodes = []
        for site in _sites(seats):
            there = [seat for seat in seats if _site(seat) == site]
            asked = {} if site == NO_SITE else {"site": site}
            nodes.append(self._node(site, there, inside(there), lists=False, **asked))
        return nodes

    def _teams(self, agents: Seats, leads: Seats) -> list[Node]:
        by_team: defaultdict[Any, list[Any]] = defaultdict(list)
        for seat in agents:
            by_team[seat.team].append(seat)
        leads_of = {seat.team_id: seat for seat in leads if seat.team_id}
        teams = sorted(by_team, key=lambda team: (team is None, len(str(team)), str(team)))
        nodes = [self._team(team, by_team[team], leads_of) for team in teams]
        if len(nodes) <= FEW_TEAMS:
            return nodes
        if self.for_paper:
            return self._by_size(list(by_team.values()))
        note = vacancies(agents, self.day)
        return [
            {
                "label": f"{len(nodes)} teams",
                "count": _count(agents),
                "note": note,
                "folded": "Open the teams",
                "children": nodes,
            }
        ]

    def _team(self, team: Any, agents: Seats, leads: Mapping[int, Any]) -> Node:
        if team is None:
            return self._node("Agents without a team", agents, [], role=Role.AGENT)
        lead = leads.get(team.pk)
        shown = [lead, *agents] if lead else agents
        led = [self._led_by(lead)] if lead else []
        node = self._node(str(team), agents, [], where=led, team=str(team.pk))
        return node if self.for_paper else {**node, "seats": self._listed(shown)}

    def _led_by(self, lead: Any) -> str:
        if lead.state_then not in HELD:
            return f"to be led by {lead.number}"
        holder = self.names.get(lead.pk)
        return f"led by {holder.label}" if holder else f"led by {lead.number}"

    def _by_size(self, teams: Sequence[Seats]) -> list[Node]:
        """Draw many teams on paper as one node for each size."""
        sizes: defaultdict[int, list[Any]] = defaultdict(list)
        numbers = Counter(len(team) for team in teams)
        for team in teams:
            sizes[len(team)] += team
        return [
            {
                "label": f"{numbers[size]} team{'s' * (numbers[size] > 1)} of {size}",
                "count": _count(seats),
                "note": vacancies(seats, self.day),
            }
            for size, seats in sorted(sizes.items(), reverse=True)
        ]

    def _node(
        self,
        label: str,
        seats: Seats,
        children: list[Node],
        *,
        where: Sequence[str] = (),
        lists: bool = True,
        **asked: str,
    ) -> Node:
        node: Node = {
            "label": label,
            "count": _count(seats),
            "note": "; ".join(filter(None, [*where, vacancies(seats, self.day)])),
            "children": children,
        }
        if self.for_paper:
            return node
        query = QueryDict(mutable=True)
        query.update(asked)
        node["url"] = f"{self.list_url}?{query.urlencode()}"
        return {**node, "seats": self._listed(seats)} if lists else node

    def _listed(self, seats: Seats) -> list[dict[str, Any]]:
        """Return the seats that a node opens to, each with its state and holder."""
        return [
            {
                "label": seat.number,
                "url": seat.get_absolute_url(),
                "state": str(Seat.State(seat.state_then).label),
                "since": seat.vacant_since,
                "holder": self.names.get(seat.pk),
            }
            for seat in seats
        ]


def _count(seats: Seats) -> str:
    return f"{sum(seat.state_then in HELD for seat in seats)} of {len(seats)}"


def _site(seat: Any) -> str:
    return seat.site.name if seat.site else NO_SITE


def _sites(seats: Iterable[Any]) -> list[str]:
    return sorted({_site(seat) for seat in seats}, key=lambda site: (site == NO_SITE, site))


def _where(seats: Seats) -> list[str]:
    """Say where the people of one role are, if not all in one place."""
    counted = Counter(_site(seat) for seat in seats if seat.site)
    if len(counted) < 2:
        return []
    return [", ".join(f"{count} in {site}" for site, count in sorted(counted.items()))]


RANKS = [
    Role.DIRECTOR,
    Role.MANAGER,
    Role.SUPERVISOR,
    Role.TEAM_LEAD,
    *(role for role in Role if role not in {*ABOVE, Role.DIRECTOR}),
    Role.AGENT,
]


def _rank(role: str) -> int:
    return RANKS.index(Role(role))


def _written(day: date) -> str:
    return f"{day:%-d %B %Y}"

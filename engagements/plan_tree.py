"""A plan's organisation as a tree, as it is stored: roles, with the teams at the leaves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from core.places import languages
from engagements.chart import FEW_TEAMS, Node
from engagements.models import StaffingPlan
from vendors.models import Role

Stored = Mapping[str, Any]


def organisation(row: StaffingPlan) -> list[Node]:
    """Return the tree of roles, those without anybody left out.

    In a geographic plan each site has its own roles: whoever leads them leads that site's only.
    """
    roles = [role for role in row.structure.get("roles", []) if role["count"]]
    teams = row.structure.get("teams", [])

    def below(parent: str, site: str) -> list[Node]:
        if parent == Role.TEAM_LEAD:
            return _team_nodes([team for team in teams if not site or team.get("site") == site])
        return [
            _role(role, below(role["role"], role.get("site", "")))
            for role in roles
            if role["parent"] == parent and (not site or role.get("site", "") == site)
        ]

    return below("", "")


def _role(role: Stored, children: list[Node]) -> Node:
    return {
        "label": _plural(str(Role(role["role"]).label).capitalize(), role["count"]),
        "count": role["count"],
        "note": role.get("site", ""),
        "url": reverse("engagements:charter", args=[role["role"]]),
        "children": children,
    }


def _plural(label: str, count: int) -> str:
    if count == 1:
        return label
    return f"{label}es" if label.endswith("ch") else f"{label}s"


def _team_nodes(teams: Sequence[Stored]) -> list[Node]:
    """Return one node for each pool of people who share teams, with its teams below."""
    pools: dict[str, list[Stored]] = {}
    for team in teams:
        pools.setdefault(team["pool"], []).append(team)
    names = dict(languages())
    return [
        {
            "label": names.get(pool[:2], pool[:2]) + pool[2:],
            "count": sum(team["size"] for team in there),
            "note": f"agents in {len(there)} team{'s' * (len(there) > 1)}",
            "children": _each(there) if len(there) <= FEW_TEAMS else _by_size(there),
        }
        for pool, there in pools.items()
    ]


def _each(teams: Sequence[Stored]) -> list[Node]:
    return [
        {
            "label": team.get("name") or f"Team {team['number']}",
            "count": team["size"],
            "note": ", ".join(f"{count} {name}" for name, count in team["members"]),
        }
        for team in teams
    ]


def _by_size(teams: Sequence[Stored]) -> list[Node]:
    """Draw many teams as one node for each size."""
    sizes = Counter(team["size"] for team in teams)
    return [
        {"label": f"{count} team{'s' * (count > 1)} of {size}", "count": count * size}
        for size, count in sizes.items()
    ]

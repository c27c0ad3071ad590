"""What somebody asks of a staffing plan: its structure, its sites, and why it is not the usual."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any

from engagements.policies import SPAN
from planning.sites import Site
from vendors.models import Site as SiteRow


@dataclass(frozen=True)
class AtSite:
    """A site's part of the work, as a weight, and when people work there by its own clocks."""

    site: int
    share: int
    opens: str = "08:00"
    closes: str = "18:00"


@dataclass(frozen=True)
class Wish:
    """How a plan is to be made. The names are those of `planning.structure.Structure`.

    An empty `kind` is the one that the requirements wish for; no sites are one place for all.
    `decisions` say where it differs from what the rules recommend (`engagements.recommendation`).
    """

    kind: str = ""
    teams_by: str = "language_and_tier"
    channels: str = "split"
    share_roles: bool = False
    extra_roles: tuple[str, ...] = ()
    seats_by: str = "peak"
    target_span: int = 0
    part_time: bool = False
    follow_sun: bool = False
    sites: tuple[AtSite, ...] = ()
    decisions: tuple[Mapping[str, Any], ...] = ()

    @property
    def span(self) -> int:
        """Return the agents for a lead: those asked for, or our policy's."""
        return self.target_span or SPAN.value()

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON reads it back: with lists, where it has tuples."""
        said = asdict(self)
        return said | {name: list(said[name]) for name in ("extra_roles", "sites", "decisions")}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Wish":
        """Read a stored wish. What an older one does not say is as it was then: the default."""
        known = {field.name for field in fields(cls)}
        said = {name: value for name, value in stored.items() if name in known}
        said["sites"] = tuple(AtSite(**each) for each in stored.get("sites", []))
        for name in ("extra_roles", "decisions"):
            said[name] = tuple(stored.get(name, []))
        return cls(**said)


def planned_sites(wish: Wish) -> list[Site]:
    """Return the wish's sites as `planning` takes them, each with how many can work there."""
    rows = SiteRow.objects.in_bulk([each.site for each in wish.sites])
    return [_planned(rows[each.site], each) for each in wish.sites]


def _planned(row: SiteRow, wanted: AtSite) -> Site:
    return Site(
        row.name,
        row.time_zone,
        wanted.share,
        opens=time.fromisoformat(wanted.opens),
        closes=time.fromisoformat(wanted.closes),
        capacity=row.seats or None,
    )

"""A planned line's seats at each site over the shifts there, in the site's own time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planning.derivations import MINUS, line_figure
from planning.line_plan import Agents, LinePlan
from planning.provenance import Figure, Step, spell
from planning.shifts import Shift, half_time_fits, outside_hours, share_over_shifts
from planning.sites import HALF, Site, SiteShare, in_local_time

BY_HOURS = (
    "The shift that covers the most agent-hours takes them, then the one that covers the most of "
    "the rest, and so on; seats by these hours, whole people only (Sainte-Laguë)"
)


@dataclass(frozen=True)
class Shifts:
    """The shifts that people are hired for, at sites in their own time in the week from `on`.

    `part_time` allows one half-time seat of a line at a site where the week's hours take half a
    person less than there are seats.
    """

    shifts: tuple[Shift, ...] = ()
    part_time: bool = False
    zones: tuple[tuple[str, str], ...] = ()
    on: date | None = None
    customer_zone: str = ""

    def of(self, plan: LinePlan) -> LinePlan:
        """Return the plan with its seats on shifts, and the figures that say so."""
        parts = tuple(self._part(plan, part) for part in plan.parts)
        figures, cautions = plan.figures, plan.cautions
        if self.shifts:
            figures = (*figures, _by_shift(plan, parts))
            cautions = (*cautions, *self._outside(plan))
        if any(part.half_time for part in parts):
            figures = (*figures, _with_half_time(plan, parts))
        return replace(plan, parts=parts, figures=figures, cautions=cautions)

    def _part(self, plan: LinePlan, part: SiteShare) -> SiteShare:
        shares = part.shifts
        if self.shifts and part.seats:
            agents = part.agents if part.agents.any() else plan.line.is_open.astype(int)
            local = self._local(agents, part.site)
            shares = share_over_shifts(local, part.seats, self.shifts, of=plan.line.name)
        half_time = self.part_time and half_time_fits(part.seats, part.fte)
        return replace(part, shifts=shares, half_time=half_time)

    def _local(self, agents: Agents, site: str) -> Agents:
        zone = dict(self.zones).get(site)
        if zone is None or self.on is None:
            return agents
        return in_local_time(agents, zone, self.customer_zone, self.on)

    def _outside(self, plan: LinePlan) -> list[str]:
        found = []
        for part in plan.parts:
            hours = outside_hours(self._local(part.agents, part.site), self.shifts)
            if hours:
                where = f" at {part.site}" if part.site else ""
                found.append(
                    f"{plan.line.name}{where}: {spell(hours)} agent-hours a week lie outside all "
                    "shifts, and nobody is hired for them."
                )
        return found


def shifts_at(
    shifts: Sequence[Shift],
    sites: Sequence[Site],
    *,
    part_time: bool = False,
    on: date | None = None,
    customer_zone: str = "",
) -> Shifts:
    """Return the shifts as they are at these sites, or in the customers' time where none is named.

    Raises ValueError where local times can't be told for want of a week or a zone.
    """
    if shifts and sites and (on is None or not customer_zone):
        raise ValueError("Shifts at sites need a week and the customers' time zone.")
    zones = tuple((site.name, site.time_zone) for site in sites)
    return Shifts(tuple(shifts), part_time, zones, on, customer_zone)


def _by_shift(plan: LinePlan, parts: Sequence[SiteShare]) -> Figure:
    shared = [(part, share) for part in parts for share in part.shifts if share.seats]
    total = sum(share.seats for _, share in shared)
    return line_figure(
        plan.line,
        "seats_by_shift",
        "Seats by shift",
        total,
        unit="seats",
        formula=f"{' + '.join(str(share.seats) for _, share in shared) or 0} = {total}",
        inputs=(),
        steps=tuple(
            Step(
                f"{share.shift.name}{f', {part.site}' if part.site else ''}",
                share.seats,
                f"{share.shift.starts:%H:%M}-{share.shift.ends:%H:%M}, {spell(share.hours)} "
                "agent-hours a week",
            )
            for part, share in shared
        ),
        source=BY_HOURS,
        note="A share-out and not a roster: who works on which day, and when, it does not say. "
        "Times are the site's own.",
    )


def _with_half_time(plan: LinePlan, parts: Sequence[SiteShare]) -> Figure:
    halves = [part for part in parts if part.half_time]
    seats = sum(part.seats for part in parts)
    fte = float(seats - len(halves) * HALF)
    return line_figure(
        plan.line,
        "fte_employed",
        "Full-time people in the seats",
        fte,
        unit="FTE",
        formula=f"{seats} {MINUS} {len(halves)} · 0.5 = {spell(fte)}",
        inputs=("shrinkage", "weekly_paid_hours"),
        steps=tuple(
            Step(
                f"Full-time people needed{f' at {part.site}' if part.site else ''}",
                part.fte,
                f"{part.seats} {MINUS} {spell(part.fte)} = {spell(part.seats - part.fte)} to spare",
            )
            for part in halves
        ),
        source="One seat is half-time where the week's hours leave half a person to spare",
        note="In the busiest half-hour one person may be missing.",
    )

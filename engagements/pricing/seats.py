"""What of a seat decides its price: role, language, tier, site, and the work of its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from engagements.models import LineOfBusiness, Seat
from engagements.staffing import language_of, planned_line
from planning import lines, staffing
from vendors.models import Site

WEEKS_IN_A_MONTH = Fraction(52, 12)


@dataclass(frozen=True)
class Work:
    """A line's paid hours, shrinkage and contacts, each with who gave it; `line` is its name."""

    line: str
    paid_hours: Decimal
    hours_source: str
    shrinkage: Decimal
    shrinkage_source: str
    contacts: Decimal = Decimal(0)
    contacts_source: str = ""

    @property
    def monthly_hours(self) -> Fraction:
        """Return the productive hours of a full-time seat: paid · (1 - shrinkage) · 52 ÷ 12."""
        return Fraction(self.paid_hours) * Fraction(1 - self.shrinkage) * WEEKS_IN_A_MONTH

    @property
    def monthly_contacts(self) -> Fraction:
        return Fraction(self.contacts) * WEEKS_IN_A_MONTH


STANDARD = Work(
    "",
    Decimal(str(lines.DEFAULTS["weekly_paid_hours"][0])),
    lines.DEFAULTS["weekly_paid_hours"][1],
    Decimal(str(lines.DEFAULTS["shrinkage"][0])),
    lines.DEFAULTS["shrinkage"][1],
)


@dataclass(frozen=True)
class SeatToPrice:
    """One seat; without a line its hours are those of `STANDARD`, which cites our defaults."""

    role: str
    language: str = ""
    tier: int | None = None
    site: Site | None = None
    work: Work = STANDARD
    fte: Decimal = Decimal(1)


def of_seats(seats: QuerySet[Seat], given_by: str) -> list[SeatToPrice]:
    """Return stored seats as they are priced.

    What a seat leaves empty, its line says of the tier and its team of the site.
    """
    works: dict[int, Work] = {}
    found = []
    # Each line is read once: hundreds of seats share a few, whose weeks are long.
    of_these = LineOfBusiness.objects.filter(pk__in=seats.order_by().values("line"))
    lines = {line.pk: line for line in of_these.select_related("requirements")}
    for seat in seats.select_related("site__vendor", "team__site__vendor"):
        line = lines.get(seat.line_id) if seat.line_id else None
        if line and line.pk not in works:
            works[line.pk] = _work(line, f"{given_by}, requirements v{line.requirements.version}")
        found.append(
            SeatToPrice(
                seat.role,
                seat.language,
                line.tier if seat.tier is None and line else seat.tier,
                seat.site or (seat.team.site if seat.team else None),
                works[line.pk] if line else STANDARD,
                seat.fte,
            )
        )
    return found


def of_plan(
    planned: staffing.StaffingPlan, rows: Mapping[str, LineOfBusiness]
) -> list[SeatToPrice]:
    """Return the seats of a plan that nobody has stored, as they are priced."""
    works = {each.line.name: work_of(each.line) for each in planned.lines}
    names = [site.name for site in planned.sites]
    sites = {site.name: site for site in Site.objects.filter(name__in=names)} if names else {}
    return [
        SeatToPrice(
            seat.role,
            language_of(seat, planned, rows),
            tier=rows[seat.line].tier if seat.line else None,
            site=sites.get(seat.site),
            work=works.get(seat.line, STANDARD),
            fte=seat.fte,
        )
        for seat in planned.seats()
    ]


def _work(line: LineOfBusiness, given_by: str) -> Work:
    """Return a stored line's work; one that can't be planned has no contacts to price by."""
    try:
        return work_of(planned_line(line, given_by))
    except ValueError:
        return Work(line.name, line.weekly_paid_hours, given_by, line.shrinkage, given_by)


def work_of(line: lines.LineOfBusiness) -> Work:
    """Return a planned line's work. Work that may wait is done whenever it came in."""
    week = line.given if line.way == "deferred" else line.served
    return Work(
        line.name,
        Decimal(str(line.weekly_paid_hours)),
        _source(line, "weekly_paid_hours"),
        Decimal(str(line.shrinkage)),
        _source(line, "shrinkage"),
        _total(week.contacts.ravel().tolist()),
        line.sources.get("contacts", ""),
    )


def _source(line: lines.LineOfBusiness, name: str) -> str:
    return line.sources.get(name, lines.DEFAULTS[name][1])


def _total(contacts: Iterable[float]) -> Decimal:
    """Add the numbers as they are written, not as the machine holds them."""
    return sum((Decimal(str(each)) for each in contacts if each), Decimal(0))

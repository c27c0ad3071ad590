"""What seats cost the client in a month by our prices, and us by our and the vendors' costs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from django.db.models import QuerySet
from django.utils.functional import cached_property

from engagements.models import Engagement, Seat
from engagements.pricing.cards import Choice, Conversion, choose
from engagements.pricing.seats import SeatToPrice, Work, of_seats
from vendors.models import Rate, RateCard, Role, Site, Unit

CENT = Decimal("0.01")
LEAST_RATE = Decimal("0.0001")
Key = tuple[str, str, int | None, Site | None]
ORDER = [str(role) for role in Role]


def half_up(value: Fraction, step: Decimal = CENT) -> Decimal:
    """Round to a whole number of steps, halves up: 0.125 is 0.13."""
    return (floor(value / Fraction(step) + Fraction(1, 2)) * step).quantize(step, ROUND_HALF_UP)


@dataclass(frozen=True)
class Part:
    """Of a line's seats those of one work: full-time people, and their share of its contacts."""

    work: Work
    fte: Decimal
    share: Fraction

    @property
    def hours(self) -> Fraction:
        return Fraction(self.fte) * self.work.monthly_hours

    @property
    def contacts(self) -> Fraction:
        return self.share * self.work.monthly_contacts


@dataclass(frozen=True)
class PriceLine:
    """Seats alike in role, language, tier and site; without an amount, `problem` says why."""

    role: str
    language: str
    tier: int | None
    site: Site | None
    seats: int
    parts: tuple[Part, ...]
    choice: Choice
    rate: Rate | None

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)

    @property
    def label(self) -> str:
        name = " ".join(filter(None, [self.role_label, self.language]))
        tier = "" if self.tier is None else f"tier {self.tier}"
        return ", ".join(filter(None, [name, tier, self.site.name if self.site else ""]))

    @property
    def fte(self) -> Decimal:
        return sum((part.fte for part in self.parts), Decimal(0))

    @property
    def quantity(self) -> Fraction:
        """Return what the rate is multiplied by: full-time people, hours or contacts a month."""
        unit = self.rate.unit if self.rate else Unit.MONTH
        if unit == Unit.MONTH:
            return Fraction(self.fte)
        name = "hours" if unit == Unit.HOUR else "contacts"
        return sum((getattr(part, name) for part in self.parts), Fraction(0))

    @cached_property
    def total(self) -> Decimal | None:
        """Return rate · quantity · exchange rate, rounded once, after multiplying."""
        if self.rate is None or self.problem:
            return None
        return half_up(Fraction(self.rate.amount) * self.quantity * self.choice.factor)

    @property
    def each(self) -> Decimal | None:
        """Return the rate in the table's currency, rounded where it was converted."""
        if self.rate is None:
            return None
        step = LEAST_RATE if self.rate.unit == Unit.CONTACT else CENT
        return half_up(Fraction(self.rate.amount) * self.choice.factor, step)

    @property
    def problem(self) -> str:
        if self.choice.card is None:
            return self.choice.problem
        if self.rate is None:
            return f"“{self.choice.card.name}” has no rate for {self.label}."
        if not self.quantity:
            return f"{self.label} is priced by contact, but no line says how many it has."
        return ""


@dataclass(frozen=True)
class PriceTable:
    """Prices line by line, agents first; costs too where they were asked for.

    `missing` names what no price was found for, which `total` lacks.
    """

    currency: str
    on: date
    lines: tuple[PriceLine, ...]
    costs: tuple[PriceLine, ...] | None = None

    @property
    def total(self) -> Decimal:
        return _sum(self.lines)

    @property
    def seats(self) -> int:
        return sum(line.seats for line in self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(line.label for line in self.lines if line.total is None)

    @property
    def problems(self) -> tuple[str, ...]:
        """Return a sentence for each thing without which a price is missing."""
        return _problems(self.lines)

    @property
    def cost_problems(self) -> tuple[str, ...]:
        return _problems(self.costs or ())

    @property
    def conversions(self) -> tuple[Conversion, ...]:
        return conversions(self.lines)

    @property
    def cost_conversions(self) -> tuple[Conversion, ...]:
        return conversions(self.costs or ())

    @property
    def cost(self) -> Decimal | None:
        """Return what the seats cost us; none where a cost is missing: it is never guessed."""
        if self.costs is None or self.cost_problems:
            return None
        return _sum(self.costs)

    @property
    def exact_margin(self) -> Fraction | None:
        """Return (price - cost) ÷ price; none where a price or a cost is missing."""
        if self.cost is None or self.missing or not self.total:
            return None
        return Fraction(self.total - self.cost) / Fraction(self.total)

    @property
    def margin(self) -> Decimal | None:
        exact = self.exact_margin
        return None if exact is None else half_up(exact, Decimal("0.0001"))

    def is_below(self, floor: Decimal) -> bool:
        """Whether the margin is known to be less than the floor. Not rounded: 19.999 % is below."""
        exact = self.exact_margin
        return exact is not None and exact < Fraction(floor)

    @property
    def agent_hours(self) -> Fraction:
        return sum((part.hours for part in self.agent_parts), Fraction(0))

    @property
    def contacts(self) -> Fraction:
        return sum((part.contacts for part in self.agent_parts), Fraction(0))

    @property
    def agent_parts(self) -> list[Part]:
        return [part for line in self.lines if line.role == Role.AGENT for part in line.parts]


def _sum(lines: Iterable[PriceLine]) -> Decimal:
    return sum((line.total for line in lines if line.total is not None), Decimal(0))


def _problems(lines: Iterable[PriceLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.problem for line in lines if line.problem))


def conversions(lines: Iterable[PriceLine]) -> tuple[Conversion, ...]:
    used = (line.choice.conversion for line in lines)
    return tuple(dict.fromkeys(each for each in used if each))


def price_table(
    engagement: Engagement,
    *,
    on: date,
    seats: QuerySet[Seat] | None = None,
    costs: bool = False,
) -> PriceTable:
    """Price the wanted seats, or others of the engagement's, by the cards valid that day.

    Costs are for who may see our margin: ask for them only there.
    """
    chosen = engagement.seats.wanted() if seats is None else seats
    found = of_seats(chosen, str(engagement.client))
    return price_of(found, engagement.currency, on=on, costs=costs)


def price_of(
    seats: Sequence[SeatToPrice], currency: str, *, on: date, costs: bool = False
) -> PriceTable:
    """Price seats by our prices; with `costs` by ours too, or the vendor's whose site it is."""
    groups = _groups(seats)
    cost = _priced(groups, RateCard.Kind.COST, currency, on) if costs else None
    return PriceTable(currency, on, _priced(groups, RateCard.Kind.PRICE, currency, on), cost)


def _groups(seats: Sequence[SeatToPrice]) -> list[tuple[Key, int, tuple[Part, ...]]]:
    """Put seats alike together. A line's contacts are shared over its agents by their hours."""
    of_line: Counter[Work] = Counter()
    for seat in seats:
        if seat.role == Role.AGENT:
            of_line[seat.work] += seat.fte  # type: ignore[assignment]
    counts: Counter[Key] = Counter()
    fte: dict[Key, Counter[Work]] = {}
    for seat in seats:
        key = (seat.role, seat.language, seat.tier, seat.site)
        counts[key] += 1
        fte.setdefault(key, Counter())[seat.work] += seat.fte  # type: ignore[assignment]
    return [
        (key, counts[key], tuple(_part(key[0], *each, of_line) for each in fte[key].items()))
        for key in sorted(counts, key=_place)
    ]


def _part(role: str, work: Work, fte: Decimal | int, of_line: Counter[Work]) -> Part:
    share = Fraction(fte) / Fraction(of_line[work]) if role == Role.AGENT else Fraction(0)
    return Part(work, Decimal(fte), share)


def _place(key: Key) -> tuple[int, str, int, str]:
    role, language, tier, site = key
    return ORDER.index(role), language, tier or 0, str(site or "")


def _priced(
    groups: list[tuple[Key, int, tuple[Part, ...]]], kind: RateCard.Kind, currency: str, on: date
) -> tuple[PriceLine, ...]:
    """Price each group by the newest card: ours, or for costs that of whose site it is."""
    by_site = kind == RateCard.Kind.COST
    owners = [site.vendor if site and by_site else None for (*_, site), _, _ in groups]
    choices = choose(kind, owners, currency, on=on)
    found = []
    for (key, count, parts), owner in zip(groups, owners, strict=True):
        choice = choices[owner]
        rate = choice.card.rate_for(*key) if choice.card else None
        found.append(PriceLine(*key, count, parts, choice, rate))
    return tuple(found)

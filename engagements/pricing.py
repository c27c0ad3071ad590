"""What an engagement's seats cost the client in a month, by our rate card."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engagements.models import Engagement
from vendors.models import RateCard, Role


@dataclass(frozen=True)
class PriceLine:
    """Seats of one role and language; without a rate, `monthly` and `total` are none."""

    role: str
    label: str
    language: str
    seats: int
    monthly: Decimal | None

    @property
    def total(self) -> Decimal | None:
        return None if self.monthly is None else self.monthly * self.seats


@dataclass(frozen=True)
class PriceTable:
    """The lines, agents first; `missing` names what no rate was found for, which `total` lacks."""

    lines: tuple[PriceLine, ...]
    currency: str
    card: RateCard | None

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines if line.total is not None), Decimal(0))

    @property
    def seats(self) -> int:
        return sum(line.seats for line in self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(
            " ".join(filter(None, [line.label, line.language]))
            for line in self.lines
            if line.monthly is None
        )


def price_table(engagement: Engagement, *, on: date) -> PriceTable:
    """Price the wanted seats by the newest card of our own, valid that day, in its currency."""
    counts = Counter(engagement.seats.wanted().values_list("role", "language"))
    return price_of(counts, engagement.currency, on=on)


def price_of(counts: Mapping[tuple[str, str], int], currency: str, *, on: date) -> PriceTable:
    """Price so many seats of each role and language."""
    cards = RateCard.objects.ours().valid(on).filter(currency=currency)
    card = cards.prefetch_related("rates").order_by("-valid_from", "-pk").first()
    order = {str(role): place for place, role in enumerate(Role)}
    return PriceTable(
        lines=tuple(
            _line(card, role, language, counts[role, language])
            for role, language in sorted(counts, key=lambda key: (order[key[0]], key[1]))
        ),
        currency=currency,
        card=card,
    )


def _line(card: RateCard | None, role: str, language: str, seats: int) -> PriceLine:
    rate = card.rate_for(role, language) if card else None
    return PriceLine(role, str(Role(role).label), language, seats, rate.monthly if rate else None)

"""Which card prices a seat on a day, and by which stated rate it is converted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format

from vendors.models import ExchangeRate, RateCard, Vendor


@dataclass(frozen=True)
class Conversion:
    """From a card's currency into another, by a stated rate, or by the inverse of one."""

    base: str
    quote: str
    stated: ExchangeRate

    @property
    def is_inverse(self) -> bool:
        return self.stated.base != self.base

    @property
    def factor(self) -> Fraction:
        rate = Fraction(self.stated.rate)
        return 1 / rate if self.is_inverse else rate

    @property
    def rate_in_words(self) -> str:
        """Return the rate as it is stated: "0.92", or "1 ÷ 1.087" for an inverse one."""
        rate = f"{self.stated.rate.normalize():f}"
        return f"1 ÷ {rate}" if self.is_inverse else rate

    @property
    def source(self) -> str:
        return f"{self.stated.source}, stated for {date_format(self.stated.on, 'j M Y')}"

    def __str__(self) -> str:
        return f"1 {self.base} = {self.rate_in_words} {self.quote} ({self.source})"


@dataclass(frozen=True)
class Choice:
    """The card that holds, with its conversion if it needs one; or what stands in the way."""

    card: RateCard | None = None
    conversion: Conversion | None = None
    problem: str = ""

    @property
    def factor(self) -> Fraction:
        return self.conversion.factor if self.conversion else Fraction(1)


def choose(
    kind: RateCard.Kind, owners: Iterable[Vendor | None], currency: str, *, on: date
) -> dict[Vendor | None, Choice]:
    """Choose the card of each owner (None: of ours) that holds on a day.

    The newest in the currency goes before all others. Without one, the newest in another currency
    that a stated rate converts is taken.
    """
    found = list(
        RateCard.objects.valid(on)
        .filter(kind=kind)
        .prefetch_related("rates")
        .order_by("-valid_from", "-pk")
    )
    rates: dict[str, Conversion | None] = {}
    return {
        owner: _choice(
            [card for card in found if card.vendor_id == (owner.pk if owner else None)],
            currency,
            on=on,
            otherwise=_no_card(kind, owner, on),
            rates=rates,
        )
        for owner in owners
    }


def _choice(
    cards: list[RateCard],
    currency: str,
    *,
    on: date,
    otherwise: str,
    rates: dict[str, Conversion | None],
) -> Choice:
    for card in cards:
        if card.currency == currency:
            return Choice(card)
    for card in cards:
        if card.currency not in rates:
            rates[card.currency] = conversion(card.currency, currency, on=on)
        if converted := rates[card.currency]:
            return Choice(card, converted)
    return Choice(problem=_no_rate(cards[0], currency, on) if cards else otherwise)


def conversion(base: str, quote: str, *, on: date) -> Conversion | None:
    """Return the conversion by the newest rate stated, be it that of the way back."""
    there = ExchangeRate.objects.newest(base, quote, on=on)
    back = ExchangeRate.objects.newest(quote, base, on=on)
    stated = back if back and (there is None or there.on < back.on) else there
    return Conversion(base, quote, stated) if stated else None


def _no_card(kind: RateCard.Kind, owner: Vendor | None, on: date) -> str:
    day = date_format(on, "j M Y")
    if owner:
        return f"No rate card of {owner} is valid on {day}: add one on its page."
    what = "prices" if kind == RateCard.Kind.PRICE else "costs"
    return f"No card of our {what} is valid on {day}: add one under Our sites and rates."


def _no_rate(card: RateCard, currency: str, on: date) -> str:
    day = date_format(on, "j M Y")
    return (
        f"No exchange rate between {card.currency} and {currency} is stated for {day} or before: "
        f"“{card.name}” needs one. Add it under Vendors, Exchange rates."
    )

"""Why it costs that: each price with the rates, hours and conversions that went into it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from engagements.policies import MARGIN_FLOOR
from engagements.pricing.cards import Conversion
from engagements.pricing.seats import Work
from engagements.pricing.table import CENT, LEAST_RATE, PriceLine, PriceTable, conversions, half_up
from planning.provenance import Figure, Input, Step
from vendors.models import Unit

METHOD = (
    "Rate cards: a line is rate · quantity (· exchange rate), rounded to 0.01, halves up, after "
    "multiplying; a week's hours and contacts · 52 ÷ 12 are a month's"
)
QUANTITY = {Unit.MONTH: "full-time seats", Unit.HOUR: "h", Unit.CONTACT: "contacts"}


def price_figures(table: PriceTable) -> list[Figure]:
    """Return the price of a month, and of a seat, a productive hour and a contact, with their why.

    The last three are left out where a price is missing, since they would be too low. Cost and
    margin are there only if the table has its costs, each of them: nothing is guessed.
    """
    if not table.lines:
        return []
    figures = [_month("price.month", "A month", table.total, table, table.lines)]
    if not table.missing:
        figures += _units(table)
    if table.cost is not None and table.costs is not None:
        cost = "Cost of a month"
        figures.append(_month("cost.month", cost, table.cost, table, table.costs))
        figures += _margin(table)
    return figures


def _month(
    key: str, label: str, total: Decimal, table: PriceTable, lines: tuple[PriceLine, ...]
) -> Figure:
    known = [line for line in lines if line.total is not None]
    lacking = [line.label for line in lines if line.total is None]
    amounts = " + ".join(f"{line.total:,.2f}" for line in known) or "0"
    return Figure(
        key=key,
        label=label,
        value=float(total),
        unit=f"{table.currency} a month",
        formula=f"Σ of the lines = {amounts} = {total:,.2f} {table.currency}",
        inputs=tuple(_inputs(known)),
        steps=tuple(_step(line, table.currency) for line in known),
        source=METHOD,
        note=f"Without {'; '.join(lacking)}: no rate is known" if lacking else "",
    )


def _inputs(lines: list[PriceLine]) -> Iterator[Input]:
    for line in lines:
        rate, card = line.rate, line.choice.card
        if rate is None or card is None:
            continue
        source = f"{card}, {card.validity}"
        yield Input(
            f"Rate of {line.label}",
            float(rate.amount),
            f"{card.currency} {rate.unit.label}",
            source,
        )
    for work in _works_of(lines, Unit.HOUR):
        yield from _hours_of(work)
    for work in _works_of(lines, Unit.CONTACT):
        yield from _contacts_of(work)
    yield from map(_converted, conversions(lines))


def _works_of(lines: list[PriceLine], unit: Unit) -> list[Work]:
    return list(
        dict.fromkeys(part.work for line in lines if _unit(line) == unit for part in line.parts)
    )


def _unit(line: PriceLine) -> Unit | None:
    return line.rate.unit if line.rate else None


def _hours_of(work: Work) -> Iterator[Input]:
    of = work.line or "who has no line"
    yield Input(f"Paid hours a week, {of}", float(work.paid_hours), "h", work.hours_source)
    yield Input(f"Shrinkage, {of}", float(work.shrinkage), "share", work.shrinkage_source)


def _contacts_of(work: Work) -> Iterator[Input]:
    if work.contacts:
        name = f"Contacts a week, {work.line}"
        yield Input(name, float(work.contacts), "contacts", work.contacts_source)


def _converted(conversion: Conversion) -> Input:
    name = f"1 {conversion.base} in {conversion.quote}"
    value = conversion.rate_in_words if conversion.is_inverse else float(conversion.stated.rate)
    return Input(name, value, conversion.quote, conversion.source)


def _step(line: PriceLine, currency: str) -> Step:
    """Write a line's sum: "2 full-time seats · 3,100.50 EUR a month"."""
    rate, card = line.rate, line.choice.card
    if rate is None or card is None or line.total is None:
        raise ValueError(f"{line.label} has no price.")
    parts = [
        f"{_plain(line.quantity)} {QUANTITY[rate.unit]}{_arises(line)}",
        f"{rate.amount.normalize():,f} {card.currency}",
    ]
    if line.choice.conversion:
        parts.append(line.choice.conversion.rate_in_words)
    seats = f"{line.seats} seat{'s' * (line.seats > 1)}"
    return Step(f"{line.label}, {seats}, {currency}", float(line.total), " · ".join(parts))


def _arises(line: PriceLine) -> str:
    """Say in brackets how hours or contacts of a month come about."""
    unit = _unit(line)
    if unit == Unit.HOUR:
        sums = [
            f"{_plain(part.fte)} · {part.work.paid_hours.normalize():f} h · "
            f"(1 - {part.work.shrinkage.normalize():f}) · 52 ÷ 12"
            for part in line.parts
        ]
    elif unit == Unit.CONTACT:
        sums = [
            f"{part.work.contacts.normalize():,f} · 52 ÷ 12"
            + (f" · {_plain(part.share)} of its agents' hours" if part.share != 1 else "")
            for part in line.parts
            if part.contacts
        ]
    else:
        return ""
    return f" ({' + '.join(sums)})"


def _plain(value: Fraction | Decimal) -> str:
    return f"{half_up(Fraction(value)).normalize():,f}"


def _units(table: PriceTable) -> Iterator[Figure]:
    month = Input("Price of a month", float(table.total), table.currency, "The lines above")
    seats = Input("Seats", table.seats, "seats", "The seats that are priced")
    yield _unit_price(
        "seat_month", "A seat and month", table, [month, seats], among=Fraction(table.seats)
    )
    works = _works(table)
    if hours := table.agent_hours:
        inputs = [month, *(each for work in works for each in _hours_of(work))]
        yield _unit_price(
            "productive_hour", "A productive hour", table, inputs, among=hours, unit="h"
        )
    if contacts := table.contacts:
        inputs = [month, *(each for work in works for each in _contacts_of(work))]
        yield _unit_price("contact", "A contact", table, inputs, among=contacts, unit="contacts")


def _works(table: PriceTable) -> Iterable[Work]:
    return list(dict.fromkeys(part.work for part in table.agent_parts))


def _unit_price(
    key: str,
    label: str,
    table: PriceTable,
    inputs: Iterable[Input],
    *,
    among: Fraction,
    unit: str = "seats",
) -> Figure:
    """Divide the price of a month: by seats, by agents' productive hours, or by contacts."""
    step = LEAST_RATE if key == "contact" else CENT
    value = half_up(Fraction(table.total) / among, step)
    currency = table.currency
    return Figure(
        key=f"price.{key}",
        label=label,
        value=float(value),
        unit=f"{currency} {label[0].lower()}{label[1:]}",
        formula=f"{table.total:,.2f} {currency} ÷ {_plain(among)} {unit} = {value:,f} {currency}",
        inputs=tuple(inputs),
        steps=tuple(_steps_of(key, table)),
        source=METHOD,
        note="" if unit == "seats" else "The whole price, leads and support included",
    )


def _steps_of(key: str, table: PriceTable) -> Iterator[Step]:
    if key == "seat_month":
        return
    for work in _works(table):
        parts = [part for part in table.agent_parts if part.work == work]
        of = work.line or "who has no line"
        if key == "productive_hour":
            hours = sum((part.hours for part in parts), Fraction(0))
            fte = sum((part.fte for part in parts), Decimal(0))
            each = f"{work.paid_hours.normalize():f} h · (1 - {work.shrinkage.normalize():f})"
            working = f"{_plain(fte)} · {each} · 52 ÷ 12"
            yield Step(f"Productive hours a month, {of}", float(half_up(hours)), working)
        elif work.contacts:
            working = f"{work.contacts.normalize():,f} · 52 ÷ 12"
            value = float(half_up(work.monthly_contacts))
            yield Step(f"Contacts a month, {of}", value, working)


def _margin(table: PriceTable) -> Iterator[Figure]:
    if table.margin is None or table.cost is None:
        return
    price, cost = table.total, table.cost
    floor = MARGIN_FLOOR.value()
    yield Figure(
        key="margin",
        label="Margin",
        value=float(table.margin),
        unit="share",
        formula=f"({price:,.2f} - {cost:,.2f}) ÷ {price:,.2f} = {table.margin.normalize():f}",
        inputs=(
            Input("Price of a month", float(price), table.currency, "Our prices"),
            Input("Cost of a month", float(cost), table.currency, "Our and the vendors' costs"),
            Input("Floor", float(floor), "share", "Our policy: the margin of a proposal"),
        ),
        steps=(),
        source=METHOD,
        note="Below our floor: one more approver is asked" if table.is_below(floor) else "",
    )

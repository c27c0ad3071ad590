"""Vendors in different states, their documents, sites and rates, and our own rates."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core import files
from portal.book import Book
from portal.demo.clock import Clock
from portal.demo.people import People
from vendors.models import (
    ExchangeRate,
    Rate,
    RateCard,
    Role,
    Site,
    Vendor,
    VendorDocument,
    VendorPerson,
)

# Name, kind, country, days ago for each step taken.
House = tuple[str, str, str, dict[str, int]]
# Kind, valid from and until in days from now.
Paper = tuple[str, int, int | None]
VENDORS: dict[str, House] = {
    "wisla": (
        "Wisła Contact Partners",
        "delivery",
        "PL",
        {"submit": 352, "approve": 340},
    ),
    "levante": (
        "Levante Talento",
        "sourcing",
        "ES",
        {"submit": 310, "approve": 296},
    ),
    "tejo": (
        "Tejo Operações",
        "delivery",
        "PT",
        {"submit": 330, "approve": 318, "suspend": 16},
    ),
    "baltic": ("Baltic Voices", "sourcing", "LT", {"submit": 9}),
}
DOCUMENTS: dict[str, list[Paper]] = {
    "wisla": [
        ("registration", -350, None),
        ("data_protection", -350, 380),
        ("insurance", -345, 19),  # expires soon
        ("security", -200, 165),
    ],
    "levante": [
        ("registration", -305, None),
        ("data_protection", -305, 425),
        ("insurance", -300, 65),
    ],
    "tejo": [
        ("registration", -330, None),
        ("data_protection", -330, 400),
        ("insurance", -383, -18),  # expired: why it is suspended
    ],
    "baltic": [("registration", -12, None), ("data_protection", -10, 355)],
}
# key: vendor, name, city, country, time zone, seats
SITES = {
    "krakow": (None, "Cadre Kraków", "Kraków", "PL", "Europe/Warsaw", 120),
    "lisbon": (None, "Cadre Lisboa", "Lisboa", "PT", "Europe/Lisbon", 80),
    "malaga": (None, "Cadre Málaga", "Málaga", "ES", "Europe/Madrid", 60),
    "katowice": ("wisla", "Wisła Katowice", "Katowice", "PL", "Europe/Warsaw", 45),
    "porto": ("tejo", "Tejo Porto", "Porto", "PT", "Europe/Lisbon", 30),
}
OURS = {
    Role.TEAM_LEAD: 3950,
    Role.SUPERVISOR: 4600,
    Role.QUALITY_ANALYST: 3800,
    Role.TRAINER: 3900,
    Role.WORKFORCE_PLANNER: 4100,
    Role.MANAGER: 6200,
}
AGENTS = {"": 2750, "de": 3350, "fr": 3150, "es": 2680, "en": 2850, "nb": 4100, "nl": 3450}
AGENTS |= {"it": 2900, "sv": 3700}
OUR_COSTS = Decimal("0.72")  # of what we charge
TIER_TWO = Decimal("1.12")
LISBON_HOUR = Decimal("16.40")
ZLOTY = Decimal("4.26")


@dataclass
class Market:
    """The vendors and sites by their keys."""

    vendors: dict[str, Vendor]
    sites: dict[str, Site]


def bring_in(book: Book, people: People, clock: Clock) -> Market:
    """Write vendors with their histories, sites and rate cards."""
    market = Market({}, {})
    enter(market, VENDORS, DOCUMENTS, book=book, people=people, clock=clock)
    market.sites = {key: _site(market.vendors, row) for key, row in SITES.items()}
    _rates(clock, market)
    return market


def enter(
    market: Market,
    vendors: dict[str, House],
    documents: dict[str, list[Paper]],
    *,
    book: Book,
    people: People,
    clock: Clock,
) -> None:
    """Add vendors to the market, each with its history and its documents."""
    made = {key: _vendor(book, people, clock, house) for key, house in vendors.items()}
    book.save(Vendor)
    for key, vendor in made.items():
        if key in people.users:
            VendorPerson.objects.create(vendor=vendor, user=people.user(key))
        _documents(people, clock, key, vendor, documents[key])
    market.vendors |= made


def _vendor(book: Book, people: People, clock: Clock, house: House) -> Vendor:
    name, kind, country, steps = house
    first = max(steps.values())
    vendor = Vendor(
        name=name,
        kind=kind,
        country=country,
        notes="Fiction: a company made up for the demo.",
        created_at=clock.ago(first + 6),
    )
    for step, at in clock.each_ago(steps).items():
        note = "Its insurance has expired." if step == "suspend" else ""
        by = people.actor("bizdev" if step == "submit" else "hr")
        book.tell(vendor, step, at, by, note)
    return book.add(vendor)


def _documents(people: People, clock: Clock, key: str, vendor: Vendor, papers: list[Paper]) -> None:
    by = people.actor(key if key in people.users else "bizdev")
    for kind, start, end in papers:
        row = VendorDocument.objects.create(
            vendor=vendor,
            kind=kind,
            valid_from=clock.today + timedelta(days=start),
            expires_on=None if end is None else clock.today + timedelta(days=end),
        )
        text = f"{row.get_kind_display()}\n{vendor.name}\n\nFiction: made up for the demo.\n"
        row.file = files.store(row, name=f"{kind}.txt", content=text.encode(), by=by)
        row.save()


def _site(vendors: dict[str, Vendor], row: tuple[str | None, str, str, str, str, int]) -> Site:
    vendor, name, city, country, zone, seats = row
    return Site.objects.create(
        vendor=vendors[vendor] if vendor else None,
        name=name,
        city=city,
        country=country,
        time_zone=zone,
        seats=seats,
    )


def _rates(clock: Clock, market: Market) -> None:
    """Write what we charge and what it costs us, this year and last, and what two vendors ask."""
    year = clock.today.replace(month=1, day=1)
    last = year.replace(year=year.year - 1)
    until = year - timedelta(days=1)
    price, cost, vendors = RateCard.Kind.PRICE, RateCard.Kind.COST, market.vendors
    for start, end, share in [(last, until, "0.96"), (year, None, "1")]:
        prices = _card(f"Standard rates {start.year}", price, start, end)
        _fill(prices, Decimal(share))
        _of_tier(prices, Decimal(share))
        costs = _card(f"Payroll and sites {start.year}", cost, start, end)
        _fill(costs, Decimal(share) * OUR_COSTS)
        lisbon = market.sites["lisbon"]
        Rate.objects.create(card=costs, role=Role.AGENT, site=lisbon, hourly=LISBON_HOUR)
    in_zloty = _card("Katowice, by seat", cost, last, None, vendor=vendors["wisla"], currency="PLN")
    _fill(in_zloty, Decimal("0.74") * ZLOTY)
    _fill(_card("Porto, by seat", cost, last, None, vendor=vendors["tejo"]), Decimal("0.78"))
    ExchangeRate.objects.create(
        base="EUR", quote="PLN", rate=ZLOTY, on=last, source="Fiction: made up for the demo"
    )


def _card(
    name: str,
    kind: RateCard.Kind,
    start: date,
    end: date | None,
    *,
    vendor: Vendor | None = None,
    currency: str = "EUR",
) -> RateCard:
    return RateCard.objects.create(
        vendor=vendor, name=name, kind=kind, currency=currency, valid_from=start, valid_to=end
    )


def _fill(card: RateCard, share: Decimal) -> None:
    prices = [(role, "", price) for role, price in OURS.items()]
    prices += [(Role.AGENT, language, price) for language, price in AGENTS.items()]
    Rate.objects.bulk_create(
        Rate(card=card, role=role, language=language, monthly=(price * share).quantize(Decimal(1)))
        for role, language, price in prices
    )


def _of_tier(card: RateCard, share: Decimal) -> None:
    """Write what an agent of the second tier costs more, by language."""
    Rate.objects.bulk_create(
        Rate(
            card=card,
            role=Role.AGENT,
            language=language,
            tier=2,
            monthly=(price * share * TIER_TWO).quantize(Decimal(1)),
        )
        for language, price in AGENTS.items()
    )

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from engagements.pricing import price_table
from engagements.pricing.table import half_up
from tests.factories.engagements import (
    EngagementFactory,
    LineOfBusinessFactory,
    SeatFactory,
    TeamFactory,
)
from tests.factories.vendors import RateCardFactory, RateFactory, SiteFactory, VendorFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def table_of(seat, **more):
    return price_table(seat.engagement, on=DAY, **more)


def totals(table):
    return [(line.label, line.seats, line.total) for line in table.lines]


def on_line(line, **fields):
    return SeatFactory(engagement=line.requirements.engagement, line=line, **fields)


def test_wanted_seats_are_priced_by_role_and_language():
    card = RateCardFactory()
    RateFactory(card=card, language="de", monthly=Decimal("3100.50"))
    RateFactory(card=card, role="team_lead", monthly=4000)
    engagement = EngagementFactory()
    for role, state in [("team_lead", "live"), *[("agent", "planned")] * 2, ("agent", "cancelled")]:
        SeatFactory(engagement=engagement, role=role, state=state)

    table = price_table(engagement, on=DAY)

    assert totals(table) == [
        ("agent de", 2, Decimal("6201.00")),
        ("team lead de", 1, Decimal("4000.00")),
    ]
    assert (table.total, table.seats, table.currency) == (Decimal("10201.00"), 3, "EUR")
    assert (table.missing, table.problems, table.costs) == ((), (), None)


def test_seats_that_differ_in_tier_or_site_are_priced_apart():
    card, site = RateCardFactory(), SiteFactory(name="Mogilska")
    for amount, row in [(3000, {}), (3300, {"tier": 2}), (2800, {"site": site})]:
        RateFactory(card=card, monthly=amount, **row)
    seat = SeatFactory()
    SeatFactory(engagement=seat.engagement, tier=2)
    SeatFactory(engagement=seat.engagement, tier=2, site=site)

    assert totals(table_of(seat)) == [
        ("agent de", 1, 3000),
        ("agent de, tier 2", 1, 3300),
        ("agent de, tier 2, Mogilska", 1, 2800),
    ]


def test_seat_has_the_tier_of_its_line_and_the_site_of_its_team_unless_it_says_its_own():
    line, site = LineOfBusinessFactory(tier=2), SiteFactory(name="Mogilska")
    team = TeamFactory(engagement=line.requirements.engagement, site=site)
    RateFactory()
    on_line(line, team=team)
    on_line(line, team=team, tier=3, site=SiteFactory(name="Other"))

    assert [line.label for line in table_of(team).lines] == [
        "agent de, tier 2, Mogilska",
        "agent de, tier 3, Other",
    ]


def test_a_months_rate_is_of_a_full_time_seat():
    RateFactory(monthly=Decimal("2999.99"))
    seat = SeatFactory(fte=Decimal("0.25"))
    SeatFactory(engagement=seat.engagement, fte=Decimal("0.5"))

    # 0.75 · 2,999.99 = 2,249.9925
    assert totals(table_of(seat)) == [("agent de", 2, Decimal("2249.99"))]


def test_an_hours_rate_is_of_the_productive_hours_of_the_seats_line():
    RateFactory(hourly=Decimal("21.50"))
    line = LineOfBusinessFactory(shrinkage=Decimal("0.25"), weekly_paid_hours=Decimal("38.5"))
    seat = on_line(line)
    on_line(line, fte=Decimal("0.5"))

    (priced,) = table_of(seat).lines

    # 1.5 · 38.5 h · 0.75 · 52 ÷ 12 = 187.6875 h
    assert priced.quantity == Fraction("187.6875")
    assert priced.total == Decimal("4035.28")  # 4,035.28125


def test_an_hours_rate_of_a_seat_without_a_line_takes_our_defaults():
    RateFactory(role="trainer", hourly=Decimal("30"))

    (priced,) = table_of(SeatFactory(role="trainer")).lines

    # 40 h · 0.7 · 52 ÷ 12 = 121.33 h
    assert (priced.quantity, priced.total) == (Fraction(364, 3), Decimal("3640.00"))
    assert priced.parts[0].work.hours_source == "Default: a 40-hour contract"


def test_a_contacts_rate_is_of_the_lines_contacts_shared_over_its_seats():
    card, site = RateCardFactory(), SiteFactory()
    RateFactory(card=card, per_contact=Decimal("1.2345"))
    RateFactory(card=card, site=site, monthly=1000)
    line = LineOfBusinessFactory(contacts_per_half_hour=Decimal("2.5"))
    seat = on_line(line)
    on_line(line, fte=Decimal("0.5"))
    on_line(line, fte=Decimal("0.5"), site=site)

    by_contact, by_month = table_of(seat).lines

    # 80 half-hours · 2.5 = 200 a week; 866.67 a month; three quarters of them 650
    assert (by_contact.quantity, by_contact.total) == (650, Decimal("802.43"))  # 802.425
    assert by_month.total == 500


def test_a_contacts_rate_of_seats_without_contacts_is_missing_and_says_why():
    RateFactory(per_contact=2)

    table = table_of(SeatFactory())

    assert (table.total, table.missing) == (0, ("agent de",))
    assert table.problems == ("agent de is priced by contact, but no line says how many it has.",)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.125", "0.13"), ("0.1249", "0.12"), ("-0.125", "-0.12"), ("2", "2.00")],
)
def test_halves_are_rounded_up(exact, rounded):
    assert str(half_up(Fraction(exact))) == rounded


def test_role_without_a_rate_is_listed_as_missing():
    RateFactory(card=RateCardFactory(name="Standard"))
    seat = SeatFactory()
    SeatFactory(engagement=seat.engagement, role="trainer", language="")

    table = table_of(seat)

    assert (table.missing, table.total) == (("trainer",), 3000)
    assert table.problems == ("“Standard” has no rate for trainer.",)


def test_newest_valid_card_of_our_own_prices_in_the_currency_is_taken():
    newest = RateCardFactory(valid_from=date(2026, 1, 1))
    RateCardFactory(valid_from=date(2025, 6, 1))
    RateCardFactory(valid_from=date(2027, 1, 1))
    RateCardFactory(valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    RateCardFactory(valid_from=date(2026, 2, 1), currency="USD")
    RateCardFactory(valid_from=date(2026, 2, 1), kind="cost")
    RateCardFactory(valid_from=date(2026, 2, 1), vendor=VendorFactory())

    assert [line.choice.card for line in table_of(SeatFactory()).lines] == [newest]


def test_without_a_card_every_seat_lacks_its_rate():
    table = table_of(SeatFactory())

    assert (table.total, table.missing) == (0, ("agent de",))
    assert table.problems == (
        "No card of our prices is valid on 2 Mar 2026: add one under Our sites and rates.",
    )

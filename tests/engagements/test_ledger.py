"""Seats as they were on a day: their states, their counts, and the pages that show them."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.models import Actor
from core.workflow import Line, adopt, take_step
from engagements import ledger
from engagements.ledger.months import months
from engagements.models import Seat
from tests.factories.engagements import (
    EngagementFactory,
    LineOfBusinessFactory,
    SeatFactory,
    StaffingPlanFactory,
    TeamFactory,
)
from tests.factories.vendors import SiteFactory

pytestmark = pytest.mark.django_db
# Step by step through a seat's whole life, a step on each of these days of March 2026.
LIFE = [
    ("approve", 2), ("requisition", 3), ("reserve", 5), ("train", 8), ("nest", 12),
    ("go_live", 15), ("vacate", 20), ("reopen", 25), ("requisition", 26),
]  # fmt: skip
STATES = {
    1: "planned", 2: "approved", 3: "requisitioned", 4: "requisitioned", 5: "reserved",
    8: "in_training", 12: "nesting", 15: "live", 19: "live", 20: "vacated", 24: "vacated",
    25: "approved", 26: "requisitioned", 31: "requisitioned",
}  # fmt: skip


def march(day):
    return date(2026, 3, day)


def at(day, hour=10):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def lines(life, **details):
    by = Actor.objects.system()
    return [Line(step, at(day), by, details=details.get(step, {})) for step, day in life]


def unsaved(plan, number, **fields):
    return Seat(
        engagement=plan.engagement,
        plan=plan,
        number=str(number),
        **{"role": "agent", "starts_on": march(10), "created_at": at(1), **fields},
    )


@pytest.fixture
def lived():
    """Return a seat that was taken over with its history; its row was written long after."""
    seat = unsaved(StaffingPlanFactory(), 1, created_at=datetime(2026, 7, 1, tzinfo=UTC))
    history = lines(LIFE, vacate={"on": march(18)}, reopen={"starts_on": date(2026, 4, 1)})
    return adopt([(seat, history)])[0]


def test_seat_has_on_each_day_the_state_it_had_then(lived):
    found = {
        day: Seat.objects.as_of(march(day), UTC).values_list("state_then", flat=True).first()
        for day in STATES
        if day > 1
    }

    assert found == {day: state for day, state in STATES.items() if day > 1}
    assert not Seat.objects.as_of(march(1), UTC).exists()  # nothing is known of it then
    future = Seat.objects.as_of(date(2099, 1, 1), UTC).get()
    assert future.state_then == "requisitioned"


def test_months_replay_what_as_of_reads(lived):
    plain = SeatFactory(engagement=lived.engagement, plan=lived.plan, state="live")
    Seat.objects.filter(pk=plain.pk).update(created_at=at(4))

    for day in range(1, 32):
        states = [s.state_then for s in Seat.objects.as_of(march(day), UTC)]
        month = months(Seat.objects.all(), march(day), UTC, today=date(2026, 8, 1))[12]
        assert (month.live, month.wanted, month.vacated) == (
            states.count("live"),
            sum(state != "vacated" for state in states),
            states.count("vacated"),
        )


def test_day_ends_in_the_zone_that_is_asked(lived):
    """A step at 10:00 in London is on the next day in Kiritimati, 14 hours ahead."""
    zone = ZoneInfo("Pacific/Kiritimati")

    assert Seat.objects.as_of(march(15), zone).get().state_then == "nesting"
    assert Seat.objects.as_of(march(16), zone).get().state_then == "live"


def test_seat_without_history_was_always_as_it_is_and_not_before_it_was_made():
    SeatFactory(state="live", created_at=at(10))

    assert not Seat.objects.as_of(march(9), UTC).exists()
    assert Seat.objects.as_of(march(10), UTC).get().state_then == "live"


def test_vacancy_begins_with_the_last_day_and_ends_when_somebody_has_the_seat(lived):
    since = {
        day: Seat.objects.with_vacancy(march(day), UTC).get().vacant_since
        for day in (9, 11, 16, 20, 24, 26)
    }

    # Once reopened, its last day is gone: what stays is the day on which it was vacated.
    assert since == {
        9: None, 11: None, 16: None, 20: march(20), 24: march(20), 26: march(20),
    }  # fmt: skip


def test_vacated_seat_is_vacant_since_its_last_day():
    seat = unsaved(StaffingPlanFactory(), 1)
    adopt([(seat, lines(LIFE[:7], vacate={"on": march(18)}))])

    assert Seat.objects.with_vacancy(march(24), UTC).get().vacant_since == march(18)


def test_agreed_seat_that_nobody_had_is_vacant_from_its_start():
    SeatFactory(state="requisitioned", starts_on=march(10), created_at=at(1))
    SeatFactory(state="planned", starts_on=march(10), created_at=at(1))

    found = Seat.objects.with_vacancy(march(9), UTC).values_list("vacant_since", flat=True)
    later = Seat.objects.with_vacancy(march(12), UTC).order_by("pk")

    assert set(found) == {None}
    assert [seat.vacant_since for seat in later] == [march(10), None]


def test_seat_is_at_work_while_live_and_within_its_dates(lived):
    at_work = [d for d in range(1, 32) if Seat.objects.at_work(march(d), UTC).exists()]

    assert at_work == [15, 16, 17, 18, 19]


def test_seat_is_not_at_work_after_its_last_day_though_it_was_noted_late():
    seat = unsaved(StaffingPlanFactory(), 1)
    adopt([(seat, lines(LIFE[:7], vacate={"on": march(17)}))])

    assert [d for d in range(1, 32) if Seat.objects.at_work(march(d), UTC).exists()] == [15, 16, 17]


def test_expected_are_those_whose_dates_hold_the_day():
    today = timezone.localdate()
    SeatFactory(number="now", state="live", starts_on=today)
    SeatFactory(number="later", state="approved", starts_on=today + timedelta(days=50))
    SeatFactory(number="ends", state="live", starts_on=today, ends_on=today + timedelta(days=9))
    SeatFactory(number="gone", state="vacated", starts_on=today)

    found = {
        days: sorted(s.number for s in Seat.objects.expected(today + timedelta(days=days)))
        for days in (9, 10, 50)
    }

    assert found == {9: ["ends", "now"], 10: ["now"], 50: ["later", "now"]}


def test_vacating_and_reopening_set_the_dates():
    seat = SeatFactory(state="live", starts_on=march(1))
    by = Actor.objects.system()

    vacated = take_step(seat, "vacate", by=by, on=march(9))
    assert (vacated.state, vacated.ends_on) == ("vacated", march(9))
    reopened = take_step(vacated, "reopen", by=by, starts_on=march(20))
    assert (reopened.state, reopened.starts_on, reopened.ends_on) == ("approved", march(20), None)


def test_seat_left_before_its_first_day_never_had_a_last_one():
    seat = SeatFactory(state="in_training", starts_on=march(20))

    assert take_step(seat, "vacate", by=Actor.objects.system(), on=march(9)).ends_on is None


KINDS = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["agent", "team_lead", "trainer"]),
        "language": st.sampled_from(["", "de", "es"]),
        "shift": st.sampled_from(["", "early", "night"]),
        "tier": st.sampled_from([None, 1, 2]),
        "line": st.integers(0, 2),
        "team": st.integers(0, 2),
        "site": st.integers(0, 2),
        "steps": st.integers(0, len(LIFE)),
    }
)


@pytest.fixture
def kinds():
    plan = StaffingPlanFactory()
    requirements = plan.requirements
    return plan, {
        "line": [None, *LineOfBusinessFactory.create_batch(2, requirements=requirements)],
        "team": [None, *TeamFactory.create_batch(2, engagement=plan.engagement)],
        "site": [None, *SiteFactory.create_batch(2)],
    }


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_seats=st.lists(KINDS, max_size=12), day=st.integers(1, 31))
def test_counts_by_any_kind_sum_to_the_same(kinds, given_seats, day):
    plan, rows = kinds
    Seat.objects.all().delete()
    told = [
        (
            unsaved(
                plan,
                number,
                **{k: v for k, v in each.items() if k not in {"steps", *rows}},
                **{name: rows[name][each[name]] for name in rows},
            ),
            lines(LIFE[: each["steps"]]),
        )
        for number, each in enumerate(given_seats)
    ]
    adopt(told)

    for by in ledger.DIMENSIONS:
        counted = ledger.counts(Seat.objects.all(), by, march(day), UTC)
        total = counted.total
        assert total.wanted + total.vacated == len(given_seats)
        for name in ("wanted", "vacated", "vacant", "aged", "days", "live"):
            assert sum(getattr(row, name) for row in counted.rows) == getattr(total, name)
        assert total.states == {
            state: number
            for state in Seat.State
            if (number := sum(row.states.get(state, 0) for row in counted.rows))
        }


def page(browser, engagement, **query):
    return browser.get(reverse("engagements:ledger", args=[engagement.pk]), query)


def test_ledger_says_how_many_are_live_and_how_long_others_are_vacant(client_as):
    plan = StaffingPlanFactory(total_seats=3)
    adopt([(unsaved(plan, n), lines(LIFE[:6])) for n in range(2)])
    adopt([(unsaved(plan, n), lines(LIFE[:7], vacate={"on": march(20)})) for n in (3, 4)])
    browser = client_as("QA")

    text = page(browser, plan.engagement, on="2026-03-30", by="role").content.decode()

    assert (
        "2 of 2 wanted seats are live on 30 March 2026; 2 are vacant for 10 days, on average."
        in text
    )
    assert "All seats: the plan has 3, and 2 seats are wanted, 1 fewer. 2 are vacated." in text
    assert "?on=2026-02-28&amp;by=role" in text
    assert "Live, wanted and vacated seats by month" in text


def test_ledger_of_a_day_to_come_says_who_is_expected(client_as):
    day = timezone.localdate() + timedelta(days=40)
    seat = SeatFactory(state="approved", starts_on=day)
    SeatFactory(engagement=seat.engagement, starts_on=day + timedelta(days=1))

    text = page(client_as("QA"), seat.engagement, on=day.isoformat()).content.decode()

    assert "1 of 2 wanted seats are expected to be at work on" in text
    assert "This day is to come" in text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"on": "yesterday"}, "Write a day as in 2027-03-01."),
        ({"on": "0099-01-01"}, "Choose a day between 2000 and 2100."),
        ({"by": "mood"}, "Seats are not counted by that."),
    ],
)
def test_what_is_no_day_is_said_beside_its_field(query, says, client_as):
    answer = page(client_as("QA"), EngagementFactory(), **query)

    assert (answer.status_code, says in answer.content.decode()) == (422, True)


def test_ledger_is_exported_as_shown(client_as):
    site = SiteFactory(name="=Cebu")
    seat = SeatFactory(state="live", site=site)
    SeatFactory(engagement=seat.engagement, plan=seat.plan, state="planned")
    browser = client_as("QA")

    csv = page(browser, seat.engagement, by="site", export="csv").content.decode("utf-8-sig")
    book = b"".join(page(browser, seat.engagement, by="site", export="xlsx").streaming_content)

    assert csv.splitlines() == [
        'site,planned,live,wanted,vacated,vacant,"vacant for days, on average"',
        "'=Cebu,0,1,1,0,0,",
        "No site yet,1,0,1,0,0,",
        "All,1,1,2,0,0,",
    ]
    (sheet,) = load_workbook(BytesIO(book)).worksheets
    assert [[cell.value for cell in row] for row in sheet.rows][1] == [
        "'=Cebu",
        0,
        1,
        1,
        0,
        0,
        None,
    ]
    assert page(browser, seat.engagement, export="pdf").status_code == 404


def test_all_ledgers_count_by_engagement(client_as):
    seat = SeatFactory(state="live", engagement__name="Phones")
    SeatFactory(engagement=seat.engagement, plan=seat.plan)
    SeatFactory(engagement__name="Mails")

    answer = client_as("QA").get(reverse("engagements:ledgers"))

    rows = [(row.label, row.live, row.wanted, url) for row, url, *_ in answer.context["rows"]]
    today = timezone.localdate()
    path = reverse("engagements:ledger", args=[seat.engagement.pk])
    assert [row[:3] for row in rows] == [("Mails", 0, 1), ("Phones", 1, 2)]
    assert rows[1][3] == f"{path}?on={today:%Y-%m-%d}"
    assert f"1 of 3 wanted seats is live on {today:%-d %B %Y}" in answer.content.decode()


@pytest.mark.parametrize("seats", [1, 3])
def test_ledger_query_count(seats, client_as, django_assert_num_queries):
    plan = StaffingPlanFactory()
    adopt([(unsaved(plan, n), lines(LIFE)) for n in range(seats)])
    browser = client_as("QA")

    with django_assert_num_queries(12):
        page(browser, plan.engagement, by="team")


@pytest.mark.parametrize("engagements", [1, 3])
def test_all_ledgers_query_count(engagements, client_as, django_assert_num_queries):
    SeatFactory.create_batch(engagements)
    browser = client_as("QA")

    with django_assert_num_queries(4):
        browser.get(reverse("engagements:ledgers"))

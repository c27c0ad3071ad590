"""What if: numbers changed beside what is written, planned when they are looked at."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from engagements import scenarios
from engagements.models import Requirements, Scenario, StaffingPlan
from tests.factories.engagements import (
    LineOfBusinessFactory,
    RequirementsFactory,
    ScenarioFactory,
)
from tests.factories.vendors import RateCardFactory, RateFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def bizdev(client_as):
    return client_as("BizDev")


@pytest.fixture
def requirements():
    """Phone: 40 Erlang, 48 agents, 69 seats; and as much again in French, by half-hour."""
    row = RequirementsFactory()
    LineOfBusinessFactory(requirements=row, name="Phone", position=1)
    week = [[day, "09:00", 200] for day in range(1, 6)]
    LineOfBusinessFactory(
        requirements=row, name="French", position=2, language="fr", week=week,
        contacts_per_half_hour=None,
    )  # fmt: skip
    return row


def compared(requirements, *found):
    fresh = Requirements.objects.for_page().get(pk=requirements.pk)
    columns, rows = scenarios.compare(fresh, found, on=TODAY)
    return columns, {row.label: row for row in rows}


def test_what_is_written_stands_first_and_each_scenario_says_by_how_much_it_differs(requirements):
    more = ScenarioFactory(requirements=requirements, volume_percent=150)

    columns, rows = compared(requirements, more)

    assert [column.title for column in columns] == ["As written", more.name]
    assert columns[1].changes == ["Volume 150 %"]
    assert rows["Seats, Phone"].values[0] == 69
    assert rows["Seats, Phone"].values[1] == 102  # 60 Erlang, 71 agents under the cap
    assert rows["Seats, Phone"].differences == [None, 33]
    assert rows["Seats, French"].values == [69, 102]
    assert rows["Agents"].values == [138, 204]


def test_a_scenario_of_one_line_leaves_the_others(requirements):
    line = requirements.lines.get(name="French")
    one = ScenarioFactory(requirements=requirements, line=line, volume_percent=50)

    columns, rows = compared(requirements, one)

    assert columns[1].changes == ["Only French", "Volume 50 %"]
    assert rows["Seats, Phone"].differences[1] == 0
    assert rows["Seats, French"].differences[1] < 0


def test_each_number_can_be_changed_and_cites_the_scenario(requirements):
    promise = ScenarioFactory(
        requirements=requirements, name="Promise", volume_percent=100, handling_percent=110,
        service_level="0.9", threshold_s=10, max_occupancy="0.8", shrinkage="0.35",
        seats_by="week", target_span=10,
    )  # fmt: skip
    promise.refresh_from_db()

    columns, _rows = compared(requirements, promise)

    assert columns[1].changes == [
        "Handling time 110 %",
        "Service level 90 %",
        "Answered within 10 s",
        "Occupancy cap 80 %",
        "Shrinkage 35 %",
        "Seats for all hours of the week",
        "10 agents for a lead",
    ]
    phone = columns[1].plan.lines[0]
    assert phone.line.aht_s == pytest.approx(396)
    cited = {each.name: each.source for each in phone.figure("agents").inputs}
    assert cited["Service level"] == cited["Occupancy cap"] == "Scenario “Promise”"


def test_prices_are_those_of_the_card_of_today(requirements):
    card = RateCardFactory(vendor=None, currency="EUR", valid_from=date(2026, 1, 1))
    RateFactory(card=card, role="agent", language="", monthly=Decimal(2000))
    more = ScenarioFactory(requirements=requirements)

    _columns, rows = compared(requirements, more)

    assert rows["Price a month"].values == [Decimal(276_000), Decimal(408_000)]


def test_a_later_go_live_moves_every_last_safe_day(requirements):
    Requirements.objects.update(go_live_on=date(2027, 6, 1))
    later = ScenarioFactory(
        requirements=requirements, volume_percent=100, go_live_on=date(2027, 6, 29),
        kind="hierarchical",
    )  # fmt: skip

    columns, rows = compared(requirements, later)

    assert columns[1].changes == ["Go-live on 29 June 2027", "Hierarchical"]
    assert rows["Go-live"].values == [date(2027, 6, 1), date(2027, 6, 29)]
    assert rows["Go-live"].differences == [None, 28]
    assert rows["Sourcing begins by"].values == [date(2027, 2, 16), date(2027, 3, 16)]
    assert rows["Sourcing begins by"].differences == [None, 28]
    assert rows["Candidates to source"].differences == [None, 0]
    assert rows["Seats"].differences[1] == columns[1].plan.total_seats - rows["Seats"].values[0]


def test_what_cannot_be_planned_says_why_and_the_others_stand(requirements):
    requirements.lines.filter(name="French").delete()
    requirements.lines.update(hours=[])

    columns, rows = compared(requirements, ScenarioFactory(requirements=requirements))

    assert "The hours a week of Phone must be above 0" in columns[0].problem
    assert rows == {}


def test_scenarios_are_tried_compared_and_taken_into_a_csv(requirements, bizdev):
    add = reverse("engagements:scenario_add", args=[requirements.pk])
    data = {"name": "Summer", "volume_percent": "120", "handling_percent": "100"}
    data |= {"seats_by": "peak", "target_span": "8"}

    answer = bizdev.post(add, data, follow=True)

    page = answer.content.decode()
    assert "What if: 1 scenario beside what is written" in page
    assert "Volume 120 %" in page
    table = bizdev.get(reverse("engagements:scenarios_csv", args=[requirements.pk]))
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "figure,As written,Summer"
    assert lines[1] == "changes,,Volume 120 %"
    assert lines[2].startswith("Seats,")
    assert not StaffingPlan.objects.exists()
    assert bizdev.post(add, data).status_code == 422  # the name is taken


def test_a_scenario_becomes_the_next_version_with_its_changes_told(requirements, bizdev):
    row = ScenarioFactory(
        requirements=requirements, by=bizdev.user.actor, volume_percent=150, shrinkage="0.25",
        go_live_on=date(2027, 9, 1), kind="geographic",
    )  # fmt: skip

    answer = bizdev.post(reverse("engagements:scenario_adopt", args=[row.pk]), follow=True)

    made = Requirements.objects.get(version=2)
    phone, french = made.lines.all()
    assert (made.state, phone.contacts_per_half_hour) == ("draft", 300)
    assert (made.go_live_on, made.structure_wish) == (date(2027, 9, 1), "geographic")
    assert french.week[0] == [1, "09:00", 300.0]
    assert phone.shrinkage == Decimal("0.25")
    assert "Line Phone: Contacts per half hour" in answer.content.decode()


def test_nobody_sees_what_somebody_else_only_tries(requirements, bizdev):
    theirs = ScenarioFactory(requirements=requirements, name="Secret")

    page = bizdev.get(reverse("engagements:scenarios", args=[requirements.pk]))

    assert "Secret" not in page.content.decode()
    edit = reverse("engagements:scenario_edit", args=[theirs.pk])
    assert bizdev.get(edit).status_code == 404


def test_it_is_removed(requirements, bizdev):
    row = ScenarioFactory(requirements=requirements, by=bizdev.user.actor)
    bizdev.post(reverse("engagements:scenario_remove", args=[row.pk]))
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(requirements, bizdev, count, django_assert_max_num_queries):
    ScenarioFactory.create_batch(count, requirements=requirements, by=bizdev.user.actor)
    with django_assert_max_num_queries(25):
        bizdev.get(reverse("engagements:scenarios", args=[requirements.pk]))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_go_live_out_of_reach_has_a_sentence(requirements, bizdev, day):
    data = {"name": "Far", "volume_percent": "100", "handling_percent": "100", "seats_by": "peak"}
    page = reverse("engagements:scenario_add", args=[requirements.pk])

    answer = bizdev.post(page, {**data, "target_span": "8", "go_live_on": day})

    assert answer.status_code == 422
    assert "Choose a day between 2000 and 2100." in answer.content.decode()

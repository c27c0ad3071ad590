"""A plan's page and its downloads: each number can be redone by hand."""

import json

import pytest
from django.urls import reverse

from engagements.actions import make_plan
from planning.derivations import MINUS
from tests.factories.engagements import (
    LineOfBusinessFactory,
    RequirementsFactory,
    StaffingPlanFactory,
)
from tests.plans import ask

pytestmark = pytest.mark.django_db


def test_plan_of_a_draft_is_refused_in_the_form(client_as):
    row = RequirementsFactory()

    answer = ask(client_as("BizDev"), row)

    assert answer.status_code == 422
    assert "Only accepted requirements are planned" in answer.content.decode()


@pytest.fixture
def plan(actor_as):
    week = [[1, "09:00", 150], [1, "09:30", 200]]
    row = RequirementsFactory(state="accepted", engagement__code="NB-1")
    LineOfBusinessFactory(requirements=row, name="Phone", contacts_per_half_hour=None, week=week)
    return make_plan(row, by=actor_as("BizDev", name="Bea"))


def test_plan_says_its_number_in_a_sentence_and_opens_each_figure(plan, client_as):
    page = client_as("QA").get(plan.get_absolute_url()).content.decode()

    assert "87 seats: 69 agents, 9 team leads, 3 quality analysts, 3 trainers" in page
    assert "Why 69?" in page
    assert f"⌈48 ÷ (1 {MINUS} 0.3)⌉ = 69" in page
    assert "200 contacts per half-hour · " in page
    assert "made by Bea" in page
    assert "Agents on duty by half-hour, 48 at most; in " in page


def test_each_half_hour_of_a_line_is_shown_with_what_asks_for_it(plan, client_as):
    answer = client_as("QA").get(reverse("engagements:plan_week", args=[plan.pk]))

    page = answer.content.decode()
    assert [week.title for week in answer.context["weeks"]] == ["Phone"]
    assert "Agents on duty by half-hour, 48 at most; in " in page
    assert '<td class="h9 cap" title="Mon 09:30: 200.0 contacts">48</td>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_week_query_count(count, plan, client_as, django_assert_max_num_queries):
    plan.structure["lines"] *= count
    plan.save()
    browser = client_as("QA")

    with django_assert_max_num_queries(5):
        browser.get(reverse("engagements:plan_week", args=[plan.pk]))


def test_plan_keeps_its_figures_in_order(plan, client_as):
    answer = client_as("QA").get(plan.get_absolute_url())

    (line,) = answer.context["lines"]
    assert [each["key"] for each in answer.context["totals"]][:3] == [
        "total_seats",
        "agent_seats",
        "teams",
    ]
    assert [each["key"] for each in line["list"]] == [
        "load",
        "agents_by_service_level",
        "agents_by_occupancy",
        "agents",
        "expected_service_level",
        "seats",
        "weekly_fte",
        "seats_by_shift",
    ]


def test_plan_is_downloaded_to_be_redone_by_hand(plan, client_as):
    browser = client_as("QA")

    table = browser.get(reverse("engagements:plan_csv", args=[plan.pk]))
    data = browser.get(reverse("engagements:plan_json", args=[plan.pk]))

    assert table["Content-Disposition"] == 'attachment; filename="NB-1-plan-1.csv"'
    assert table.content.decode().splitlines()[1].startswith("plan,All seats,87,seats,")
    assert json.loads(data.content)["figures"] == plan.figures


@pytest.mark.parametrize("count", [1, 3])
def test_plan_query_count(count, plan, client_as, django_assert_max_num_queries):
    browser = client_as("QA")
    for number in range(1, count):
        StaffingPlanFactory(engagement=plan.engagement, version=number + 1)

    with django_assert_max_num_queries(15):
        browser.get(plan.get_absolute_url())


def test_plan_without_figures_is_shown_all_the_same(client_as):
    plan = StaffingPlanFactory(total_seats=0)

    assert client_as("QA").get(plan.get_absolute_url()).status_code == 200


def test_each_half_hour_of_the_week_is_downloaded_to_be_summed_by_hand(plan, client_as):
    answer = client_as("QA").get(reverse("engagements:plan_week_csv", args=[plan.pk]))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "line,weekday,half-hour,contacts,agents,cap binds,if callers hang up"
    assert "Phone,Mon,09:30,200.0,48,yes," in lines
    agents = sum(int(line.split(",")[4]) for line in lines[1:])
    hours = plan.figures["lines.1.weekly_fte"]["steps"][-1]["value"]
    assert agents / 2 == hours


def test_a_plan_from_before_lines_had_weeks_is_shown_without_them(plan, client_as):
    for line in plan.structure["lines"]:
        del line["week"]
    plan.save()

    page = client_as("QA").get(plan.get_absolute_url()).content.decode()

    week = client_as("QA").get(reverse("engagements:plan_week", args=[plan.pk]))

    assert "Why 69?" in page
    assert "Agents on duty by half-hour" not in page
    assert "This plan was made before plans had half-hours." in week.content.decode()

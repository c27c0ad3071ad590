from decimal import Decimal

import pytest
from django.urls import reverse

from core.workflow import StepRefused, take_step
from engagements.actions import make_plan
from engagements.hours import every
from engagements.models import Seat
from engagements.pages import figure_rows
from engagements.wish import Wish
from planning.provenance import Figure
from tests.factories.engagements import (
    LineOfBusinessFactory,
    RequirementsFactory,
    StaffingPlanFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted():
    """Accepted requirements with the line of docs/planning.md."""
    row = RequirementsFactory(state="accepted", engagement__code="NB-1")
    LineOfBusinessFactory(requirements=row, name="Phone")
    return row


def roles(plan):
    return {role["role"]: role["count"] for role in plan.structure["roles"] if role["count"]}


def test_plan_has_the_seats_of_its_figures(accepted, actor_as):
    plan = make_plan(accepted, by=actor_as("BizDev"))

    assert plan.figure("lines.1.agents")["value"] == 48
    assert plan.figure("lines.1.seats")["value"] == plan.figure("agent_seats")["value"] == 69
    assert plan.total_seats == plan.seats.count() == plan.figure("total_seats")["value"]


@pytest.mark.parametrize(("wish", "above"), [("flat", {}), ("hierarchical", {"supervisor": 2})])
def test_plan_has_the_roles_of_the_structure_wished_for(wish, above, accepted, actor_as):
    accepted.structure_wish = wish
    accepted.save()

    plan = make_plan(accepted, by=actor_as("BizDev"))

    support = {"quality_analyst": 3, "trainer": 3, "workforce_planner": 2}
    assert roles(plan) == {"manager": 1, **above, "team_lead": 9, **support, "agent": 69}


def test_seats_are_numbered_and_sit_in_teams_with_one_lead_each(accepted, actor_as):
    plan = make_plan(accepted, by=actor_as("BizDev"))

    first = plan.seats.first()
    teams = plan.engagement.teams.all()
    assert (first.number, first.role, first.starts_on) == (
        "NB-1-001",
        "team_lead",
        accepted.go_live_on,
    )
    assert len(teams) == 9
    for team in teams:
        assert team.seats.filter(role="team_lead").count() == 1
        assert team.seats.filter(role="agent").count() in {7, 8}
    assert {seat.language for seat in plan.seats.filter(team__isnull=False)} == {"de"}


def test_every_figure_says_who_gave_its_inputs_and_can_be_read_back(accepted, actor_as):
    accepted.lines.update(volume_source="Avaya, October", shrinkage=Decimal("0.25"))

    plan = make_plan(accepted, by=actor_as("BizDev"))

    for stored in plan.figures.values():
        assert Figure.from_json(stored).to_json() == stored
    load = {each["name"]: each for each in plan.figure("lines.1.load")["inputs"]}
    client = f"{accepted.engagement.client}, requirements v1"
    assert load["Contacts in the busiest half-hour"]["source"] == "Avaya, October"
    assert load["Average handling time"]["source"] == client
    seats = {each["name"]: each for each in plan.figure("lines.1.seats")["inputs"]}
    assert seats["Shrinkage"]["source"] == client
    cap = {each["name"]: each for each in plan.figure("lines.1.agents_by_occupancy")["inputs"]}
    assert cap["Occupancy cap"]["source"] == "Default: 85 %, usual band 82-88 %"


def test_a_week_is_staffed_for_its_busiest_half_hour(accepted, actor_as):
    week = [[1, "09:00", 150.5], [2, "10:30", 200], [2, "11:00", 20]]
    accepted.lines.update(contacts_per_half_hour=None, week=week)

    plan = make_plan(accepted, by=actor_as("BizDev"))

    (line,) = plan.structure["lines"]
    assert (line["busiest_at"], line["contacts"], line["agents"]) == ("Tue 10:30", 200, 48)


def test_seats_by_the_week_hold_a_service_open_day_and_night(accepted, actor_as):
    accepted.lines.update(hours=every(range(1, 8), "00:00", "00:00"))
    by = actor_as("BizDev")

    peak = make_plan(accepted, by=by)
    week = make_plan(accepted, by=by, wish=Wish(seats_by="week"))

    assert peak.structure["cautions"]
    assert week.figure("agent_seats")["value"] > peak.figure("agent_seats")["value"]


def test_new_plan_cancels_the_seats_planned_before(accepted, actor_as):
    by = actor_as("BizDev")
    earlier = make_plan(accepted, by=by)

    newer = make_plan(accepted, by=by, wish=Wish(target_span=12))

    engagement = accepted.engagement
    assert newer.version == 2
    assert set(earlier.seats.values_list("state", flat=True)) == {"cancelled"}
    assert engagement.seats.wanted().count() == newer.total_seats
    assert {seat.team for seat in newer.seats.filter(role="agent")} == set(engagement.teams.all())


def test_plan_asked_for_again_is_the_one_that_stands(accepted, actor_as):
    by = actor_as("BizDev")

    plan = make_plan(accepted, by=by)

    assert make_plan(accepted, by=by) == plan
    assert Seat.objects.count() == plan.total_seats


@pytest.mark.parametrize("state", ["draft", "submitted", "superseded"])
def test_only_accepted_requirements_are_planned(state, actor_as):
    row = LineOfBusinessFactory(requirements__state=state).requirements

    with pytest.raises(
        StepRefused, match=f"Only accepted requirements are planned; these are {state}"
    ):
        make_plan(row, by=actor_as("BizDev"))


def test_plan_is_not_replaced_once_its_seats_are_agreed(accepted, actor_as):
    by = actor_as("BizDev")
    plan = make_plan(accepted, by=by)
    take_step(plan.seats.first(), "approve", by=by)

    with pytest.raises(StepRefused, match="1 seats of the present plan are agreed already"):
        make_plan(accepted, by=by, wish=Wish(target_span=12))

    assert plan.engagement.plans.count() == 1


def test_figures_as_a_table_hold_every_input_and_step(accepted, actor_as):
    plan = make_plan(accepted, by=actor_as("BizDev"))

    head, *rows = figure_rows(plan)

    assert head[:3] == ["of", "figure", "value"]
    assert rows[0][:3] == ["plan", "All seats", plan.total_seats]
    count = sum(1 + len(f["inputs"]) + len(f["steps"]) for f in plan.figures.values())
    assert len(rows) == count


def test_span_says_who_chose_it(accepted, actor_as):
    by = actor_as("BizDev", name="Bea")

    usual, chosen = (
        make_plan(accepted, by=by),
        make_plan(accepted, by=by, wish=Wish(target_span=12)),
    )

    sources = [plan.figure("teams")["inputs"][0]["source"] for plan in (usual, chosen)]
    assert sources == [
        "Default: about eight for a lead, ten or more make two teams",
        "Span chosen by Bea for this plan, the rest by default",
    ]


def test_table_of_figures_holds_no_formula_of_a_spreadsheet(client_as):
    figure = {
        "key": "seats", "subject": "=HYPERLINK(1)", "label": "Seats", "value": 3, "unit": "seats",
        "formula": "", "source": "", "version": "1", "inputs": [], "steps": [],
    }  # fmt: skip
    plan = StaffingPlanFactory(
        figures={"lines.1.seats": figure}, structure={"figures": ["lines.1.seats"]}
    )

    table = client_as("QA").get(reverse("engagements:plan_csv", args=[plan.pk]))

    assert table.content.decode().splitlines()[1].startswith("'=HYPERLINK(1),Seats,3,")

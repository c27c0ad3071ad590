"""Who may do what with clients, engagements, requirements, plans and seats."""

import pytest
from django.urls import reverse

from core import jobs
from core.models import Actor
from engagements.actions import PLANNING, keep_arrivals
from engagements.arrivals import Kept
from engagements.models import StructureRule
from tests.access import differences, line
from tests.factories.engagements import (
    AssumptionFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
    ScenarioFactory,
    SeatFactory,
    StaffingPlanFactory,
    SuccessMeasureFactory,
)

READ = line(staff=200)
CHANGE = line(staff={"Administrator": 200, "BizDev": 200, "": 403})
POST = line(staff={"Administrator": 302, "BizDev": 302, "": 403})
# On a draft that is open to the client, whose approvers fill it in as BizDev does.
GIVE = line(
    staff={"Administrator": 200, "BizDev": 200, "": 403}, own_approver=200, other_client=404
)
GIVEN = line(
    staff={"Administrator": 302, "BizDev": 302, "": 403}, own_approver=302, other_client=404
)
LOOK_UP = line(
    staff={"Administrator": 200, "BizDev": 200, "": 403}, own_approver=200, other_client=200
)
NO_SKILL = line(
    staff={"Administrator": 404, "BizDev": 404, "": 403}, own_approver=404, other_client=404
)
SEATS = line(staff={"Administrator": 200, "Delivery manager": 200, "": 403})
OTHERS = line(staff={"Administrator": 404, "BizDev": 404, "": 403})
ADMINISTER = line(staff={"Administrator": 200, "": 403})
ADMINISTERED = line(staff={"Administrator": 302, "": 403})
LATE = line(staff={"Administrator": 409, "BizDev": 409, "": 403})
INVALID = line(
    staff={"Administrator": 422, "BizDev": 422, "": 403}, own_approver=422, other_client=404
)
ACCESS = {
    ("get", "engagements:clients"): READ,
    ("get", "engagements:client"): READ,
    ("get", "engagements:client_add"): CHANGE,
    ("get", "engagements:client_edit"): CHANGE,
    ("get", "engagements:client_invite"): CHANGE,
    ("get", "engagements:engagements"): READ,
    ("get", "engagements:engagement"): READ,
    ("get", "engagements:engagement_add"): CHANGE,
    ("get", "engagements:engagement_edit"): CHANGE,
    ("post", "engagements:agree"): LATE,
    ("get", "engagements:lose"): CHANGE,
    ("get", "engagements:seats"): READ,
    ("post", "engagements:requirements_begin"): POST,
    ("get", "engagements:requirements_copy"): CHANGE,
    ("get", "engagements:requirements"): line(
        staff=200, own_approver=200, own_viewer=200, other_client=404
    ),
    ("get", "engagements:intake"): GIVE,
    ("post", "engagements:intake"): GIVEN,
    ("post", "engagements:requirements_open"): POST,
    ("post", "engagements:requirements_take_back"): POST,
    ("get", "engagements:requirements_discard"): CHANGE,
    ("post", "engagements:requirements_discard"): POST,
    ("get", "engagements:send_back"): CHANGE,
    ("get", "engagements:ask_for_seats"): GIVE,
    ("post", "engagements:ask_for_seats"): INVALID,
    ("post", "engagements:submit"): GIVEN,
    ("post", "engagements:accept"): LATE,
    ("post", "engagements:new_version"): POST,
    ("get", "engagements:make_plan"): CHANGE,
    ("get", "engagements:line_add"): GIVE,
    ("get", "engagements:line_edit"): GIVE,
    ("post", "engagements:line_remove"): GIVEN,
    ("get", "engagements:line_arrivals"): GIVE,
    ("get", "engagements:line_arrivals_problems"): GIVE,
    ("get", "engagements:line_arrivals_week"): GIVE,
    ("get", "engagements:assumption_add"): GIVE,
    ("get", "engagements:assumption_edit"): GIVE,
    ("post", "engagements:assumption_remove"): GIVEN,
    ("get", "engagements:measure_add"): GIVE,
    ("get", "engagements:measure_edit"): GIVE,
    ("post", "engagements:measure_remove"): GIVEN,
    ("get", "engagements:skill_search"): LOOK_UP,
    ("post", "engagements:skill_add"): NO_SKILL,
    ("get", "engagements:scenarios"): CHANGE,
    ("get", "engagements:scenarios_csv"): CHANGE,
    ("get", "engagements:scenario_add"): CHANGE,
    ("get", "engagements:scenario_edit"): OTHERS,
    ("post", "engagements:scenario_remove"): OTHERS,
    ("post", "engagements:scenario_adopt"): OTHERS,
    ("get", "engagements:plan"): READ,
    # Somebody else's job: only who began it, and who looks after jobs, see it.
    ("get", "engagements:plan_progress"): line(
        staff={"Administrator": 200, "BizDev": 404, "": 403}
    ),
    ("get", "engagements:plan_csv"): READ,
    ("get", "engagements:plan_json"): READ,
    ("get", "engagements:plan_week"): READ,
    ("get", "engagements:plan_week_csv"): READ,
    ("get", "engagements:ledger"): READ,
    ("get", "engagements:ledgers"): READ,
    ("get", "engagements:chart"): READ,
    ("get", "engagements:chart_pdf"): READ,
    ("get", "engagements:seat"): READ,
    ("get", "engagements:structure_rules"): READ,
    ("get", "engagements:structure_rule_add"): ADMINISTER,
    ("get", "engagements:structure_rule_edit"): ADMINISTER,
    ("post", "engagements:structure_rule_move"): ADMINISTERED,
    ("post", "engagements:structure_rule_switch"): ADMINISTERED,
    ("post", "engagements:structure_rules_reset"): ADMINISTERED,
    ("get", "engagements:charters"): READ,
    ("get", "engagements:charter"): READ,
    ("get", "engagements:charter_edit"): ADMINISTER,
    ("get", "engagements:vacate"): SEATS,
    ("get", "engagements:reopen"): SEATS,
}
OF = {
    "client": {"client", "client_edit", "client_invite", "engagement_add"},
    "engagement": {
        "engagement",
        "engagement_edit",
        "agree",
        "lose",
        "seats",
        "ledger",
        "chart",
        "chart_pdf",
        "requirements_begin",
        "ask_for_seats",
        "requirements_copy",
    },
    "requirements": {
        *("requirements", "intake", "submit", "accept", "new_version", "send_back"),
        *("requirements_open", "requirements_take_back", "requirements_discard"),
        *("make_plan", "line_add", "assumption_add", "measure_add"),
        *("scenarios", "scenarios_csv", "scenario_add"),
    },
    "line": {"line_edit", "line_remove"},
    "arrivals": {"line_arrivals", "line_arrivals_problems", "line_arrivals_week"},
    "assumption": {"assumption_edit", "assumption_remove"},
    "measure": {"measure_edit", "measure_remove"},
    "scenario": {"scenario_edit", "scenario_remove", "scenario_adopt"},
    "job": {"plan_progress"},
    "plan": {"plan", "plan_csv", "plan_json", "plan_week", "plan_week_csv"},
    "rule": {"structure_rule_edit", "structure_rule_move", "structure_rule_switch"},
    "role": {"charter", "charter_edit"},
    "seat": {"seat", "vacate", "reopen"},
}


def kept_arrivals(requirements):
    """An uploaded file of two half-hours that waits to be looked at."""
    kept = Kept(
        requirements=requirements.pk,
        line=None,
        name="calls.csv",
        text="start,calls\n2026-10-05 09:00,10\n2026-10-05 09:30,12\n",
        zone="UTC",
        customers_zone="UTC",
        as_written=False,
        hours=[[1, "08:00", "20:00"]],
        typed={},
    )
    return keep_arrivals(kept, by=Actor.objects.system())


def planning_job(requirements):
    return jobs.start(
        PLANNING, by=Actor.objects.system(), title="Plan", total=1, requirements=requirements.pk
    )


@pytest.fixture
def path_to(world):
    """Return a function that gives the path of a route to something of the own client's."""
    engagement = EngagementFactory(client=world.client)
    requirements = RequirementsFactory(engagement=engagement, with_client=True)
    accepted = RequirementsFactory(engagement=engagement, version=2, state="accepted")
    plan = StaffingPlanFactory(engagement=engagement, requirements=accepted)
    rows = {
        "client": world.client,
        "engagement": engagement,
        "requirements": requirements,
        "line": LineOfBusinessFactory(requirements=requirements),
        "arrivals": kept_arrivals(requirements),
        "assumption": AssumptionFactory(requirements=requirements),
        "measure": SuccessMeasureFactory(requirements=requirements),
        "scenario": ScenarioFactory(requirements=requirements),
        "plan": plan,
        "job": planning_job(requirements),
        "seat": SeatFactory(engagement=engagement, plan=plan),
        "rule": StructureRule.objects.first(),
    }

    def path(route):
        name = route.split(":")[1]
        kind = next((kind for kind, names in OF.items() if name in names), None)
        if name == "intake":
            return reverse(route, args=[requirements.pk, "deployment"])
        if kind == "role":
            return reverse(route, args=["trainer"])
        row = rows.get(kind)
        return reverse(route, args=[getattr(row, "key", row.pk)] if row else [])

    return path


def test_each_kind_of_user_is_answered(world, path_to):
    assert differences(world, ACCESS, path_to) == {}

"""Who may do what with clients, engagements, requirements, plans and seats."""

import pytest
from django.urls import reverse

from tests.access import answers, expected, line
from tests.factories.engagements import (
    AssumptionFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
    ScenarioFactory,
    SeatFactory,
    StaffingPlanFactory,
)

READ = line(staff=200)
CHANGE = line(staff={"Administrator": 200, "BizDev": 200, "": 403})
POST = line(staff={"Administrator": 302, "BizDev": 302, "": 403})
OTHERS = line(staff={"Administrator": 404, "BizDev": 404, "": 403})
LATE = line(staff={"Administrator": 409, "BizDev": 409, "": 403})
# On a draft that is open to the client, whose approvers fill it in as BizDev does.
GIVE = line(
    staff={"Administrator": 200, "BizDev": 200, "": 403}, own_approver=200, other_client=404
)
GIVEN = line(
    staff={"Administrator": 302, "BizDev": 302, "": 403}, own_approver=302, other_client=404
)
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
    ("get", "engagements:assumption_add"): GIVE,
    ("get", "engagements:assumption_edit"): GIVE,
    ("post", "engagements:assumption_remove"): GIVEN,
    ("get", "engagements:scenarios"): CHANGE,
    ("get", "engagements:scenarios_csv"): CHANGE,
    ("get", "engagements:scenario_add"): CHANGE,
    ("get", "engagements:scenario_edit"): OTHERS,
    ("post", "engagements:scenario_remove"): OTHERS,
    ("post", "engagements:scenario_adopt"): OTHERS,
    ("get", "engagements:plan"): READ,
    ("get", "engagements:plan_csv"): READ,
    ("get", "engagements:plan_json"): READ,
    ("get", "engagements:plan_week_csv"): READ,
    ("get", "engagements:seat"): READ,
}
OF = {
    "client": {"client", "client_edit", "client_invite", "engagement_add"},
    "engagement": {
        "engagement",
        "engagement_edit",
        "agree",
        "lose",
        "seats",
        "requirements_begin",
        "requirements_copy",
        "ask_for_seats",
    },
    "requirements": {
        *("requirements", "intake", "submit", "accept", "new_version", "send_back"),
        *("requirements_open", "requirements_take_back", "requirements_discard"),
        *("make_plan", "line_add", "assumption_add"),
        *("scenarios", "scenarios_csv", "scenario_add"),
    },
    "line": {"line_edit", "line_remove"},
    "assumption": {"assumption_edit", "assumption_remove"},
    "scenario": {"scenario_edit", "scenario_remove", "scenario_adopt"},
    "plan": {"plan", "plan_csv", "plan_json", "plan_week_csv"},
    "seat": {"seat"},
}


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
        "assumption": AssumptionFactory(requirements=requirements),
        "scenario": ScenarioFactory(requirements=requirements),
        "plan": plan,
        "seat": SeatFactory(engagement=engagement),
    }

    def path(route):
        name = route.split(":")[1]
        kind = next((kind for kind, names in OF.items() if name in names), None)
        more = ["deployment"] if name == "intake" else []
        return reverse(route, args=[rows[kind].pk, *more] if kind else [])

    return path


@pytest.mark.parametrize(("method", "route"), ACCESS)
def test_each_kind_of_user_is_answered(method, route, world, path_to):
    assert answers(world, method, path_to(route)) == expected(ACCESS[method, route])

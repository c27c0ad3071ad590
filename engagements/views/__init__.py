from engagements.views.arrivals import (
    line_arrivals,
    line_arrivals_problems,
    line_arrivals_week,
)
from engagements.views.assumptions import assumption_add, assumption_edit, assumption_remove
from engagements.views.clients import client, client_add, client_edit, client_invite, clients
from engagements.views.engagements import (
    agree,
    engagement,
    engagement_add,
    engagement_edit,
    engagements,
    lose,
)
from engagements.views.lines import line_add, line_edit, line_remove
from engagements.views.plans import make_plan, plan, plan_csv, plan_json, plan_week_csv
from engagements.views.requirements import (
    accept,
    new_version,
    requirements,
    requirements_add,
    requirements_copy,
    requirements_edit,
    submit,
)
from engagements.views.scenarios import (
    scenario_add,
    scenario_adopt,
    scenario_edit,
    scenario_remove,
    scenarios,
    scenarios_csv,
)
from engagements.views.seats import seat, seats

__all__ = [
    "accept",
    "agree",
    "assumption_add",
    "assumption_edit",
    "assumption_remove",
    "client",
    "client_add",
    "client_edit",
    "client_invite",
    "clients",
    "engagement",
    "engagement_add",
    "engagement_edit",
    "engagements",
    "line_add",
    "line_arrivals",
    "line_arrivals_problems",
    "line_arrivals_week",
    "line_edit",
    "line_remove",
    "lose",
    "make_plan",
    "new_version",
    "plan",
    "plan_csv",
    "plan_json",
    "plan_week_csv",
    "requirements",
    "requirements_add",
    "requirements_copy",
    "requirements_edit",
    "scenario_add",
    "scenario_adopt",
    "scenario_edit",
    "scenario_remove",
    "scenarios",
    "scenarios_csv",
    "seat",
    "seats",
    "submit",
]

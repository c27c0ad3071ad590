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
from engagements.views.intake import (
    intake_step,
    requirements_begin,
    requirements_discard,
    requirements_open,
    requirements_take_back,
    send_back,
)
from engagements.views.lines import line_add, line_edit, line_remove
from engagements.views.plans import make_plan, plan, plan_csv, plan_json, plan_week_csv
from engagements.views.requirements import (
    accept,
    new_version,
    requirements,
    requirements_copy,
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
from engagements.views.wishes import ask_for_seats

__all__ = [
    "accept",
    "agree",
    "ask_for_seats",
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
    "intake_step",
    "line_add",
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
    "requirements_begin",
    "requirements_copy",
    "requirements_discard",
    "requirements_open",
    "requirements_take_back",
    "scenario_add",
    "scenario_adopt",
    "scenario_edit",
    "scenario_remove",
    "scenarios",
    "scenarios_csv",
    "seat",
    "seats",
    "send_back",
    "submit",
]

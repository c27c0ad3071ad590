from engagements.views.assumptions import assumption_add, assumption_edit, assumption_remove
from engagements.views.chart import chart, chart_pdf
from engagements.views.clients import client, client_add, client_edit, client_invite, clients
from engagements.views.engagements import (
    agree,
    engagement,
    engagement_add,
    engagement_edit,
    engagements,
    lose,
)
from engagements.views.ledger import ledger, ledgers
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
from engagements.views.seats import reopen, seat, seats, vacate

__all__ = [
    "accept",
    "agree",
    "assumption_add",
    "assumption_edit",
    "assumption_remove",
    "chart",
    "chart_pdf",
    "client",
    "client_add",
    "client_edit",
    "client_invite",
    "clients",
    "engagement",
    "engagement_add",
    "engagement_edit",
    "engagements",
    "ledger",
    "ledgers",
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
    "reopen",
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
    "vacate",
]

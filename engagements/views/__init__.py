from engagements.views.arrivals import (
    line_arrivals,
    line_arrivals_problems,
    line_arrivals_week,
)
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
from engagements.views.intake import (
    intake_step,
    requirements_begin,
    requirements_discard,
    requirements_open,
    requirements_take_back,
    send_back,
)
from engagements.views.ledger import ledger, ledgers
from engagements.views.lines import line_add, line_edit, line_remove
from engagements.views.measures import measure_add, measure_edit, measure_remove
from engagements.views.plan_making import make_plan, plan_progress
from engagements.views.plans import plan, plan_csv, plan_json, plan_week, plan_week_csv
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
from engagements.views.seats import reopen, seat, seats, vacate
from engagements.views.skills import skill_add, skill_search
from engagements.views.structure_rules import (
    charter,
    charter_edit,
    charters,
    structure_rule_add,
    structure_rule_edit,
    structure_rule_move,
    structure_rule_switch,
    structure_rules,
    structure_rules_reset,
)
from engagements.views.wishes import ask_for_seats

__all__ = [
    "accept",
    "agree",
    "ask_for_seats",
    "assumption_add",
    "assumption_edit",
    "assumption_remove",
    "chart",
    "chart_pdf",
    "charter",
    "charter_edit",
    "charters",
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
    "ledger",
    "ledgers",
    "line_add",
    "line_arrivals",
    "line_arrivals_problems",
    "line_arrivals_week",
    "line_edit",
    "line_remove",
    "lose",
    "make_plan",
    "measure_add",
    "measure_edit",
    "measure_remove",
    "new_version",
    "plan",
    "plan_csv",
    "plan_json",
    "plan_progress",
    "plan_week",
    "plan_week_csv",
    "reopen",
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
    "skill_add",
    "skill_search",
    "structure_rule_add",
    "structure_rule_edit",
    "structure_rule_move",
    "structure_rule_switch",
    "structure_rules",
    "structure_rules_reset",
    "submit",
    "vacate",
]

from engagements.actions.arrivals import forget_arrivals, keep_arrivals, use_arrivals
from engagements.actions.clients import invite_person
from engagements.actions.engagements import agree, create_engagement, lose
from engagements.actions.measures import remove_measure, save_measure
from engagements.actions.milestones import finish_milestone, set_milestone
from engagements.actions.planning import PLANNING, begin_plan, do_plan, planned_by
from engagements.actions.plans import make_plan
from engagements.actions.requirements import (
    accept_requirements,
    adopt_scenario,
    copy_requirements,
    create_requirements,
    edit_requirements,
    new_version,
    remove_assumption,
    remove_line,
    save_assumption,
    save_line,
    submit_requirements,
)
from engagements.actions.seats import reopen_seat, vacate_seat
from engagements.actions.structure_rules import (
    move_rule,
    reset_rules,
    save_charter,
    save_rule,
    switch_rule,
)

__all__ = [
    "PLANNING",
    "accept_requirements",
    "adopt_scenario",
    "agree",
    "begin_plan",
    "copy_requirements",
    "create_engagement",
    "create_requirements",
    "do_plan",
    "edit_requirements",
    "finish_milestone",
    "forget_arrivals",
    "invite_person",
    "keep_arrivals",
    "lose",
    "make_plan",
    "move_rule",
    "new_version",
    "planned_by",
    "remove_assumption",
    "remove_line",
    "remove_measure",
    "reopen_seat",
    "reset_rules",
    "save_assumption",
    "save_charter",
    "save_line",
    "save_measure",
    "save_rule",
    "set_milestone",
    "submit_requirements",
    "switch_rule",
    "use_arrivals",
    "vacate_seat",
]

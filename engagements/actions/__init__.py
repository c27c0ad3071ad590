from engagements.actions.clients import invite_person
from engagements.actions.engagements import agree, create_engagement, lose
from engagements.actions.milestones import finish_milestone, set_milestone
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
from engagements.actions.structure_rules import (
    move_rule,
    reset_rules,
    save_charter,
    save_rule,
    switch_rule,
)

__all__ = [
    "accept_requirements",
    "adopt_scenario",
    "agree",
    "copy_requirements",
    "create_engagement",
    "create_requirements",
    "edit_requirements",
    "finish_milestone",
    "invite_person",
    "lose",
    "make_plan",
    "move_rule",
    "new_version",
    "remove_assumption",
    "remove_line",
    "reset_rules",
    "save_assumption",
    "save_charter",
    "save_line",
    "save_rule",
    "set_milestone",
    "submit_requirements",
    "switch_rule",
]

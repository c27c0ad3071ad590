from engagements.actions.arrivals import forget_arrivals, keep_arrivals, use_arrivals
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

__all__ = [
    "accept_requirements",
    "adopt_scenario",
    "agree",
    "copy_requirements",
    "create_engagement",
    "create_requirements",
    "edit_requirements",
    "finish_milestone",
    "forget_arrivals",
    "invite_person",
    "keep_arrivals",
    "lose",
    "make_plan",
    "new_version",
    "remove_assumption",
    "remove_line",
    "save_assumption",
    "save_line",
    "set_milestone",
    "submit_requirements",
    "use_arrivals",
]

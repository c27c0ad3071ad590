from engagements.actions.clients import invite_person
from engagements.actions.engagements import agree, create_engagement, lose
from engagements.actions.intake import (
    accept_requirements,
    ask_for_seats,
    begin_requirements,
    discard_draft,
    open_to_client,
    send_back,
    submit_requirements,
    take_back,
)
from engagements.actions.milestones import finish_milestone, set_milestone
from engagements.actions.plans import make_plan
from engagements.actions.requirements import (
    adopt_scenario,
    closed,
    copy_requirements,
    create_requirements,
    edit_requirements,
    new_version,
    remove_assumption,
    remove_line,
    save_assumption,
    save_line,
)

__all__ = [
    "accept_requirements",
    "adopt_scenario",
    "agree",
    "ask_for_seats",
    "begin_requirements",
    "closed",
    "copy_requirements",
    "create_engagement",
    "create_requirements",
    "discard_draft",
    "edit_requirements",
    "finish_milestone",
    "invite_person",
    "lose",
    "make_plan",
    "new_version",
    "open_to_client",
    "remove_assumption",
    "remove_line",
    "save_assumption",
    "save_line",
    "send_back",
    "set_milestone",
    "submit_requirements",
    "take_back",
]

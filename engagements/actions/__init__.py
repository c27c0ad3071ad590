from engagements.actions.arrivals import forget_arrivals, keep_arrivals, use_arrivals
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
from engagements.actions.measures import remove_measure, save_measure
from engagements.actions.milestones import finish_milestone, set_milestone
from engagements.actions.planning import PLANNING, begin_plan, do_plan, planned_by
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
    "ask_for_seats",
    "begin_plan",
    "begin_requirements",
    "closed",
    "copy_requirements",
    "create_engagement",
    "create_requirements",
    "discard_draft",
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
    "open_to_client",
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
    "send_back",
    "set_milestone",
    "submit_requirements",
    "switch_rule",
    "take_back",
    "use_arrivals",
    "vacate_seat",
]

"""Approval in rounds, for any subject with a machine.

    approvals.declare("recruiting.Requisition", "Requisitions", step="approve", back="send_back",
                      flagged=["seats", …], shipped=[Shipped("HR director", ["HR director"])])

`docs/approvals.md` says what an app declares and which rules hold.
"""

from core.approvals.beside import Fact, beside, facts
from core.approvals.decisions import (
    approve,
    ask_also,
    begin_late,
    blockers,
    come_back,
    go_on_alone,
    open_asks,
    send_back,
    skip,
    stand_in,
)
from core.approvals.declared import (
    Flag,
    Kind,
    Rule,
    Shipped,
    difference,
    kind_named,
    kind_of,
    kinds,
)
from core.approvals.leaving import described, hand_over, left_standing
from core.approvals.policy import ensure, policy_of, save, staff, staff_among, with_steps
from core.approvals.reading import (
    Standing,
    Waiting,
    drawn,
    held_up,
    open_steps,
    standing,
    waiting_for,
)
from core.approvals.reminders import remind
from core.approvals.rounds import (
    begin,
    changed,
    declare,
    finish_alone,
    is_approved,
    latest,
    on_step,
    stands_as_approved,
    waiting,
)

__all__ = [
    "Fact",
    "Flag",
    "Kind",
    "Rule",
    "Shipped",
    "Standing",
    "Waiting",
    "approve",
    "ask_also",
    "begin",
    "begin_late",
    "beside",
    "blockers",
    "changed",
    "come_back",
    "declare",
    "described",
    "difference",
    "drawn",
    "ensure",
    "facts",
    "finish_alone",
    "go_on_alone",
    "hand_over",
    "held_up",
    "is_approved",
    "kind_named",
    "kind_of",
    "kinds",
    "latest",
    "left_standing",
    "on_step",
    "open_asks",
    "open_steps",
    "policy_of",
    "remind",
    "save",
    "send_back",
    "skip",
    "staff",
    "staff_among",
    "stand_in",
    "standing",
    "stands_as_approved",
    "waiting",
    "waiting_for",
    "with_steps",
]

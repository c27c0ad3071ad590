from recruiting.actions.applications import (
    ask_to_apply,
    client_decide,
    put_forward,
    reject,
    source,
    undo_rejection,
    withdraw,
)
from recruiting.actions.candidates import (
    add_candidate,
    add_cv,
    add_facts,
    apply_publicly,
    submit_by_vendor,
)
from recruiting.actions.criteria import (
    EDITABLE,
    answer_item,
    finish_review,
    new_criteria_version,
    remove_item,
    save_item,
    send_criteria,
)
from recruiting.actions.imports import Duplicate, import_person
from recruiting.actions.offers import (
    accept_offer,
    decline_offer,
    draft_offer,
    expire_offers,
    rescind_offer,
    revise_offer,
    send_offer,
)
from recruiting.actions.requisitions import (
    approve_requisition,
    cancel_requisition,
    fill_if_taken,
    next_number,
)
from recruiting.actions.scorecards import save_scorecard

__all__ = [
    "EDITABLE",
    "Duplicate",
    "accept_offer",
    "add_candidate",
    "add_cv",
    "add_facts",
    "answer_item",
    "apply_publicly",
    "approve_requisition",
    "ask_to_apply",
    "cancel_requisition",
    "client_decide",
    "decline_offer",
    "draft_offer",
    "expire_offers",
    "fill_if_taken",
    "finish_review",
    "import_person",
    "new_criteria_version",
    "next_number",
    "put_forward",
    "reject",
    "remove_item",
    "rescind_offer",
    "revise_offer",
    "save_item",
    "save_scorecard",
    "send_criteria",
    "send_offer",
    "source",
    "submit_by_vendor",
    "undo_rejection",
    "withdraw",
]

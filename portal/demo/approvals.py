"""Who approves what at this company, and what waits for whom: late, passed on, and sent back."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group

from core import approvals
from core.models import ApprovalAsk, ApprovalPolicy, Notification
from core.workflow import take_step
from portal.demo.clock import Clock
from portal.demo.people import People
from recruiting.models import Offer, Requisition

SENT_BACK = "Card line agents, German, evenings"
WAITS = "Complaints desk, German"


def write(people: People, clock: Clock) -> None:
    """Have everything that stands in approval asked for when it was submitted, by our policies."""
    _policies(people)
    today = clock.today
    approvals.stand_in(
        people.user("bizdev"),
        people.user("hr"),
        starts_on=today,
        ends_on=today + timedelta(days=4),
    )
    for model in (Requisition, Offer):
        for row in model.objects.filter(state="in_approval").order_by("pk"):
            submitted = row.log.filter(step="submit").latest("at")
            approvals.begin(row, by=submitted.by, at=submitted.at)
    _answer(people, clock)
    for told in Notification.objects.filter(kind="approvals.asked").select_related("message"):
        if told.message is not None:
            told.message.created_at = told.at
            told.message.save(update_fields=["created_at"])


def _policies(people: People) -> None:
    """Two of three look at a requisition beside the HR director; pay off the band has a second."""
    three = [people.user(key) for key in ("bizdev", "delivery", "qa")]
    director = Group.objects.filter(name="HR director")
    delivery = Group.objects.filter(name="Delivery manager")
    first = _step(1, "HR director", roles=director)
    two_of_us = _step(2, "Two of sales, delivery and quality", people=three, needed=2)
    _save(people, "recruiting.requisition", [first, two_of_us], in_order=False)
    off_band = _step(2, "Pay outside the band", roles=delivery, rule="outside_band", due_hours=8)
    _save(people, "recruiting.offer", [first, off_band], in_order=True)


def _step(position: int, label: str, **details: Any) -> dict[str, Any]:
    usual = {"roles": [], "people": [], "needed": 1, "due_hours": 16, "rule": ""}
    return {"position": position, "label": label, **usual, **details}


def _save(people: People, kind: str, steps: list[dict[str, Any]], *, in_order: bool) -> None:
    row = ApprovalPolicy.objects.get(kind=kind)
    row.in_order = in_order
    approvals.save(row, steps, by=people.actor("admin"))


def _answer(people: People, clock: Clock) -> None:
    """Give one of two approvals, and send one draft back with a reason."""
    delivery, hr = people.actor("delivery"), people.actor("hr")
    asks = ApprovalAsk.objects.open().select_related("step__round")
    waits = Requisition.objects.get(title=WAITS)
    one = asks.get(step__round=approvals.waiting(waits), user=delivery.user)
    at, yes = clock.after(one.step.round.begun_at, 0, 0), "I have the desks and a lead for them."
    approvals.approve(one, by=delivery, note=yes, at=at)
    draft = Requisition.objects.get(title=SENT_BACK)
    at = clock.after(draft.created_at, 0, 0)
    take_step(draft, "submit", by=people.actor("recruiter"), at=at)
    ask = asks.get(step__round=approvals.waiting(draft), user=hr.user)
    why = "Evening shifts need a supplement: add it to the band."
    approvals.send_back(ask, by=hr, reason=why, at=clock.after(at, 0, 0))

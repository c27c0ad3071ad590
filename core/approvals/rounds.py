"""Rounds of approval: begun, gone on with, voided by a change, and ended with their subject.

Whoever touches a round holds its subject's lock first, so that decisions, edits and
send-backs of one subject come one after the other.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core import effects, workflow
from core.approvals import clock, declared, telling
from core.approvals.declared import Kind, difference, kind_of
from core.approvals.links import revoke
from core.approvals.policy import approvers, policy_of
from core.models import Actor, ApprovalAsk, ApprovalRound, ApprovalStep
from core.workflow import Blocker, guard, take_step


def declare(label: str, title: str, **details: Any) -> Kind:
    """Have a kind of subject approved by rounds; called when its app is ready.

    `label` is the model's ("recruiting.Requisition"), `title` what the administrator reads.
    The machine's approve and send-back steps have no right of their own: only a round takes them.
    """
    kind = declared.declare(label, title, **details)
    workflow.add_guard(label, kind.step, is_approved)
    return kind


def kind_for(subject: Any) -> Kind:
    found = kind_of(subject)
    if found is None:
        raise LookupError(f"{subject._meta.label} is not approved by rounds.")
    return found


def may_begin(subject: Any, actor: Actor) -> bool:
    """Whoever may ask for the approval of such a subject, be its state as it may."""
    begins = kind_for(subject).begins
    known = [each for each in subject.get_all_state_transitions() if each.name in begins]
    return any(workflow.has_right(subject, each, actor) for each in known)


def latest(subject: Any) -> ApprovalRound | None:
    return ApprovalRound.objects.on(subject).order_by("-number").first()


def waiting(subject: Any) -> ApprovalRound | None:
    return ApprovalRound.objects.on(subject).waiting().first()


def asks_of(this: ApprovalRound) -> list[ApprovalAsk]:
    rows = ApprovalAsk.objects.filter(step__round=this)
    return list(rows.select_related("step__round__by__user", "user", "decided_by"))


@transaction.atomic
def begin(subject: Any, *, by: Actor, at: datetime | None = None) -> ApprovalRound:
    """Begin a round: freeze its steps, whom they ask, and what is approved; ask the first of them.

    Whoever is asked again reads what has changed since the round before.
    Where no step of the policy applies, the subject is approved by itself after the commit.
    The caller holds the subject's lock.
    """
    kind, now = kind_for(subject), at or timezone.now()
    policy, (snapshot, sha256) = policy_of(kind), kind.snapshot(subject)
    before = latest(subject)
    this = ApprovalRound.objects.create(
        subject=subject,
        kind=kind.key,
        number=before.number + 1 if before else 1,
        by=by,
        begun_at=now,
        in_order=policy.in_order,
        own_allowed=policy.own_allowed,
        snapshot=snapshot,
        sha256=sha256,
        changes=difference(before.snapshot, snapshot) if before else [],
    )
    for step in policy.steps.all():
        rule = kind.rules.get(step.rule)
        if step.rule and (rule is None or not rule.holds(subject)):
            continue
        frozen = this.steps.create(
            position=step.position,
            label=step.label,
            because=str(rule.label if rule else ""),
            needed=step.needed,
            due_hours=step.due_hours,
        )
        ApprovalAsk.objects.bulk_create(
            ApprovalAsk(step=frozen, user=user, role=role)
            for user, role in approvers(step)
            if this.own_allowed or user.pk != by.user_id
        )
    ask_next(this, subject, now=now)
    if not this.steps.exists():
        effects.cause("core.finish_round", key=f"approval-round:{this.pk}", approval_round=this.pk)
    return this


def ask_next(this: ApprovalRound, subject: Any, *, now: datetime) -> None:
    """Ask the step whose turn it is, or all of them where they stand side by side."""
    steps = [step for step in this.steps.all() if step.is_open]
    turn = [step for step in steps if step.position == steps[0].position or not this.in_order]
    fresh = [step for step in turn if step.asked_at is None]
    for step in fresh:
        for name, value in clock.times(now, step.due_hours).items():
            setattr(step, name, value)
        step.save()
    tell(ApprovalAsk.objects.open().filter(step__in=fresh), subject, now=now)


def tell(asks: QuerySet[ApprovalAsk], subject: Any, *, now: datetime) -> None:
    """Tell whoever of these is to answer. The caller holds the lock of their round."""
    rows = asks.select_related("step__round__by__user", "user").prefetch_related("step__asks")
    telling.asked(rows.order_by("pk"), subject, now=now)


def is_complete(this: ApprovalRound) -> bool:
    return not any(step.is_open for step in this.steps.all())


def go_on(this: ApprovalRound, subject: Any, *, by: Actor, now: datetime) -> None:
    """Close steps that have what they need; ask the next, or approve the subject after the last.

    Raises StepRefused when the subject can't be approved now: then nothing of this is kept.
    """
    for step in this.steps.all():
        if step.is_asked and _given(step) >= step.needed:
            step.done_at = now
            step.save(update_fields=["done_at"])
            revoke(step.asks.all())
    if is_complete(this):
        finish(this, subject, by=by)
    else:
        ask_next(this, subject, now=now)


def _given(step: ApprovalStep) -> int:
    return step.asks.filter(decided_at__isnull=False).count()


def finish(this: ApprovalRound, subject: Any, *, by: Actor) -> None:
    """Take the subject's own step, with its guards, and end the round in the same transaction."""
    subject = kind_for(subject).approve(subject, by=by)
    end(this, "approve", by=by)
    telling.ended(end_of(this), subject, by=by, words=gettext_noop("Approved: %(what)s"))


def end_of(this: ApprovalRound) -> ApprovalRound:
    """Read a round again: its state was changed on another instance."""
    return ApprovalRound.objects.select_related("by__user").get(pk=this.pk)


def end(
    this: ApprovalRound, step: str, *, by: Actor, note: str = "", at: datetime | None = None
) -> None:
    """End a round by one of its steps; what was mailed for it opens nothing any more."""
    take_step(this, step, by=by, note=note, at=at)
    revoke(asks_of(this))


def finish_alone(approval_round: int) -> None:
    """Approve what no step of the policy applies to, unless it has moved on or is not ready."""
    row = ApprovalRound.objects.filter(pk=approval_round).first()
    if row is None or row.subject is None:
        return
    try:
        with transaction.atomic():
            subject = kind_for(row.subject).locked(row.subject)
            row = ApprovalRound.objects.select_for_update(of=("self",)).get(pk=approval_round)
            if row.is_waiting and is_complete(row):
                finish(row, subject, by=Actor.objects.system())
    except workflow.StepRefused:
        return  # the page shows what it lacks, and a button to try again


@transaction.atomic
def changed(subject: Any, *, by: Actor) -> list[str]:
    """Void what was approved if something flagged is another now, and ask anew; say what it is.

    Called after an edit, under the subject's lock. Whoever changed it asks now.
    """
    this = waiting(subject)
    if this is None:
        return []
    return restart(this, subject, by=by)


def restart(this: ApprovalRound, subject: Any, *, by: Actor) -> list[str]:
    """Void a waiting round and begin the next, if what is approved has changed since."""
    snapshot, sha256 = kind_for(subject).snapshot(subject)
    if sha256 == this.sha256:
        return []
    lines = difference(this.snapshot, snapshot)
    end(this, "void", by=by, note="\n".join(lines))
    asker = this.by if by == Actor.objects.system() else by
    begin(subject, by=asker)
    telling.ended(
        end_of(this),
        subject,
        by=by,
        words=gettext_noop("%(what)s has changed: it is to be approved anew"),
    )
    return lines


def on_step(subject: Any, step: str, by: Actor, at: datetime, **kwargs: Any) -> None:
    """Begin and end rounds as their subjects move. Received within the step's transaction."""
    kind = kind_of(subject)
    if kind is None or step == kind.step:
        return
    this, begins = latest(subject), step in kind.begins
    if this is not None and this.is_waiting and not kind.in_approval(subject):
        end(this, "withdraw", by=by)
    elif this is not None and this.state == ApprovalRound.State.APPROVED:
        _void_if_open_again(this, kind, subject, by)
    if begins:
        begin(subject, by=by, at=at)


def _void_if_open_again(this: ApprovalRound, kind: Kind, subject: Any, by: Actor) -> None:
    """Void a given approval once its subject is to be changed, or asked for again."""
    asks_again = any(each in workflow.steps(subject) for each in kind.begins)
    if not (asks_again or kind.in_approval(subject)):
        return
    snapshot, _sha256 = kind.snapshot(subject)
    lines = difference(this.snapshot, snapshot) or [_("Taken back to be changed")]
    end(this, "void", by=by, note="\n".join(lines))


@guard(gettext_lazy("A step is still open."), clears=gettext_lazy("approvers"))
def every_step_is_over(this: ApprovalRound) -> bool:
    return is_complete(this)


@guard(gettext_lazy("Not everybody who is asked has approved."), clears=gettext_lazy("approvers"))
def is_approved(subject: Any) -> bool | Blocker:
    """A subject is approved by its round, complete, and as it was read then."""
    this = waiting(subject)
    if this is None:
        return Blocker(_("Nobody is asked for approval."), _("whoever wrote it"))
    if not is_complete(this):
        return False
    return _unchanged(this, subject)


@guard(gettext_lazy("It has changed since its approval."), clears=gettext_lazy("approvers"))
def stands_as_approved(subject: Any) -> bool | Blocker:
    """For steps that act on an approval later: what is sent is what was approved.

    Rows that came with a history have no round: what happened to them is past.
    """
    this = latest(subject)
    return True if this is None else _unchanged(this, subject)


def _unchanged(this: ApprovalRound, subject: Any) -> bool | Blocker:
    snapshot, sha256 = kind_for(subject).snapshot(subject)
    if sha256 == this.sha256:
        return True
    lines = "; ".join(difference(this.snapshot, snapshot))
    return Blocker(_("Changed since its approval: %(lines)s.") % {"lines": lines}, _("approvers"))


workflow.add_guard("core.ApprovalRound", "approve", every_step_is_over)

"""What people do in a round: approve, send back, skip a step, ask somebody else, stand in."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import links
from core.approvals import rounds, telling
from core.approvals.links import revoke
from core.models import (
    Actor,
    ApprovalAsk,
    ApprovalRound,
    ApprovalStep,
    Delegation,
    Link,
    User,
)
from core.workflow import Blocker, StepRefused, take_step

MANAGE = "core.manage_approvals"


def _locked(pk: int) -> tuple[ApprovalRound, Any]:
    """Lock a round's subject and the round, in this order, and read them again."""
    this = ApprovalRound.objects.get(pk=pk)
    if this.subject is None:
        raise StepRefused(Blocker(_("What was to be approved is no longer there.")))
    subject = rounds.kind_for(this.subject).locked(this.subject)
    rows = ApprovalRound.objects.select_for_update(of=("self",)).select_related("by__user")
    return rows.get(pk=pk), subject


def _over(this: ApprovalRound) -> Blocker:
    last = this.log.order_by("-pk").first()
    state = str(this.get_state_display())
    words = _("This can no longer be answered: it is %(state)s.") % {"state": state}
    if last and last.note:
        words += " " + "; ".join(last.note.splitlines())
    return Blocker(words)


def blockers(ask: ApprovalAsk, actor: Actor) -> list[Blocker]:
    """Say why somebody can't answer an ask now; an empty list means that they can."""
    this = ask.step.round
    if not this.is_waiting:
        return [_over(this)]
    if not ask.step.is_asked or ask.decided_at or ask.passed_on_at:
        return [Blocker(_("This needs no answer of yours any more, or not yet."))]
    if not this.own_allowed and this.by == actor:
        return [Blocker(_("You asked for it: somebody else approves it."), _("another approver"))]
    if ask.step.asks.filter(decided_by=actor).exists():
        return [Blocker(_("You have answered in this step already."))]
    if not ApprovalAsk.objects.open().filter(pk=ask.pk).exists():
        return [Blocker(_("Whom this asks is no longer here."), _("an administrator"))]
    return []


def _demand(ask: ApprovalAsk, by: Actor, today: date) -> None:
    """Refuse whoever is not asked and stands in for nobody; and who can't answer now."""
    if not ApprovalAsk.objects.filter(pk=ask.pk).to(by, on=today).exists():
        raise PermissionDenied
    if found := blockers(ask, by):
        raise StepRefused(*found)


def _read(pk: int) -> ApprovalAsk:
    return ApprovalAsk.objects.select_related("step__round__by", "user").get(pk=pk)


def approve(
    ask: ApprovalAsk, *, by: Actor, note: str = "", spent: list[Link] | None = None
) -> ApprovalRound:
    """Give one approval. After the last, the subject's own step is taken with all its guards.

    If it reads differently now, nobody approves what they have not seen: the round begins
    anew, and whoever pressed is told. Raises StepRefused; then nothing of the answer is kept.
    """
    now = timezone.now()
    with transaction.atomic():
        this, subject = _locked(ask.step.round_id)
        fresh = _read(ask.pk)
        _demand(fresh, by, timezone.localdate(now))
        lines = rounds.restart(this, subject, by=Actor.objects.system())
        if not lines:
            _spend(spent)
            fresh.decided_at, fresh.decided_by, fresh.note = now, by, note[:2000]
            fresh.save()
            revoke([fresh])
            rounds.go_on(this, subject, by=by, now=now)
    if lines:
        words = _("It has changed since you were asked: %(lines)s. You are asked anew.")
        raise StepRefused(Blocker(words % {"lines": "; ".join(lines)}))
    return rounds.end_of(this)


def _spend(spent: list[Link] | None) -> None:
    for link in spent or []:
        links.spend(link)


@transaction.atomic
def send_back(
    ask: ApprovalAsk, *, by: Actor, reason: str, spent: list[Link] | None = None
) -> ApprovalRound:
    """End the whole round with a reason: the subject is a draft again, and whoever asked is told.

    One no is enough, however many have approved.
    """
    if not reason.strip():
        raise ValueError("Nothing is sent back without a reason.")
    this, subject = _locked(ask.step.round_id)
    _demand(_read(ask.pk), by, timezone.localdate())
    _spend(spent)
    rounds.end(this, "send_back", by=by, note=reason[:2000])
    subject = take_step(subject, rounds.kind_for(subject).back, by=by, note=reason[:2000])
    this = rounds.end_of(this)
    telling.ended(this, subject, by=by, words=_("Sent back: %(what)s"))
    return this


@transaction.atomic
def skip(step: ApprovalStep, *, by: Actor, reason: str) -> ApprovalRound:
    """Go on without a step: stamped with who, when and why."""
    this, subject = _manage(step, by)
    now = timezone.now()
    fresh = ApprovalStep.objects.select_related("round").get(pk=step.pk)
    if not (this.is_waiting and fresh.is_open):
        raise StepRefused(Blocker(_("This step is over already.")))
    fresh.skipped_at, fresh.skipped_by, fresh.skip_note = now, by, reason[:2000]
    fresh.save()
    revoke(fresh.asks.all())
    rounds.go_on(this, subject, by=by, now=now)
    return rounds.end_of(this)


def _manage(step: ApprovalStep, by: Actor) -> tuple[ApprovalRound, Any]:
    if not by.has_perm(MANAGE):
        raise PermissionDenied
    return _locked(step.round_id)


@transaction.atomic
def ask_also(step: ApprovalStep, user: User, *, by: Actor) -> ApprovalAsk:
    """Ask one more person in a step that is open, now or when its turn comes."""
    this, subject = _manage(step, by)
    fresh = ApprovalStep.objects.select_related("round").get(pk=step.pk)
    if not (this.is_waiting and fresh.is_open):
        raise StepRefused(Blocker(_("This step is over already.")))
    if fresh.asks.filter(user=user, passed_on_at=None).exists():
        raise StepRefused(Blocker(_("%(user)s is asked already.") % {"user": user}))
    ask, _created = fresh.asks.update_or_create(user=user, defaults={"passed_on_at": None})
    if fresh.is_asked:
        telling.asked([_read(ask.pk)], subject, now=timezone.now())
    return ask


@transaction.atomic
def go_on_alone(this: ApprovalRound, *, by: Actor) -> ApprovalRound:
    """Approve what no step applies to, once what held it back is cleared."""
    this, subject = _locked(this.pk)
    if not this.is_waiting or not rounds.is_complete(this):
        raise StepRefused(Blocker(_("Somebody is still asked.")))
    rounds.finish(this, subject, by=by)
    return rounds.end_of(this)


@transaction.atomic
def begin_late(subject: Any, *, by: Actor) -> ApprovalRound:
    """Ask for what stands in approval without a round, as rows that came with a history do."""
    if not rounds.may_begin(subject, by):
        raise PermissionDenied
    kind = rounds.kind_for(subject)
    subject = kind.locked(subject)
    if not kind.in_approval(subject) or rounds.waiting(subject) is not None:
        raise StepRefused(Blocker(_("Its approvers are asked already.")))
    return rounds.begin(subject, by=by)


def open_asks(user: User) -> Any:
    """Return the open asks to somebody, those of later steps too: what they leave behind."""
    return ApprovalAsk.objects.filter(
        user=user,
        decided_at=None,
        passed_on_at=None,
        step__done_at=None,
        step__skipped_at=None,
        step__round__state=ApprovalRound.State.WAITING,
    ).select_related("step__round__by__user", "user")


@transaction.atomic
def hand_over(user: User, to: User, by: Actor) -> None:
    """Let a successor be asked in somebody's place."""
    asks = list(open_asks(user))
    pks = sorted({ask.step.round_id for ask in asks})
    list(ApprovalRound.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    now = timezone.now()
    for ask in open_asks(user):
        ask.passed_on_at = now
        ask.save(update_fields=["passed_on_at"])
        revoke([ask])
        _pass_on(ask, to, now)


def _pass_on(ask: ApprovalAsk, to: User, now: datetime) -> None:
    this = ask.step.round
    if not this.own_allowed and this.by.user_id == to.pk:
        return  # nobody approves their own: the step shows who is missing
    new, created = ask.step.asks.get_or_create(user=to, defaults={"role": ask.role})
    if not created and new.passed_on_at:
        new.passed_on_at = None
        new.save(update_fields=["passed_on_at"])
    if ask.step.is_asked:
        telling.asked([_read(new.pk)], this.subject, now=now)


@transaction.atomic
def stand_in(user: User, delegate: User, *, starts_on: date, ends_on: date) -> Delegation:
    """Let somebody give a person's approvals while they are away, and tell them what waits."""
    row = Delegation.objects.create(
        user=user, delegate=delegate, starts_on=starts_on, ends_on=ends_on
    )
    now = timezone.now()
    if row.holds(timezone.localdate(now)):
        for ask in open_asks(user):
            if ask.step.is_asked:
                telling.asked([ask], ask.step.round.subject, now=now)
    return row


@transaction.atomic
def come_back(delegation: Delegation) -> None:
    """End a delegation; links that were mailed to the delegate open nothing any more."""
    rows = Link.objects.filter(scope="approval", email=delegation.delegate.email, used_at=None)
    asks = ApprovalAsk.objects.filter(user=delegation.user)
    rows.filter(subject_id__in=asks.values("pk")).update(revoked_at=timezone.now())
    delegation.delete()

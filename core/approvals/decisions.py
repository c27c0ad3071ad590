"""What people do in a round: approve, send back, skip a step, ask somebody else, stand in."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
        words = _("Whom this asks has left, or has no longer the role they are asked by.")
        return [Blocker(words, _("an administrator"))]
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
    ask: ApprovalAsk,
    *,
    by: Actor,
    note: str = "",
    spent: list[Link] | None = None,
    at: datetime | None = None,
) -> ApprovalRound:
    """Give one approval. After the last, the subject's own step is taken with all its guards.

    If it reads differently now, nobody approves what they have not seen: the round begins
    anew, and whoever pressed is told. Raises StepRefused; then nothing of the answer is kept.
    """
    now = at or timezone.now()
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
    ask: ApprovalAsk,
    *,
    by: Actor,
    reason: str,
    spent: list[Link] | None = None,
    at: datetime | None = None,
) -> ApprovalRound:
    """End the whole round with a reason: the subject is a draft again, and whoever asked is told.

    One no is enough, however many have approved.
    """
    if not reason.strip():
        raise ValueError("Nothing is sent back without a reason.")
    now, reason = at or timezone.now(), reason[:2000]
    this, subject = _locked(ask.step.round_id)
    _demand(_read(ask.pk), by, timezone.localdate(now))
    _spend(spent)
    rounds.end(this, "send_back", by=by, note=reason, at=now)
    subject = take_step(subject, rounds.kind_for(subject).back, by=by, note=reason, at=now)
    this = rounds.end_of(this)
    telling.ended(this, subject, by=by, words=gettext_noop("Sent back: %(what)s"))
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
    if not this.own_allowed and this.by.user_id == user.pk:
        words = _("%(user)s asked for it: somebody else approves it.")
        raise StepRefused(Blocker(words % {"user": user}))
    if fresh.asks.open_or_to_come().filter(user=user).exists() or fresh.has_answered(user):
        raise StepRefused(Blocker(_("%(user)s is asked already.") % {"user": user}))
    ask = ask_by_name(fresh, user)
    tell([ask], {this.pk: subject})
    return ask


def ask_by_name(step: ApprovalStep, user: User) -> ApprovalAsk:
    """Ask somebody by name. What they were asked before, by a role or before it went to somebody
    else, gives way: they are told anew, by a new link."""
    earlier = step.asks.filter(user=user, decided_at=None)
    revoke(earlier)
    earlier.delete()
    return step.asks.create(user=user)


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


def locked_asks(user: User) -> list[ApprovalAsk]:
    """Lock the rounds in which somebody is asked, the oldest first, and return their open asks."""
    pks = {ask.step.round_id for ask in open_asks(user)}
    list(ApprovalRound.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    return list(open_asks(user))


def tell(asks: list[ApprovalAsk], subjects: dict[int, Any]) -> None:
    """Tell those of them whose step is asked now. The caller holds the locks of their rounds."""
    now = timezone.now()
    for ask in asks:
        rows = ApprovalAsk.objects.open().filter(pk=ask.pk)
        rounds.tell(rows, subjects[ask.step.round_id], now=now)


@transaction.atomic
def stand_in(user: User, delegate: User, *, starts_on: date, ends_on: date) -> Delegation:
    """Let somebody give a person's approvals while they are away, and tell them what waits.

    For whom this person stands in themselves on one of these days is told: nobody stands in
    for who stands in.
    """
    row = Delegation.objects.create(
        user=user, delegate=delegate, starts_on=starts_on, ends_on=ends_on
    )
    for other in Delegation.objects.within(starts_on, ends_on).filter(delegate=user):
        telling.without_stand_in(other, row)
    if row.holds(timezone.localdate()):
        asks = locked_asks(user)
        tell(asks, {ask.step.round_id: ask.step.round.subject for ask in asks})
    return row


@transaction.atomic
def come_back(delegation: Delegation) -> None:
    """End a delegation. What was mailed to the delegate opens nothing any more, unless they stand
    in today by another one."""
    delegation.delete()
    user, delegate = delegation.user, delegation.delegate
    if not Delegation.objects.on(timezone.localdate()).filter(user=user, delegate=delegate):
        revoke(open_asks(user), email=delegate.email)

"""What becomes of somebody's approvals when they leave, or have a role no longer."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.approvals import decisions
from core.approvals.declared import kind_named
from core.approvals.links import revoke
from core.approvals.reading import subjects_of
from core.models import Actor, ApprovalAsk, ApprovalStep, User
from core.workflow import Blocker, StepRefused


def described(asks: Iterable[ApprovalAsk]) -> list[tuple[str, str]]:
    """Say of each ask what it is about and in which step, and where it is answered."""
    found = list(asks)
    subjects = subjects_of([ask.step.round for ask in found])
    return [
        (
            f"{kind_named(ask.step.round.kind).named(subjects[ask.step.round_id])}: {ask.step}",
            ask.step.round.get_absolute_url(),
        )
        for ask in found
        if ask.step.round_id in subjects
    ]


def _able(step: ApprovalStep, without: Collection[int] = ()) -> int:
    """Count the approvals that are given or can be, but for some of those who are asked."""
    asks = list(step.asks.all())
    answered = {ask.decided_by_id for ask in asks if ask.decided_at}
    waiting = [ask for ask in asks if not ask.decided_at and ask.can_be_given]
    return len(answered) + sum(ask.pk not in without for ask in waiting)


def _with_asked(steps: Iterable[int]) -> list[ApprovalStep]:
    rows = ApprovalStep.objects.filter(pk__in=steps).select_related("round")
    return list(rows.prefetch_related("asks__user__groups").order_by("due_at", "pk"))


def _named(steps: list[ApprovalStep]) -> list[str]:
    subjects = subjects_of([step.round for step in steps])
    names = [
        kind_named(step.round.kind).named(subjects[step.round_id])
        for step in steps
        if step.round_id in subjects
    ]
    return list(dict.fromkeys(names))


def left_standing(user: User, roles: Collection[str]) -> list[str]:
    """Name what nobody could approve any more if somebody had these roles no longer."""
    asks = list(decisions.open_asks(user).filter(role__in=roles))
    gone = {ask.pk for ask in asks}
    steps = _with_asked({ask.step_id for ask in asks})
    return _named([step for step in steps if _able(step, gone) < step.needed <= _able(step)])


@transaction.atomic
def hand_over(user: User, to: User, by: Actor) -> None:
    """Let a successor be asked in somebody's place, by name.

    Where they asked for it themselves, or have answered in the step already, nobody is: nobody
    approves their own, or twice. Raises StepRefused, and hands nothing over, where a step would
    then have too few who can give it.
    """
    asks = decisions.locked_asks(user)
    steps = {ask.step_id for ask in asks}
    could = {step.pk for step in _with_asked(steps) if _able(step) >= step.needed}
    for ask in asks:
        _pass_on(ask, to)
    if short := [step for step in _with_asked(could) if _able(step) < step.needed]:
        words = _(
            "%(to)s can't take these over, since too few could approve them then: %(names)s. "
            "Choose somebody else, or ask others there before."
        )
        raise StepRefused(Blocker(words % {"to": to, "names": ", ".join(_named(short))}))


def _pass_on(ask: ApprovalAsk, to: User) -> None:
    this, step = ask.step.round, ask.step
    ask.passed_on_at = timezone.now()
    ask.save(update_fields=["passed_on_at"])
    revoke([ask])
    own = not this.own_allowed and this.by.user_id == to.pk
    asked = step.asks.open_or_to_come().filter(user=to).exists()
    if not (own or asked or step.has_answered(to)):
        subject: Any = this.subject
        decisions.tell([decisions.ask_by_name(step, to)], {this.pk: subject})

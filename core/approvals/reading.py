"""Rounds as pages show them: what waits for somebody, and where a subject's approval stands."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import workflow
from core.approvals import decisions, rounds
from core.approvals.declared import Kind, kind_named, kind_of
from core.approvals.telling import delegations, receivers
from core.models import Actor, ApprovalAsk, ApprovalRound, ApprovalStep, Delegation, User
from core.workflow import Blocker

MOST = 200  # steps on one page: whoever has more has to change the policies


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody."""

    ask: ApprovalAsk
    kind: Kind
    subject: Any
    instead_of: str
    is_late: bool

    @property
    def label(self) -> str:
        return self.kind.todo(self.subject)

    @property
    def step(self) -> ApprovalStep:
        return self.ask.step

    @property
    def round(self) -> ApprovalRound:
        return self.ask.step.round


def waiting_for(actor: Actor, *, now: datetime) -> list[Waiting]:
    """Return what waits for somebody, or for whoever they stand in for: what is late first.

    So many queries as there are kinds of subjects, and one.
    """
    asks = ApprovalAsk.objects.answerable_by(actor, on=timezone.localdate(now))
    rows = asks.select_related("step__round__by", "user").order_by("step__due_at", "pk")
    by_step: dict[int, ApprovalAsk] = {}
    for ask in rows:
        known = by_step.get(ask.step_id)
        if known is None or ask.user_id == actor.user_id:  # one's own goes before another's
            by_step[ask.step_id] = ask
    found = list(by_step.values())
    subjects = subjects_of([ask.step.round for ask in found])
    return [
        Waiting(
            ask,
            kind_named(ask.step.round.kind),
            subjects[ask.step.round_id],
            "" if ask.user_id == actor.user_id else str(ask.user),
            ask.step.due_at is not None and ask.step.due_at <= now,
        )
        for ask in found
        if ask.step.round_id in subjects
    ]


def subjects_of(found: list[ApprovalRound]) -> dict[int, Any]:
    """Load the subjects of rounds, a few queries for each kind."""
    by_kind: defaultdict[str, list[ApprovalRound]] = defaultdict(list)
    for this in found:
        by_kind[this.kind].append(this)
    subjects = {}
    for key, group in by_kind.items():
        manager: Any = kind_named(key).model._default_manager
        rows = manager.for_steps() if hasattr(manager, "for_steps") else manager.all()
        loaded = rows.in_bulk([this.subject_id for this in group])
        subjects.update({r.pk: loaded[r.subject_id] for r in group if r.subject_id in loaded})
    return subjects


@dataclass(frozen=True)
class Asked:
    """One who is asked, and who may answer in their place today."""

    ask: ApprovalAsk
    delegates: list[User]
    can_be_given: bool


@dataclass(frozen=True)
class Stage:
    """A step with who is asked, and what holds it up."""

    step: ApprovalStep
    asked: list[Asked]
    blockers: list[Blocker]
    is_late: bool

    @property
    def given(self) -> int:
        return sum(each.ask.decided_at is not None for each in self.asked)


@dataclass(frozen=True)
class OpenStep:
    """A step that waits for anybody, as whoever looks after all of them reads it."""

    stage: Stage
    name: str

    @property
    def round(self) -> ApprovalRound:
        return self.stage.step.round

    @property
    def whom(self) -> str:
        return ", ".join(str(each.ask.user) for each in self.stage.asked if each.can_be_given)


def open_steps(*, now: datetime) -> list[OpenStep]:
    """Return the steps that wait for anybody, those due first before the others."""
    rows = ApprovalStep.objects.asked().select_related("round__by").order_by("due_at", "pk")
    steps = list(rows.prefetch_related("asks__user__groups", "asks__decided_by")[:MOST])
    subjects = subjects_of([step.round for step in steps])
    return [
        OpenStep(
            _stage(step.round, step, {}, now),
            kind_named(step.round.kind).named(subjects[step.round_id]),
        )
        for step in steps
        if step.round_id in subjects
    ]


def held_up(*, now: datetime) -> list[OpenStep]:
    """Return the steps that too few can give: others have to be asked, or they are skipped."""
    return [each for each in open_steps(now=now) if each.stage.blockers]


@dataclass(frozen=True)
class Standing:
    """Where the approval of a subject stands, as one reader sees it."""

    subject: Any
    kind: Kind
    round: ApprovalRound | None
    stages: list[Stage] = field(default_factory=list)
    mine: ApprovalAsk | None = None
    may_read: bool = False
    blockers: list[Blocker] = field(default_factory=list)
    instead_of: str = ""
    may_manage: bool = False
    may_begin: bool = False
    may_go_on: bool = False
    next: Waiting | None = None  # what waits for whoever has answered here

    @property
    def blockers_id(self) -> str:
        return f"ask-{self.mine.pk}-blockers" if self.mine else "approval-blockers"

    @property
    def note(self) -> str:
        """Why the round ended, where somebody said so."""
        return self.ended.note if self.ended else ""

    @property
    def ended(self) -> Any:
        last = list(self.round.log.all())[-1:] if self.round else []
        return last[0] if last else None


def standing(subject: Any, actor: Actor, *, now: datetime) -> Standing | None:
    """Return where a subject's approval stands; None for what was never asked about."""
    kind = kind_of(subject)
    if kind is None:
        return None
    this = ApprovalRound.objects.on(subject).for_page().order_by("-number").first()
    in_approval = kind.in_approval(subject)
    if this is None or (in_approval and not this.is_waiting):
        may = in_approval and rounds.may_begin(subject, actor)
        return Standing(subject, kind, None, may_begin=may) if in_approval else None
    return drawn(this, subject, actor, now=now)


def drawn(this: ApprovalRound, subject: Any, actor: Actor, *, now: datetime) -> Standing:
    """Draw a round that was loaded `for_page`."""
    kind = kind_named(this.kind)
    stages = _stages(this, now)
    mine = _mine(this, stages, actor)
    may_go_on = this.is_waiting and rounds.is_complete(this)
    may_manage = actor.has_perm(decisions.MANAGE)
    last = may_go_on or (mine is not None and _is_last(stages, mine))
    asked = {each.ask.user_id for stage in stages for each in stage.asked}
    return Standing(
        subject,
        kind,
        this,
        stages,
        mine,
        may_read=may_manage or mine is not None or this.by == actor or actor.user_id in asked,
        blockers=_lacking(kind, subject) if last else [],
        instead_of=str(mine.user) if mine and mine.user_id != actor.user_id else "",
        may_manage=this.is_waiting and may_manage,
        may_go_on=may_go_on,
        next=None if mine else _next(this, stages, actor, now),
    )


def _next(this: ApprovalRound, stages: list[Stage], actor: Actor, now: datetime) -> Waiting | None:
    """Return what else waits for whoever has answered here, what is late first."""
    deciders = {each.ask.decided_by_id for stage in stages for each in stage.asked}
    if this.state == ApprovalRound.State.SENT_BACK:
        deciders |= {line.by_id for line in this.log.all()}
    if actor.pk not in deciders:
        return None
    return next(iter(waiting_for(actor, now=now)), None)


def _stages(this: ApprovalRound, now: datetime) -> list[Stage]:
    steps = list(this.steps.all())
    users = [ask.user_id for step in steps for ask in step.asks.all()] if this.is_waiting else []
    standing_in = delegations(users, on=timezone.localdate(now)) if users else {}
    return [_stage(this, step, standing_in, now) for step in steps]


def _stage(
    this: ApprovalRound,
    step: ApprovalStep,
    standing_in: dict[int, list[Delegation]],
    now: datetime,
) -> Stage:
    asked = [
        _asked(ask, standing_in)
        for ask in step.asks.all()
        if ask.decided_at or not ask.passed_on_at
    ]
    held = _too_few(step, asked) if this.is_waiting and step.is_open else []
    late = step.is_asked and step.due_at is not None and step.due_at <= now
    return Stage(step, asked, held, late and this.is_waiting)


def _asked(ask: ApprovalAsk, standing_in: dict[int, list[Delegation]]) -> Asked:
    can_be_given = ask.decided_at is None and ask.can_be_given
    found = receivers(ask, standing_in) if can_be_given else []
    return Asked(ask, [each.user for each in found if each.instead_of], can_be_given)


def _mine(this: ApprovalRound, stages: list[Stage], actor: Actor) -> ApprovalAsk | None:
    """Return the open ask that somebody can answer: their own before another's."""
    if not this.is_waiting or (this.by == actor and not this.own_allowed):
        return None
    for stage in stages:
        if not stage.step.is_asked or any(
            each.ask.decided_by_id == actor.pk for each in stage.asked
        ):
            continue
        able = [each for each in stage.asked if each.can_be_given]
        own = [each.ask for each in able if each.ask.user_id == actor.user_id]
        instead = [e.ask for e in able if actor.user_id in {user.pk for user in e.delegates}]
        if found := own or instead:
            return found[0]
    return None


def _too_few(step: ApprovalStep, asked: list[Asked]) -> list[Blocker]:
    """Say that a step can't be given any more: too many of those who are asked are gone."""
    answered = {each.ask.decided_by_id for each in asked if each.ask.decided_at}
    able = len(answered) + sum(each.can_be_given for each in asked)
    if able >= step.needed:
        return []
    words = ngettext(
        "It needs %(needed)s approval, and only %(able)s can be given: ask others, or skip it.",
        "It needs %(needed)s approvals, and only %(able)s can be given: ask others, or skip it.",
        step.needed,
    ) % {"needed": step.needed, "able": able}
    return [Blocker(words, _("an administrator"))]


def _is_last(stages: list[Stage], mine: ApprovalAsk) -> bool:
    """Say whether this approval would be the last one of its round."""
    return all(
        stage.step.pk == mine.step_id and stage.given + 1 >= stage.step.needed
        for stage in stages
        if stage.step.is_open
    )


def _lacking(kind: Kind, subject: Any) -> list[Blocker]:
    """Say what the subject lacks for its own step, but for the approval."""
    taken = workflow.steps(subject).get(kind.step)
    if taken is None:
        return []
    conditions = [
        condition
        for condition in workflow.guards_of(subject, taken)
        if condition is not rounds.is_approved
    ]
    return workflow.lacking(subject, conditions)

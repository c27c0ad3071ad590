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
from core.approvals.telling import delegates
from core.models import Actor, ApprovalAsk, ApprovalRound, ApprovalStep, User
from core.workflow import Blocker


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
    subjects = _subjects([ask.step.round for ask in found])
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


def _subjects(found: list[ApprovalRound]) -> dict[int, Any]:
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
    ask: ApprovalAsk
    delegates: list[User]


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
class Standing:
    """Where the approval of a subject stands, as one reader sees it."""

    subject: Any
    kind: Kind
    round: ApprovalRound | None
    stages: list[Stage] = field(default_factory=list)
    mine: ApprovalAsk | None = None
    blockers: list[Blocker] = field(default_factory=list)
    instead_of: str = ""
    may_manage: bool = False
    may_begin: bool = False
    may_go_on: bool = False

    @property
    def blockers_id(self) -> str:
        return f"ask-{self.mine.pk}-blockers" if self.mine else ""

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
    steps = list(this.steps.all())
    asks = [ask for step in steps for ask in step.asks.all()]
    standing_in = (
        delegates([ask.user_id for ask in asks], on=timezone.localdate(now))
        if this.is_waiting
        else {}
    )
    mine = _mine(this, steps, actor, standing_in)
    return Standing(
        subject,
        kind,
        this,
        [_stage(this, step, standing_in, now) for step in steps],
        mine,
        _before_the_last(kind, subject, steps, mine),
        instead_of=str(mine.user) if mine and mine.user_id != actor.user_id else "",
        may_manage=this.is_waiting and actor.has_perm(decisions.MANAGE),
        may_go_on=this.is_waiting and rounds.is_complete(this),
    )


def _mine(
    this: ApprovalRound,
    steps: list[ApprovalStep],
    actor: Actor,
    standing_in: dict[int, list[User]],
) -> ApprovalAsk | None:
    """Return the open ask that somebody can answer: their own before another's."""
    if not this.is_waiting or (this.by == actor and not this.own_allowed):
        return None
    instead = {
        user for user, people in standing_in.items() if actor.user_id in {p.pk for p in people}
    }
    for step in steps:
        asks = list(step.asks.all())
        if not step.is_asked or any(ask.decided_by_id == actor.pk for ask in asks):
            continue
        able = [a for a in asks if not a.decided_at and not a.passed_on_at and a.user.is_active]
        own = [ask for ask in able if ask.user_id == actor.user_id]
        found = own or [ask for ask in able if ask.user_id in instead]
        if found:
            return found[0]
    return None


def _stage(
    this: ApprovalRound, step: ApprovalStep, standing_in: dict[int, list[User]], now: datetime
) -> Stage:
    asks = [ask for ask in step.asks.all() if ask.decided_at or not ask.passed_on_at]
    asked = [Asked(ask, [] if ask.decided_at else standing_in.get(ask.user_id, [])) for ask in asks]
    held = _too_few(this, step, asks) if this.is_waiting and step.is_open else []
    late = step.is_asked and step.due_at is not None and step.due_at <= now
    return Stage(step, asked, held, late and this.is_waiting)


def _too_few(this: ApprovalRound, step: ApprovalStep, asks: list[ApprovalAsk]) -> list[Blocker]:
    """Say that a step can't be given any more: too many of its approvers have left."""
    able = sum(bool(ask.decided_at) or ask.user.is_active for ask in asks)
    if able >= step.needed:
        return []
    words = ngettext(
        "It needs %(needed)s approval, and only %(able)s can be given: ask others, or skip it.",
        "It needs %(needed)s approvals, and only %(able)s can be given: ask others, or skip it.",
        step.needed,
    ) % {"needed": step.needed, "able": able}
    return [Blocker(words, _("an administrator"))]


def _before_the_last(
    kind: Kind, subject: Any, steps: list[ApprovalStep], mine: ApprovalAsk | None
) -> list[Blocker]:
    """Say what the subject lacks, if this person's approval would be the last one."""
    if mine is None:
        return []
    others = [step for step in steps if step.is_open and step.pk != mine.step_id]
    step = next(step for step in steps if step.pk == mine.step_id)
    given = sum(ask.decided_at is not None for ask in step.asks.all())
    taken = workflow.steps(subject).get(kind.step)
    if others or given + 1 < step.needed or taken is None:
        return []
    conditions = [
        condition
        for condition in workflow.guards_of(subject, taken)
        if condition is not rounds.is_approved
    ]
    return workflow.lacking(subject, conditions)

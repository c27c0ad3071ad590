"""The policy of each kind: as it ships until an administrator edits it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import audit
from core.approvals.declared import Kind, kinds
from core.models import Actor, ApprovalPolicy, ApprovalPolicyStep, User, UserKind


def policy_of(kind: Kind) -> ApprovalPolicy:
    """Return a kind's policy, and make it as it ships where there is none yet."""
    policy, created = ApprovalPolicy.objects.get_or_create(
        kind=kind.key, defaults={"own_allowed": kind.own_allowed}
    )
    if created:
        for position, each in enumerate(kind.shipped, start=1):
            step = policy.steps.create(
                position=position,
                label=each.label,
                needed=each.needed,
                due_hours=each.due_hours,
                rule=each.rule,
            )
            step.roles.set(Group.objects.filter(name__in=each.roles))
    return policy


@transaction.atomic
def ensure(**kwargs: Any) -> None:
    """Give each kind its policy. Received when the roles are synced."""
    for kind in kinds():
        policy_of(kind)


@transaction.atomic
def save(policy: ApprovalPolicy, steps: Iterable[dict[str, Any]], *, by: Actor) -> ApprovalPolicy:
    """Replace a policy's steps. Rounds under way keep theirs."""
    before = _in_words(ApprovalPolicy.objects.select_for_update().get(pk=policy.pk))
    policy.changed_by, policy.changed_at = by, timezone.now()
    policy.save()
    policy.steps.all().delete()
    for values in steps:
        details = dict(values)
        roles, people = details.pop("roles"), details.pop("people")
        step = policy.steps.create(**details)
        step.roles.set(roles)
        step.people.set(people)
    audit.note(
        "administration",
        did="approval_policy_changed",
        by=by,
        about=policy,
        kind_of_subject=policy.kind,
        before=before,
        after=_in_words(policy),
    )
    return policy


def _in_words(policy: ApprovalPolicy) -> str:
    """Say how a kind is approved. People stand there by number: the audit holds no names."""
    order = "one after the other" if policy.in_order else "side by side"
    own = "whoever asks may approve" if policy.own_allowed else "somebody else approves"
    steps = policy.steps.prefetch_related("roles", "people")
    return "; ".join([order, own, *map(_step_in_words, steps)])


def _step_in_words(step: ApprovalPolicyStep) -> str:
    roles = sorted(group.name for group in step.roles.all())
    people = [f"person {pk}" for pk in sorted(user.pk for user in step.people.all())]
    when = f", only when {step.rule.replace('_', ' ')}" if step.rule else ""
    whom = ", ".join(roles + people)
    return f"{step.label}: {step.needed} of {whom}, within {step.due_hours} h{when}"


def staff() -> Any:
    return User.objects.filter(kind=UserKind.STAFF, is_active=True)


def staff_among(roles: Iterable[Group], people: Iterable[User]) -> int:
    """Count whom a step would ask today: people named, and who has one of the roles."""
    asked = Q(pk__in=[user.pk for user in people]) | Q(groups__in=list(roles))
    return int(staff().filter(asked).distinct().count())


def approvers(step: ApprovalPolicyStep) -> list[tuple[User, str]]:
    """Return whom a step asks today, each once, with the role by which: people named come first."""
    found: dict[int, tuple[User, str]] = {
        user.pk: (user, "") for user in staff().filter(pk__in=step.people.values("pk"))
    }
    for group in step.roles.order_by("name"):
        for user in staff().filter(groups=group):
            found.setdefault(user.pk, (user, group.name))
    return list(found.values())


def with_steps(found: list[tuple[Kind, ApprovalPolicy]]) -> list[dict[str, Any]]:
    """Return policies as a page lists them, with their steps and whom they ask by name."""
    rows = ApprovalPolicyStep.objects.filter(policy__in=[policy.pk for _, policy in found])
    by_policy: dict[int, list[dict[str, Any]]] = {}
    rules = {policy.pk: kind.rules for kind, policy in found}
    for step in rows.prefetch_related("roles", "people"):
        rule = rules[step.policy_id].get(step.rule)
        whom = [*map(str, step.people.all()), *map(str, step.roles.all())]
        by_policy.setdefault(step.policy_id, []).append(
            {"step": step, "whom": ", ".join(whom), "rule": rule.label if rule else ""}
        )
    return [
        {"kind": kind, "policy": policy, "steps": by_policy.get(policy.pk, [])}
        for kind, policy in found
    ]

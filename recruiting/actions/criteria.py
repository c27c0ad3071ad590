from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import versions, workflow
from core.models import Actor
from core.workflow import Blocker, StepRefused, take_step
from engagements.models import Engagement
from recruiting import mails, told
from recruiting.models import CriteriaSet, Criterion

EDITABLE = {CriteriaSet.State.DRAFT, CriteriaSet.State.CHANGES_REQUESTED}
ANSWERS_WITH_COMMENT = {Criterion.Answer.CHANGE, Criterion.Answer.ASK}


def _demand(by: Actor, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied


def _editable(criteria_set: CriteriaSet, by: Actor) -> CriteriaSet:
    """Lock a set whose items `by` may change now."""
    _demand(by, "recruiting.change_criteriaset")
    row = workflow.locked(criteria_set)
    if row.state not in EDITABLE:
        raise StepRefused(
            Blocker(f"These criteria are {row.get_state_display()}: make a new version.")
        )
    return row


@transaction.atomic
def save_item(item: Criterion, *, by: Actor) -> Criterion:
    """Add an item at the end, or save a changed one. The client's answer to it is open again."""
    row = _editable(item.criteria_set, by)
    if item.pk is None:
        last = row.items.aggregate(last=Max("position"))["last"]
        item.position = 0 if last is None else last + 1
    item.answer, item.answered_by, item.answered_at = Criterion.Answer.OPEN, None, None
    item.save()
    return item


@transaction.atomic
def remove_item(item: Criterion, *, by: Actor) -> None:
    _editable(item.criteria_set, by)
    item.delete()


@transaction.atomic
def send_criteria(criteria_set: CriteriaSet, *, by: Actor) -> CriteriaSet:
    """Put the criteria before the client, and mail each of its approvers.

    Sent again, what they approved stays approved; what they asked for is open once more.
    """
    again = criteria_set.state == CriteriaSet.State.CHANGES_REQUESTED
    criteria_set = take_step(criteria_set, "resubmit" if again else "send", by=by)
    criteria_set.items.filter(answer__in=ANSWERS_WITH_COMMENT).update(answer=Criterion.Answer.OPEN)
    written = mails.criteria(criteria_set, by=by)
    if not written:
        client = criteria_set.engagement.client
        raise StepRefused(
            Blocker(
                f"Nobody at {client} may approve criteria yet: invite an approver.",
                "BizDev",
                client.get_absolute_url(),
            )
        )
    for mail in written:
        mail.send()
    return criteria_set


@transaction.atomic
def answer_item(item: Criterion, *, answer: str, comment: str, by: Actor) -> Criterion:
    """Note what the client says to one item. A change or a question needs words."""
    _demand(by, "recruiting.decide_criteriaset")
    row = workflow.locked(item.criteria_set)
    if row.state != CriteriaSet.State.IN_REVIEW:
        words = _("These criteria are no longer before you: they are %(state)s.")
        raise StepRefused(Blocker(words % {"state": row.get_state_display()}))
    if answer in ANSWERS_WITH_COMMENT and not comment.strip():
        words = _("Say in words what you would like of “%(item)s”.")
        raise StepRefused(Blocker(words % {"item": item.name}))
    item = row.items.select_for_update().get(pk=item.pk)
    item.answer, item.comment = Criterion.Answer(answer), comment.strip()
    item.answered_by, item.answered_at = by, timezone.now()
    item.save(update_fields=["answer", "comment", "answered_by", "answered_at"])
    return item


@transaction.atomic
def finish_review(criteria_set: CriteriaSet, *, by: Actor) -> CriteriaSet:
    """End the client's review: all approved, the set is frozen and supersedes the earlier
    version; with any change or question, it goes back to us. The engagement's owner is told."""
    Engagement.objects.select_for_update().get(pk=criteria_set.engagement_id)
    row = workflow.locked(criteria_set)
    items = list(row.items.all())
    waiting = [item for item in items if item.answer == Criterion.Answer.OPEN]
    if waiting and row.state == CriteriaSet.State.IN_REVIEW:
        words = ngettext(
            "%(open)s of %(all)s items is not answered yet.",
            "%(open)s of %(all)s items are not answered yet.",
            len(waiting),
        )
        raise StepRefused(
            Blocker(words % {"open": len(waiting), "all": len(items)}, _("the client"))
        )
    if any(item.answer in ANSWERS_WITH_COMMENT for item in items):
        row = take_step(row, "request_changes", by=by)
    else:
        row = _approve(row, by)
    told.criteria_answered(row, by=by)
    return row


def _approve(criteria_set: CriteriaSet, by: Actor) -> CriteriaSet:
    earlier = CriteriaSet.objects.filter(
        engagement=criteria_set.engagement_id,
        title=criteria_set.title,
        state=CriteriaSet.State.APPROVED,
    ).exclude(pk=criteria_set.pk)
    for row in earlier:
        take_step(row, "supersede", by=Actor.objects.system())
    frozen, sha256 = versions.freeze(content(criteria_set))
    return take_step(criteria_set, "approve", by=by, frozen=frozen, sha256=sha256)


def content(criteria_set: CriteriaSet) -> dict[str, object]:
    """Return what is agreed by approving these criteria."""
    names = ["name", "kind", "skill", "level", "proof", "weight", "reason"]
    return {
        "engagement": criteria_set.engagement.code,
        "role": criteria_set.role,
        "title": criteria_set.title,
        "version": criteria_set.version,
        "items": [
            {name: getattr(item, name) for name in names} for item in criteria_set.items.all()
        ],
    }


@transaction.atomic
def new_criteria_version(criteria_set: CriteriaSet, *, by: Actor) -> CriteriaSet:
    """Copy a set that was agreed into a draft of its next version, each item open again."""
    _demand(by, "recruiting.change_criteriaset")
    Engagement.objects.select_for_update().get(pk=criteria_set.engagement_id)
    family = CriteriaSet.objects.filter(
        engagement=criteria_set.engagement_id, title=criteria_set.title
    ).order_by("-version")
    newest = family[0]
    if newest.state not in {CriteriaSet.State.APPROVED, CriteriaSet.State.SUPERSEDED}:
        raise StepRefused(
            Blocker(
                f"Version {newest.version} is {newest.get_state_display()}: go on with that.",
                url=newest.get_absolute_url(),
            )
        )
    copy = CriteriaSet.objects.create(
        engagement=criteria_set.engagement,
        role=criteria_set.role,
        title=criteria_set.title,
        version=newest.version + 1,
    )
    names = ["position", "name", "kind", "skill", "level", "proof", "weight", "reason"]
    Criterion.objects.bulk_create(
        Criterion(criteria_set=copy, **{name: getattr(item, name) for name in names})
        for item in criteria_set.items.all()
    )
    return copy

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Page

from cms import mails, told
from cms.actions.contracts import TO_BE_DRAWN
from cms.blocks import default_body
from cms.models import HomePage, NumberSeries, Proposal, ProposalPage, ProposalVersion, ProposalView
from cms.policies import VALID_DAYS
from core import approvals, versions, workflow
from core.daily import one_by_one
from core.models import Actor, UserKind
from core.workflow import Blocker, StepRefused, take_step
from engagements import actions as engagement_actions
from engagements.models import Engagement
from engagements.models.engagements import STAFFING
from engagements.models.milestones import Turn

MILESTONE = "proposal"
CLIENT_ANSWERS = gettext_noop("Proposal %(proposal)s, version %(version)s: the client's answer")
OPEN = [
    Proposal.State.DRAFT,
    Proposal.State.IN_REVIEW,
    Proposal.State.APPROVED,
    Proposal.State.SENT,
]
# What a further version may follow on.
FOLLOWED = [
    Proposal.State.SENT,
    Proposal.State.DECLINED,
    Proposal.State.EXPIRED,
    Proposal.State.WITHDRAWN,
]


def _lock_engagement(proposal: Proposal) -> Engagement:
    return Engagement.objects.select_for_update().get(pk=proposal.engagement_id)


def _demand(by: Actor) -> None:
    if not by.has_perm("cms.change_proposal"):
        raise PermissionDenied


@transaction.atomic
def create_proposal(
    engagement: Engagement, *, by: Actor, title: str = "", valid_until: date | None = None
) -> Proposal:
    """Begin a proposal: a draft page with the usual blocks, to be edited in the Wagtail admin."""
    _demand(by)
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    going = engagement.proposals.filter(state__in=OPEN).first()
    if going:
        raise StepRefused(
            Blocker(
                f"{going} is {going.get_state_display()}: go on with that.",
                url=going.get_absolute_url(),
            )
        )
    today = timezone.localdate()
    number = NumberSeries.next("P", on=today)
    page = ProposalPage(
        title=title or f"A customer-care team for {engagement.client}",
        slug=number.lower(),
        engagement=engagement,
        valid_until=valid_until or today + timedelta(days=VALID_DAYS.value()),
        body=default_body(),
        owner=by.user,
        live=False,
    )
    # One at a time: two pages made at once would take the same place in the tree.
    HomePage.objects.select_for_update().get().add_child(instance=page)
    page.save_revision(user=by.user)
    return Proposal.objects.create(engagement=engagement, page=page, number=number)


@transaction.atomic
def page_changed(page: Page, *, by: Actor) -> None:
    """Have a proposal whose page is another now, while it is in review, approved anew."""
    for proposal in Proposal.objects.filter(page_id=page.pk, state=Proposal.State.IN_REVIEW):
        approvals.changed(workflow.locked(proposal), by=by)


@transaction.atomic
def send_proposal(proposal: Proposal, *, by: Actor) -> Proposal:
    """Freeze the draft with its figures, put it before the client, and mail the client's people.

    An earlier version that still waits for an answer ends.
    """
    engagement = _lock_engagement(proposal)
    waiting = engagement.proposals.filter(state=Proposal.State.SENT).exclude(pk=proposal.pk)
    for earlier in waiting:
        take_step(earlier, "supersede", by=Actor.objects.system())
        _finish(earlier)
    now = timezone.now()
    proposal = take_step(proposal, "send", by=by, at=now)
    _freeze(proposal, at=now)
    if engagement.state == Engagement.State.PLANNED:
        take_step(engagement, "propose", by=by)
    engagement_actions.set_milestone(
        engagement,
        f"{MILESTONE}:{proposal.pk}",
        says=CLIENT_ANSWERS,
        arguments={"proposal": proposal.number, "version": proposal.version},
        due_on=proposal.page.valid_until,
        turn=Turn.CLIENT,
        url=reverse("cms:proposal", args=[proposal.pk]),
    )
    for mail in mails.proposal_sent(proposal):
        mail.send()
    return proposal


def _freeze(proposal: Proposal, *, at: datetime) -> ProposalVersion:
    """Keep text and figures as they stand, with the hash of both."""
    page = proposal.page
    figures = page.figures(
        number=proposal.number, version=proposal.version, on=timezone.localdate(at)
    )
    data = {**figures, "body": page.body.get_prep_value()}
    frozen, sha256 = versions.freeze({"data": data, "html": page.render(figures)})
    return ProposalVersion.objects.create(
        proposal=proposal,
        html=frozen["html"],
        data=frozen["data"],
        sha256=sha256,
        valid_until=page.valid_until,
        sent_at=at,
    )


def _finish(proposal: Proposal) -> None:
    engagement_actions.finish_milestone(proposal.engagement, f"{MILESTONE}:{proposal.pk}")


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, name: str, title: str, note: str = "", by: Actor
) -> Proposal:
    """Take the client's yes, as said by a named person: the engagement is agreed by it."""
    engagement = _lock_engagement(proposal)
    proposal = take_step(
        proposal, "accept", by=by, note=note, answer_name=name, answer_title=title, answer_note=note
    )
    if engagement.state not in STAFFING:  # we may have marked it as agreed ourselves
        system, note = Actor.objects.system(), f"{proposal.number} v{proposal.version} is accepted."
        engagement_actions.agree(engagement, by=system, note=note)
    _finish(proposal)
    engagement_actions.set_milestone(
        engagement,
        "contract",
        says=TO_BE_DRAWN,
        turn=Turn.STAFF,
        url=reverse("cms:proposal", args=[proposal.pk]),
    )
    told.proposal_answered(proposal)
    return proposal


@transaction.atomic
def decline_proposal(
    proposal: Proposal, *, name: str, title: str, note: str, by: Actor
) -> Proposal:
    """Take the client's no, with its reason. The engagement stays: a version may follow."""
    _lock_engagement(proposal)
    proposal = take_step(
        proposal,
        "decline",
        by=by,
        note=note,
        answer_name=name,
        answer_title=title,
        answer_note=note,
    )
    _finish(proposal)
    told.proposal_answered(proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: Actor, note: str = "") -> Proposal:
    """Take a proposal back. If it was before the client, the client's people are told."""
    _lock_engagement(proposal)
    was_sent = workflow.locked(proposal).state == Proposal.State.SENT
    proposal = take_step(proposal, "withdraw", by=by, note=note)
    _finish(proposal)
    if was_sent:
        for mail in mails.proposal_withdrawn(proposal):
            mail.send()
    return proposal


@transaction.atomic
def new_proposal_version(proposal: Proposal, *, by: Actor) -> Proposal:
    """Open the draft for a further version. One before the client stays until that is sent."""
    _demand(by)
    engagement = _lock_engagement(proposal)
    newest = engagement.proposals.filter(number=proposal.number).order_by("-version")[0]
    if newest.state not in FOLLOWED:
        raise StepRefused(
            Blocker(
                f"{newest} is {newest.get_state_display()}: go on with that.",
                url=newest.get_absolute_url(),
            )
        )
    return Proposal.objects.create(
        engagement=engagement, page=newest.page, number=newest.number, version=newest.version + 1
    )


def expire_proposals(*, on: date) -> int:
    """End the proposals that nobody answered in time, and return how many."""
    return one_by_one(Proposal.objects.overdue(on=on), lambda proposal: _expire(proposal, on))


@transaction.atomic
def _expire(proposal: Proposal, on: date) -> bool:
    _lock_engagement(proposal)
    # An answer may have come while we waited.
    if not Proposal.objects.overdue(on=on).filter(pk=proposal.pk).exists():
        return False
    proposal = take_step(proposal, "expire", by=Actor.objects.system())
    _finish(proposal)
    told.proposal_answered(proposal)
    return True


@transaction.atomic
def record_view(version: ProposalVersion, *, by: Actor, at: datetime) -> None:
    """Note that somebody of the client reads a proposal, once an hour at most."""
    if by.user is None or by.user.kind != UserKind.CLIENT:
        return
    ProposalVersion.objects.select_for_update().get(pk=version.pk)
    if not version.views.filter(by=by, at__gt=at - timedelta(hours=1)).exists():
        ProposalView.objects.create(version=version, by=by, at=at)

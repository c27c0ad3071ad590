from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cms import actions
from cms.models import Proposal, ProposalPage, ProposalVersion, ProposalView
from core import versions
from core.models import Message
from core.workflow import StepRefused
from engagements import actions as engagement_actions
from engagements.models import Milestone, Seat
from tests.cms.conftest import approved, person_at, ready_engagement, state_of
from tests.factories.engagements import StaffingPlanFactory
from vendors.models import Rate

pytestmark = pytest.mark.django_db


def mails(template):
    return sorted(Message.objects.filter(template=template).values_list("to", flat=True))


def milestone(engagement, key):
    row = Milestone.objects.get(engagement=engagement, key=key)
    return row.turn, row.due_on, row.done_at is not None


def test_draft_begins_with_the_usual_blocks(draft):
    page = ProposalPage.objects.get(pk=draft.page_id)

    kinds = [block.block_type for block in page.body]
    assert kinds == ["text", "team", "figures", "price", "timeline"]
    assert draft.number == f"P-{timezone.localdate().year}-001"
    assert page.get_parent().slug == "home"


def test_engagement_has_one_open_proposal(draft, bizdev):
    with pytest.raises(StepRefused, match="is draft: go on with that"):
        actions.create_proposal(draft.engagement, by=bizdev)


def test_recruiter_makes_no_proposal(engagement, actor_as):
    with pytest.raises(PermissionDenied):
        actions.create_proposal(engagement, by=actor_as("Recruiter"))


def test_sending_freezes_text_and_figures_with_their_hash(sent):
    frozen = ProposalVersion.objects.get(proposal=sent)

    assert frozen.data["price"]["total"] == "10000.00"
    assert frozen.data["seats"] == 3
    assert [node["label"] for node in frozen.data["team"]] == ["Team lead"]
    assert [entry["on"] for entry in frozen.data["timeline"]] == [
        "2029-06-11",
        "2029-07-23",
        "2029-08-20",
        "2029-09-03",
    ]
    _, sha256 = versions.freeze({"data": frozen.data, "html": frozen.html})
    assert frozen.sha256 == sha256
    for words in ["€10,000", "Team lead", "11 June 2029", "2 agents in a team of 3"]:
        assert words in frozen.html


def test_frozen_text_needs_nothing_from_outside(sent):
    html = ProposalVersion.objects.get(proposal=sent).html

    for forbidden in ["style=", "<script", "<link", "<img", "src=", "csrf", "http"]:
        assert forbidden not in html


def test_what_was_sent_stays_as_it_was(sent):
    before = ProposalVersion.objects.values().get(proposal=sent)

    Rate.objects.update(monthly=1)
    Seat.objects.update(state="cancelled")
    page = ProposalPage.objects.get(pk=sent.page_id)
    page.title, page.body = "Other", []
    page.save_revision()

    assert ProposalVersion.objects.values().get(proposal=sent) == before


def test_sending_proposes_the_engagement_and_tells_everybody_at_the_client(
    draft, bizdev, engagement, approver
):
    viewer = person_at(engagement.client, "Client viewer")
    person_at(engagement.client, "Client approver", is_active=False)

    sent = actions.send_proposal(approved(draft, bizdev), by=bizdev)

    assert state_of(engagement) == "proposed"
    assert mails("cms.proposal_sent") == sorted([approver.user.email, viewer.user.email])
    due_on = sent.page.valid_until
    assert milestone(engagement, f"proposal:{sent.pk}") == ("client", due_on, False)


def test_client_accepts_and_the_engagement_is_agreed(sent, approver, engagement):
    accepted = actions.accept_proposal(
        sent, name="Maja Hansen", title="Head", note="Good.", by=approver
    )

    assert (accepted.state, accepted.answer_name, accepted.answer_title) == (
        "accepted",
        "Maja Hansen",
        "Head",
    )
    assert state_of(engagement) == "agreed"
    assert set(engagement.seats.values_list("state", flat=True)) == {"approved"}
    assert mails("cms.proposal_answered") == [engagement.owner.email]
    assert milestone(engagement, f"proposal:{sent.pk}")[2]
    assert milestone(engagement, "contract") == ("staff", None, False)


@pytest.mark.parametrize("role", ["Client viewer", "BizDev", "Administrator"])
def test_only_the_clients_approvers_accept(role, sent, actor_as):
    with pytest.raises(PermissionDenied):
        actions.accept_proposal(sent, name="A", title="B", by=actor_as(role))

    assert Proposal.objects.get().state == "sent"


def test_refused_agreement_leaves_the_proposal_unanswered(sent, approver, engagement):
    type(engagement).objects.filter(pk=engagement.pk).update(state="on_hold")

    with pytest.raises(StepRefused, match="on hold"):
        actions.accept_proposal(sent, name="A", title="B", by=approver)

    assert Proposal.objects.get().state == "sent"


def test_client_declines_with_a_reason_and_another_version_follows(
    sent, approver, bizdev, engagement
):
    declined = actions.decline_proposal(sent, name="A", title="B", note="Too dear.", by=approver)
    second = actions.new_proposal_version(declined, by=bizdev)

    assert (declined.state, declined.answer_note) == ("declined", "Too dear.")
    assert (second.number, second.version, second.state) == (sent.number, 2, "draft")
    assert second.page_id == sent.page_id
    assert state_of(engagement) == "proposed"


def test_next_version_ends_the_one_that_waits(sent, bizdev):
    second = approved(actions.new_proposal_version(sent, by=bizdev), bizdev)
    assert Proposal.objects.get(pk=sent.pk).state == "sent"

    actions.send_proposal(second, by=bizdev)

    assert dict(Proposal.objects.values_list("version", "state")) == {1: "superseded", 2: "sent"}


def test_draft_is_followed_by_no_other_version(draft, bizdev):
    with pytest.raises(StepRefused, match="go on with that"):
        actions.new_proposal_version(draft, by=bizdev)


def test_withdrawing_tells_the_client_only_what_it_had_seen(sent, bizdev, approver):
    actions.withdraw_proposal(sent, by=bizdev)
    second = actions.new_proposal_version(sent, by=bizdev)
    actions.withdraw_proposal(second, by=bizdev)

    assert mails("cms.proposal_withdrawn") == [approver.user.email]


def test_proposal_expires_on_the_day_after_its_last(sent, engagement):
    last = sent.page.valid_until

    assert actions.expire_proposals(on=last) == 0
    assert actions.expire_proposals(on=last + timedelta(days=1)) == 1
    assert actions.expire_proposals(on=last + timedelta(days=1)) == 0

    assert Proposal.objects.get().state == "expired"
    assert mails("cms.proposal_answered") == [engagement.owner.email]


def test_client_person_is_counted_once_an_hour(sent, approver, bizdev):
    now, version = timezone.now(), sent.frozen
    for minutes in [0, 59, 61]:
        actions.record_view(version, by=approver, at=now + timedelta(minutes=minutes))
    actions.record_view(version, by=bizdev, at=now)

    assert ProposalView.objects.count() == 2
    assert sent.readers() == [(approver.user, now + timedelta(minutes=61))]


def test_each_proposal_has_a_number_of_its_own(draft, bizdev):
    other = actions.create_proposal(ready_engagement(), by=bizdev)

    assert [draft.number[-3:], other.number[-3:]] == ["001", "002"]


def test_accepting_after_we_marked_it_as_agreed_stands_all_the_same(sent, approver, bizdev):
    engagement_actions.agree(sent.engagement, by=bizdev)

    actions.accept_proposal(sent, name="Maja Hansen", title="COO", by=approver)

    assert Proposal.objects.get().state == "accepted"
    assert state_of(sent.engagement) == "agreed"


def test_what_was_planned_anew_since_is_not_accepted(sent, approver):
    StaffingPlanFactory(engagement=sent.engagement, version=2)

    with pytest.raises(StepRefused, match="planned anew"):
        actions.accept_proposal(sent, name="Maja Hansen", title="COO", by=approver)


def test_superseded_version_waits_for_no_answer(sent, bizdev):
    second = approved(actions.new_proposal_version(sent, by=bizdev), bizdev)

    actions.send_proposal(second, by=bizdev)

    assert milestone(sent.engagement, f"proposal:{sent.pk}")[2]
    assert not milestone(sent.engagement, f"proposal:{second.pk}")[2]


def test_next_draft_does_not_move_the_day_of_what_was_sent(sent, approver, bizdev):
    actions.new_proposal_version(sent, by=bizdev)
    ProposalPage.objects.update(valid_until=timezone.localdate() - timedelta(days=1))

    assert actions.expire_proposals(on=timezone.localdate()) == 0
    actions.accept_proposal(sent, name="Maja Hansen", title="COO", by=approver)

    assert Proposal.objects.get(pk=sent.pk).state == "accepted"


def test_losing_the_engagement_takes_back_what_the_client_could_accept(sent, engagement, actor_as):
    engagement_actions.lose(engagement, reason="Went to another", by=actor_as("BizDev"))

    row = Proposal.objects.get()
    assert (row.state, row.log.last().note) == ("withdrawn", "Went to another")
    assert mails("cms.proposal_withdrawn") == mails("cms.proposal_sent")

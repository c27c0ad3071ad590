from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Message
from core.workflow import StepRefused, take_step
from engagements import actions
from engagements.models import Engagement, Milestone, Requirements
from tests.factories.core import NOW
from tests.factories.engagements import (
    ClientFactory,
    ClientPersonFactory,
    EngagementFactory,
    LineOfBusinessFactory,
    RequirementsFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db
GO_LIVE = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("may_decide", "role"), [(True, "Client approver"), (False, "Client viewer")]
)
def test_invited_person_at_a_client_decides_or_only_looks(may_decide, role, actor_as):
    client = ClientFactory()

    person = actions.invite_person(
        client, email="Jo@x.example", name="Jo", may_decide=may_decide, by=actor_as("BizDev")
    )

    assert (person.client, person.user.kind) == (client, "client")
    assert [group.name for group in person.user.groups.all()] == [role]
    assert Message.objects.get().to == "jo@x.example"


def test_address_of_another_client_is_not_invited(actor_as):
    other = ClientPersonFactory()

    with pytest.raises(StepRefused, match="belongs to somebody who is not at"):
        actions.invite_person(
            ClientFactory(),
            email=other.user.email,
            name="A",
            may_decide=True,
            by=actor_as("BizDev"),
        )

    assert not Message.objects.exists()


def test_engagement_begins_as_an_enquiry_with_its_go_live(actor_as):
    bizdev = actor_as("BizDev")

    engagement = actions.create_engagement(
        ClientFactory(),
        name="Phone",
        code="NB-1",
        owner=bizdev.user,
        currency="EUR",
        go_live_on=GO_LIVE,
        by=bizdev,
    )

    milestone = engagement.milestones.get()
    assert engagement.state == "enquiry"
    assert (milestone.key, milestone.due_on, milestone.done_at) == ("go_live", GO_LIVE, None)


def test_agreed_engagement_has_its_planned_seats_approved(actor_as):
    engagement = EngagementFactory(state="proposed")
    for state in ("planned", "planned", "cancelled"):
        SeatFactory(engagement=engagement, state=state)

    agreed = actions.agree(engagement, by=actor_as("BizDev"), note="By phone")

    assert agreed.state == "agreed"
    assert agreed.log.get().note == "By phone"
    assert agreed.seats.counts_by_state() == {"approved": 2, "cancelled": 1}


def test_agreeing_without_the_right_approves_nothing(actor_as):
    seat = SeatFactory(engagement__state="proposed")

    with pytest.raises(PermissionDenied):
        actions.agree(seat.engagement, by=actor_as("Recruiter"))

    assert seat.engagement.seats.counts_by_state() == {"planned": 1}


def test_lost_engagement_keeps_its_reason_and_cancels_its_seats(actor_as):
    seat = SeatFactory(engagement__state="planned")

    lost = actions.lose(seat.engagement, reason="Price", by=actor_as("BizDev"))

    assert (lost.state, lost.lost_reason) == ("lost", "Price")
    assert lost.seats.counts_by_state() == {"cancelled": 1}


def test_milestone_is_set_once_for_each_key_and_done_once():
    engagement = EngagementFactory()
    later = datetime(2026, 4, 1, tzinfo=UTC)

    actions.set_milestone(engagement, "criteria", says="Criteria", due_on=GO_LIVE)
    actions.finish_milestone(engagement, "criteria", at=NOW)
    actions.set_milestone(engagement, "criteria", says="Criteria agreed", turn="client", url="/c/")
    actions.finish_milestone(engagement, "criteria", at=later)
    actions.finish_milestone(engagement, "never set")

    row = Milestone.objects.get()
    assert (str(row), row.due_on, row.turn, row.url) == ("Criteria agreed", None, "client", "/c/")
    assert row.done_at == NOW


def test_team_taken_live_has_passed_its_go_live(actor_as):
    engagement = EngagementFactory(state="live")
    actions.set_milestone(engagement, "go_live", says="Go-live")
    from core.signals import step_taken  # noqa: PLC0415

    step_taken.send(Engagement, subject=engagement, step="go_live", by=None, at=NOW)

    assert Milestone.objects.get().done_at == NOW


def test_submitted_requirements_bear_the_hash_of_what_they_say(actor_as):
    by = actor_as("BizDev")
    first, second = (LineOfBusinessFactory(name="Phone").requirements for _ in range(2))
    other = LineOfBusinessFactory(name="Phone", aht_s=361).requirements

    hashes = [actions.submit_requirements(row, by=by).sha256 for row in (first, second, other)]

    assert hashes[0] == hashes[1] != hashes[2]
    assert len(hashes[0]) == 64


def test_requirements_sent_back_can_be_edited_again(actor_as):
    by = actor_as("BizDev")
    row = LineOfBusinessFactory().requirements

    submitted = actions.submit_requirements(row, by=by)
    with pytest.raises(StepRefused, match="These requirements are submitted: make a new version"):
        actions.edit_requirements(submitted, deployment="Zendesk")
    take_step(submitted, "send_back", by=by)
    actions.edit_requirements(submitted, deployment="Zendesk")

    row = Requirements.objects.get()
    assert (row.state, row.sha256, row.deployment) == ("draft", "", "Zendesk")


def test_lines_of_submitted_requirements_are_neither_added_nor_changed_nor_removed(actor_as):
    line = LineOfBusinessFactory()
    row = actions.submit_requirements(line.requirements, by=actor_as("BizDev"))
    line.aht_s = 1
    another = LineOfBusinessFactory.build(requirements=row)

    for attempt in (
        lambda: actions.save_line(row, line),
        lambda: actions.save_line(row, another),
        lambda: actions.remove_line(line),
    ):
        with pytest.raises(StepRefused):
            attempt()

    assert [each.aht_s for each in row.lines.all()] == [360]


def test_accepting_supersedes_the_earlier_version_and_moves_the_go_live(actor_as):
    by = actor_as("BizDev")
    earlier = RequirementsFactory(state="accepted")
    engagement = earlier.engagement
    newer = RequirementsFactory(
        engagement=engagement, version=2, state="submitted", go_live_on=date(2027, 1, 4)
    )

    actions.accept_requirements(newer, by=by)

    assert list(engagement.requirements.values_list("version", "state")) == [
        (2, "accepted"),
        (1, "superseded"),
    ]
    assert Engagement.objects.get().go_live_on == date(2027, 1, 4)
    assert engagement.milestones.get(key="go_live").due_on == date(2027, 1, 4)


def test_acceptance_refused_leaves_the_earlier_version_accepted(actor_as):
    earlier = RequirementsFactory(state="accepted")
    draft = RequirementsFactory(engagement=earlier.engagement, version=2)

    with pytest.raises(StepRefused):
        actions.accept_requirements(draft, by=actor_as("BizDev"))

    assert Requirements.objects.get(version=1).state == "accepted"


def test_new_version_is_a_draft_that_says_the_same():
    line = LineOfBusinessFactory(name="Phone", skills=[{"name": "SAP", "kind": "hard"}])
    LineOfBusinessFactory(requirements=line.requirements, name="Chat", position=1)

    copy = actions.new_version(line.requirements)

    assert (copy.version, copy.state) == (2, "draft")
    assert [each.name for each in copy.lines.all()] == ["Phone", "Chat"]
    assert copy.lines.get(name="Phone").skills == line.skills
    assert line.requirements.lines.count() == 2

"""Who approves what, in which order, how many of them; and how a round ends."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import approvals, workflow
from core.models import Actor, ApprovalAsk, ApprovalRound, ApprovalStep
from core.workflow import StepRefused, take_step
from recruiting.models import Requisition
from tests.approvals import (
    ask_of,
    draft,
    mails_to,
    policy,
    requested,
    rounds_of,
    run_effects,
    say_yes,
    step,
)
from tests.factories.core import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(actor_as):
    """Anna, Bert and Cleo, any of whom may be asked."""
    return [actor_as("Recruiter", name=name) for name in ("Anna", "Bert", "Cleo")]


def asked_now(subject):
    """Return the names of those who may answer now."""
    rows = ApprovalAsk.objects.open().filter(step__round=approvals.waiting(subject))
    return sorted(str(ask.user) for ask in rows)


def latest_step(subject):
    return approvals.latest(subject).steps.last()


def test_machine_has_exactly_these_steps():
    found = {(s.source, s.name): s.target for s in ApprovalRound().get_all_state_transitions()}

    assert found == {
        ("waiting", "approve"): "approved",
        ("waiting", "send_back"): "sent_back",
        ("waiting", "void"): "void",
        ("waiting", "withdraw"): "withdrawn",
        ("approved", "void"): "void",
    }
    assert {s.name for s in ApprovalRound().get_all_state_transitions() if s.permission} == set()


def test_policy_as_it_ships_asks_everybody_in_the_role_and_one_is_enough(actor_as):
    hr = [actor_as("HR director", name=name) for name in ("Helga", "Hugo")]
    actor_as("HR director", name="Gone", is_active=False)
    requisition = requested()

    assert asked_now(requisition) == ["Helga", "Hugo"]
    assert say_yes(requisition, hr[1]).state == "open"
    assert rounds_of(requisition) == ["approved"]
    given = ApprovalAsk.objects.get(decided_at__isnull=False)
    assert (given.user, given.decided_by, given.role) == (hr[1].user, hr[1], "HR director")


def test_steps_in_order_ask_one_after_the_other(people):
    anna, bert, cleo = people
    policy(step("Team", anna), step("Money", bert, position=2), step("Board", cleo, position=3))
    requisition = requested()

    seen = [asked_now(requisition)]
    for person in (anna, bert):
        say_yes(requisition, person)
        seen.append(asked_now(requisition))

    assert seen == [["Anna"], ["Bert"], ["Cleo"]]
    assert [len(mails_to(each, "core.approval_asked")) for each in people] == [1, 1, 1]
    assert say_yes(requisition, cleo).state == "open"


def test_who_is_not_asked_yet_cannot_answer(people):
    anna, bert, _cleo = people
    policy(step("Team", anna), step("Money", bert, position=2))
    requisition = requested()
    later = ApprovalAsk.objects.get(user=bert.user)

    with pytest.raises(StepRefused, match="or not yet"):
        approvals.approve(later, by=bert)
    with pytest.raises(PermissionDenied):
        approvals.approve(ask_of(requisition, anna), by=bert)
    assert asked_now(requisition) == ["Anna"]


def test_steps_of_the_same_number_are_asked_together(people):
    anna, bert, cleo = people
    policy(step("Team", anna), step("Money", bert), step("Board", cleo, position=2))

    assert asked_now(requested()) == ["Anna", "Bert"]


def test_steps_side_by_side_are_all_asked_at_once_and_all_needed(people):
    policy(*[step(f"S{n}", who, position=n) for n, who in enumerate(people)], in_order=False)
    requisition = requested()

    assert asked_now(requisition) == ["Anna", "Bert", "Cleo"]
    assert say_yes(requisition, *people[:2]).state == "in_approval"
    assert say_yes(requisition, people[2]).state == "open"


def test_n_of_m_needs_n_different_people(people):
    anna, bert, cleo = people
    policy(step("Two of us", *people, needed=2))
    requisition = requested()

    assert say_yes(requisition, anna).state == "in_approval"
    with pytest.raises(StepRefused, match="needs no answer of yours any more"):
        approvals.approve(ApprovalAsk.objects.get(user=anna.user), by=anna)
    assert say_yes(requisition, cleo).state == "open"
    assert asked_now_is_over(requisition, bert)


def asked_now_is_over(requisition, person):
    ask = ApprovalAsk.objects.get(step__round=approvals.latest(requisition), user=person.user)
    found = approvals.blockers(ask, person)
    return [str(each) for each in found] == ["This can no longer be answered: it is approved."]


def test_step_applies_only_when_its_rule_holds(people):
    anna, bert, _cleo = people
    policy(step("Always", anna), step("No band", bert, position=2, rule="no_band"))

    with_band = requested(monthly_salary_from=2000, monthly_salary_to=3000)
    without = requested()

    assert [each.label for each in approvals.waiting(with_band).steps.all()] == ["Always"]
    steps = approvals.waiting(without).steps.values_list("label", "because")
    assert list(steps) == [("Always", ""), ("No band", "it has no pay band")]


def test_what_no_step_applies_to_is_approved_by_itself_once(people):
    policy(step("No band", people[0], rule="no_band"))
    requisition = requested(monthly_salary_from=2000, monthly_salary_to=3000)
    this = approvals.waiting(requisition)

    run_effects()
    approvals.finish_alone(this.pk)
    approvals.finish_alone(this.pk)

    assert Requisition.objects.get().state == "open"
    assert list(this.log.values_list("step", "by__kind")) == [("approve", "system")]
    assert requisition.log.filter(step="approve").count() == 1


def test_what_is_not_ready_waits_for_somebody_to_go_on(people, actor_as):
    policy()
    recruiter = actor_as("Recruiter")
    requisition = requested(by=recruiter, criteria_set__state="draft")
    this = approvals.waiting(requisition)

    run_effects()
    with pytest.raises(StepRefused, match="not approved by the client"):
        approvals.go_on_alone(this, by=recruiter)
    type(requisition.criteria_set).objects.update(state="approved")
    approvals.go_on_alone(this, by=recruiter)

    assert Requisition.objects.get().state == "open"


def test_nobody_approves_their_own_request(people):
    anna, bert, _cleo = people
    policy(step("Either", anna, bert))

    requisition = requested(by=anna)

    assert asked_now(requisition) == ["Bert"]
    assert mails_to(anna) == []
    with pytest.raises(StepRefused, match="Anna asked for it"):
        approvals.ask_also(latest_step(requisition), anna.user, by=Actor.objects.system())


def test_their_own_request_where_the_policy_allows_it(people):
    anna = people[0]
    policy(step("Anna", anna), own_allowed=True)

    assert say_yes(requested(by=anna), anna).state == "open"


def test_one_no_sends_back_with_its_reason_whoever_has_approved(people, actor_as):
    anna, bert, _cleo = people
    recruiter = actor_as("Recruiter")
    policy(step("Both", anna, bert, needed=2))
    requisition = requested(by=recruiter)
    say_yes(requisition, anna)

    ended = approvals.send_back(ask_of(requisition, bert), by=bert, reason="The pay is missing.")

    assert Requisition.objects.get().state == "draft"
    assert list(ended.log.values_list("step", "by", "note")) == [
        ("send_back", bert.pk, "The pay is missing.")
    ]
    assert requisition.log.last().note == "The pay is missing."
    assert [mail.subject_line for mail in mails_to(recruiter)] == [f"Sent back: {requisition}"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_sent_back_without_a_reason(reason, people):
    policy(step("Anna", people[0]))
    requisition = requested()

    with pytest.raises(ValueError, match="without a reason"):
        approvals.send_back(ask_of(requisition, people[0]), by=people[0], reason=reason)


def test_what_was_sent_back_is_asked_for_anew_in_a_round_of_its_own(people):
    anna = people[0]
    policy(step("Anna", anna))
    requisition = requested()
    approvals.send_back(ask_of(requisition, anna), by=anna, reason="Why?")

    take_step(requisition, "submit", by=Actor.objects.system())

    assert rounds_of(requisition) == ["sent_back", "waiting"]
    assert approvals.waiting(requisition).changes == []
    assert asked_now(requisition) == ["Anna"]


def test_cancelled_subject_withdraws_its_round(people):
    policy(step("Anna", people[0]))
    requisition = requested()
    ask = ask_of(requisition, people[0])

    take_step(requisition, "cancel", by=Actor.objects.system())

    assert rounds_of(requisition) == ["withdrawn"]
    with pytest.raises(StepRefused, match="it is withdrawn"):
        approvals.approve(ask, by=people[0])


def test_skip_is_stamped_and_the_next_is_asked(people, actor_as):
    anna, bert, _cleo = people
    policy(step("Team", anna), step("Money", bert, position=2))
    requisition, administrator = requested(), actor_as("Administrator")
    first = approvals.waiting(requisition).steps.first()

    approvals.skip(first, by=administrator, reason="Anna is ill.")

    first = ApprovalStep.objects.get(pk=first.pk)
    assert (first.skipped_by, first.skip_note) == (administrator, "Anna is ill.")
    assert first.skipped_at
    assert asked_now(requisition) == ["Bert"]
    with pytest.raises(StepRefused, match="over already"):
        approvals.skip(first, by=administrator, reason="Again.")


def test_skipping_the_last_step_approves_with_all_guards(people, actor_as):
    policy(step("Anna", people[0]))
    requisition, administrator = requested(criteria_set__state="draft"), actor_as("Administrator")
    last = latest_step(requisition)

    with pytest.raises(StepRefused, match="not approved by the client"):
        approvals.skip(last, by=administrator, reason="Nobody is here.")
    type(requisition.criteria_set).objects.update(state="approved")
    approvals.skip(last, by=administrator, reason="Nobody is here.")

    assert Requisition.objects.get().state == "open"


def test_skipping_and_asking_others_is_the_administrators(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    only = latest_step(requested())

    with pytest.raises(PermissionDenied):
        approvals.skip(only, by=anna, reason="I say so.")
    with pytest.raises(PermissionDenied):
        approvals.ask_also(only, bert.user, by=anna)


def test_database_keeps_no_skip_without_who_and_why(people):
    policy(step("Anna", people[0]))
    only = latest_step(requested())

    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalStep.objects.filter(pk=only.pk).update(skipped_at=NOW)


def test_asking_somebody_else_tells_them_and_is_done_once(people, actor_as):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition, administrator = requested(), actor_as("Administrator")

    approvals.ask_also(latest_step(requisition), bert.user, by=administrator)

    assert asked_now(requisition) == ["Anna", "Bert"]
    assert len(mails_to(bert, "core.approval_asked")) == 1
    with pytest.raises(StepRefused, match="Bert is asked already"):
        approvals.ask_also(latest_step(requisition), bert.user, by=administrator)


def test_nobody_opens_it_but_a_round(people):
    policy(step("Anna", people[0]))
    requisition = requested()

    with pytest.raises(StepRefused, match="Not everybody who is asked has approved"):
        take_step(requisition, "approve", by=Actor.objects.system())
    with pytest.raises(StepRefused, match="A step is still open"):
        take_step(approvals.waiting(requisition), "approve", by=Actor.objects.system())


def test_what_stands_in_approval_without_a_round_is_asked_for_later(people, actor_as):
    """As a row that came with a history does."""
    policy(step("Anna", people[0]))
    row, recruiter = draft(state="in_approval"), actor_as("Recruiter")
    lacks = [str(each.reason) for each in workflow.blockers(row, "approve", recruiter)]

    with pytest.raises(PermissionDenied):
        approvals.begin_late(row, by=actor_as("QA"))
    approvals.begin_late(row, by=recruiter)

    assert lacks == ["Nobody is asked for approval."]
    assert asked_now(row) == ["Anna"]
    with pytest.raises(StepRefused, match="asked already"):
        approvals.begin_late(row, by=recruiter)


def test_round_goes_on_as_it_began_when_the_policy_changes(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition = requested()

    policy(step("Bert", bert))

    assert asked_now(requisition) == ["Anna"]
    assert asked_now(requested()) == ["Bert"]

"""Two things at the same moment about one round: each proves that a lock holds."""

from threading import Event
from time import sleep

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from core import approvals, departures
from core.approvals.mailed import answer, opened, send_code
from core.links import LinkInvalid
from core.models import Actor, ApprovalAsk, ApprovalRound, ApprovalStep, Link
from core.workflow import StepRefused, locked
from recruiting.models import Requisition
from tests.approvals import (
    ask_of,
    changed,
    code_for,
    mails_to,
    policy,
    requested,
    rounds_of,
    step,
    token_for,
)
from tests.factories.core import UserFactory
from tests.races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def person(name, role="Recruiter"):
    user = UserFactory(name=name)
    user.groups.add(Group.objects.get(name=role))
    return user.actor


@pytest.fixture
def people():
    return [person(name) for name in ("Anna", "Bert", "Cleo")]


def told(answers):
    """Return the kinds of what those who came too late were told."""
    return sorted(type(each).__name__ for each in answers if isinstance(each, Exception))


def yes(ask, by):
    return lambda: approvals.approve(ask, by=by)


def test_two_approvers_at_once_on_the_last_approval_approve_it_once(people):
    policy(step("Two", *people[:2], needed=2))
    requisition = requested()

    answers = at_once(*[yes(ask_of(requisition, who), who) for who in people[:2]])

    assert told(answers) == []
    assert requisition.log.filter(step="approve").count() == 1
    assert rounds_of(requisition) == ["approved"]
    assert Requisition.objects.get().state == "open"


def test_of_two_of_whom_one_is_enough_the_later_is_told(people):
    policy(step("One", *people[:2]))
    requisition = requested()

    answers = at_once(*[yes(ask_of(requisition, who), who) for who in people[:2]])

    assert told(answers) == ["StepRefused"]
    assert ApprovalAsk.objects.filter(decided_at__isnull=False).count() == 1
    assert requisition.log.filter(step="approve").count() == 1


def test_the_same_approval_pressed_twice_counts_once(people):
    policy(step("Two", *people, needed=2))
    requisition = requested()
    ask = ask_of(requisition, people[0])

    answers = at_once(*[yes(ask, people[0])] * 3)

    assert told(answers) == ["StepRefused"] * 2
    assert ApprovalAsk.objects.filter(decided_at__isnull=False).count() == 1
    assert Requisition.objects.get().state == "in_approval"


def test_one_person_does_not_answer_for_themselves_and_for_another_at_once(people):
    anna, bert, _cleo = people
    policy(step("Two", *people, needed=2))
    requisition, today = requested(), timezone.localdate()
    approvals.stand_in(bert.user, anna.user, starts_on=today, ends_on=today)

    answers = at_once(yes(ask_of(requisition, anna), anna), yes(ask_of(requisition, bert), anna))

    assert told(answers) == ["StepRefused"]
    assert ApprovalAsk.objects.filter(decided_at__isnull=False).count() == 1


def edited(requisition, by):
    """Change a flagged field as the page does, under the subject's lock."""

    def edit():
        with transaction.atomic():
            row = locked(requisition)
            if row.state != "in_approval":
                return []
            return changed(row, by=by, place="Gdynia")

    return edit


def test_approval_against_an_edit_never_approves_what_was_not_seen(people):
    anna, _bert, cleo = people
    policy(step("Anna", anna))
    for _ in range(3):
        requisition = requested(place="Kraków")

        at_once(yes(ask_of(requisition, anna), anna), edited(requisition, cleo))

        row = Requisition.objects.get(pk=requisition.pk)
        expected = {
            ("open", "Kraków", ("approved",)),
            ("in_approval", "Gdynia", ("void", "waiting")),
        }
        assert (row.state, row.place, tuple(rounds_of(row))) in expected


def test_approval_against_sending_back_is_one_of_them(people):
    anna, bert, _cleo = people
    policy(step("One", anna, bert))
    for _ in range(3):
        requisition = requested()
        no = ask_of(requisition, bert)

        answers = at_once(
            yes(ask_of(requisition, anna), anna),
            lambda ask=no: approvals.send_back(ask, by=bert, reason="No."),
        )

        assert told(answers) == ["StepRefused"]
        state = Requisition.objects.get(pk=requisition.pk).state
        assert (state, rounds_of(requisition)) in [
            ("open", ["approved"]),
            ("draft", ["sent_back"]),
        ]


def test_skip_against_approval_of_the_same_step_is_one_of_them(people):
    anna, bert, _cleo = people
    policy(step("First", anna), step("Second", bert, position=2))
    administrator = person("Ada", "Administrator")
    requisition = requested()
    first = approvals.waiting(requisition).steps.first()

    answers = at_once(
        yes(ask_of(requisition, anna), anna),
        lambda: approvals.skip(first, by=administrator, reason="Anna is ill."),
    )

    first = ApprovalStep.objects.get(pk=first.pk)
    assert told(answers) == ["StepRefused"]
    assert bool(first.skipped_at) != bool(first.done_at)
    assert len(mails_to(bert, "core.approval_asked")) == 1


def test_asking_for_it_twice_at_once_begins_one_round(people):
    policy(step("Anna", people[0]))
    requisition = requested()
    ApprovalRound.objects.all().delete()

    answers = at_once(*[lambda: approvals.begin_late(requisition, by=people[1])] * 2)

    assert told(answers) == ["StepRefused"]
    assert rounds_of(requisition) == ["waiting"]


def test_answer_by_mail_sent_twice_at_once_counts_once(people):
    anna, bert, _cleo = people
    policy(step("Two", anna, bert, needed=2))
    requisition = requested()
    token = token_for(requisition, anna)
    found = opened(token)
    send_code(found)
    code = code_for(anna)

    answers = at_once(*[lambda: answer(found, code=code, answer="approve", reason="")] * 2)

    assert len(told(answers)) == 1
    assert set(told(answers)) <= {"StepRefused", LinkInvalid.__name__}
    assert ApprovalAsk.objects.filter(decided_at__isnull=False).count() == 1


def test_reminders_run_twice_at_once_tell_whoever_stands_in_once(people):
    anna, bert, _cleo = people
    policy(step("Anna", anna))
    requisition, today = requested(), timezone.localdate()
    anna.user.delegations.create(delegate=bert.user, starts_on=today, ends_on=today)

    at_once(*[lambda: approvals.remind(now=timezone.now())] * 3)

    assert len(mails_to(bert, "core.approval_asked")) == 1
    # The link that was mailed is the one that opens.
    open_links = Link.objects.filter(email=bert.user.email, revoked_at=None)
    assert f"[[link:{open_links.get().pk}]]" in mails_to(bert)[0].body
    assert rounds_of(requisition) == ["waiting"]


def somebody_waits():
    """Return once another connection waits for a lock that this one holds."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("Nobody waits.")


def test_leaving_while_the_turn_comes_leaves_the_step_with_the_successor(people):
    """Closing an account locks the person, then rounds; going on locks a round, then tells them."""
    anna, bert, cleo = people
    policy(step("First", anna), step("Second", bert, position=2))
    administrator = person("Ada", "Administrator")
    requisition = requested()
    ask, round_is_locked = ask_of(requisition, anna), Event()

    def go_on():
        with transaction.atomic():
            locked(requisition)
            list(ApprovalRound.objects.select_for_update(of=("self",)))
            round_is_locked.set()
            somebody_waits()
            approvals.approve(ask, by=anna)

    def leave():
        round_is_locked.wait(timeout=30)
        receivers = {"core.approvals": cleo.user}
        departures.deactivate(bert.user, receivers=receivers, by=administrator)

    assert told(at_once(go_on, leave)) == []
    assert [each.user for each in ApprovalAsk.objects.open()] == [cleo.user]
    assert len(mails_to(cleo, "core.approval_asked")) == 1


@pytest.mark.usefixtures("broker_is_down")
def test_finishing_alone_twice_at_once_approves_once():
    policy()
    requisition = requested()
    this = approvals.waiting(requisition)

    at_once(*[lambda: approvals.finish_alone(this.pk)] * 3)

    assert requisition.log.filter(step="approve").count() == 1
    assert list(this.log.values_list("step", "by")) == [("approve", Actor.objects.system().pk)]


def test_refusals_are_for_people_to_read(people):
    policy(step("One", *people[:2]))
    requisition = requested()

    answers = at_once(*[yes(ask_of(requisition, who), who) for who in people[:2]])

    refusal = next(each for each in answers if isinstance(each, StepRefused))
    assert str(refusal) == "This can no longer be answered: it is approved."

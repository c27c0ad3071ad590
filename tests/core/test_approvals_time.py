"""By when a step is due, on which hours that is counted, and who is reminded when."""

from datetime import UTC, datetime, timedelta

import pytest

from core import approvals, policies
from core.models import Actor, ApprovalStep, Link, Message, Notification
from core.tasks import remind_approvers
from tests.approvals import (
    ask_of,
    days,
    mails_to,
    policy,
    requested,
    say_yes,
    step,
)

pytestmark = pytest.mark.django_db
# In 2026 the first of May, a holiday in Poland, is a Friday.
THURSDAY = datetime(2026, 4, 30, 14, tzinfo=UTC)
MONDAY, TUESDAY = datetime(2026, 5, 4, 14, tzinfo=UTC), datetime(2026, 5, 5, 14, tzinfo=UTC)
REMINDER = "core.approval_reminder"


@pytest.fixture
def bert(actor_as):
    return actor_as("Recruiter", name="Bert")


def set_policies(**values):
    for name, value in values.items():
        found = policies.find(name.replace("__", "."))
        policies.change(found, value, by=Actor.objects.system())


def times(requisition):
    row = approvals.waiting(requisition).steps.first()
    return row.remind_at, row.due_at


def test_due_time_counts_our_working_hours_without_the_weekend(anna):
    policy(step("Anna", anna, due_hours=16))

    found = times(requested(at=THURSDAY))

    # Three hours on Thursday, eight on Friday, five on Monday; reminded four hours before.
    assert found == (MONDAY - timedelta(hours=4), MONDAY)


def test_due_time_leaves_out_our_holidays_and_says_on_which_hours_it_was_counted(anna):
    set_policies(hours__holidays="PL")
    policy(step("Anna", anna, due_hours=16))

    requisition = requested(at=THURSDAY)
    set_policies(hours__holidays="none")

    assert times(requisition)[1] == TUESDAY
    words = "Monday to Friday, 9:00 to 17:00 (UTC), but for public holidays of PL"
    assert approvals.waiting(requisition).steps.first().clock == words


def test_due_time_is_counted_on_hours_and_zone_of_ours(anna):
    set_policies(
        hours__zone="Europe/Warsaw", hours__opens=8, hours__closes=12, hours__weekdays=["0", "2"]
    )
    policy(step("Anna", anna, due_hours=6))

    requisition = requested(at=MONDAY)

    # Asked on Monday after hours: four on Wednesday from 8 (6 UTC), two on the Monday after.
    assert times(requisition)[1] == datetime(2026, 5, 11, 8, tzinfo=UTC)
    clock = approvals.waiting(requisition).steps.first().clock
    assert clock == "Monday, Wednesday, 8:00 to 12:00 (Europe/Warsaw), public holidays are not set"


@pytest.mark.parametrize(("before", "hours_before"), [(0, 0), (3, 3), (80, 8)])
def test_reminder_comes_before_by_the_policy_and_never_in_the_first_half(
    before, hours_before, anna
):
    set_policies(approvals__remind_before=before)
    policy(step("Anna", anna, due_hours=16))

    remind_at, due_at = times(requested(at=datetime(2026, 5, 4, 9, tzinfo=UTC)))

    assert due_at == datetime(2026, 5, 5, 17, tzinfo=UTC)
    day = timedelta(days=1) if hours_before == 8 else timedelta(hours=hours_before)
    assert remind_at == due_at - day


def test_clock_of_a_later_step_begins_with_its_turn(anna, bert):
    policy(step("First", anna), step("Second", bert, position=2, due_hours=8))
    requisition = requested(at=THURSDAY)
    assert approvals.waiting(requisition).steps.last().due_at is None

    say_yes(requisition, anna)

    second = approvals.waiting(requisition).steps.last()
    given = approvals.waiting(requisition).steps.first().done_at
    assert second.asked_at == given
    assert second.due_at > given + timedelta(hours=8)


@pytest.fixture
def asked(anna):
    """A requisition that Anna is asked for on Thursday 14:00, due on Monday at 14:00."""
    policy(step("Anna", anna, due_hours=16))
    return requested(at=THURSDAY)


def lines(person):
    return [mail.subject_line.split(":")[0] for mail in mails_to(person, REMINDER)]


def test_reminded_once_before_and_once_each_working_day_after(asked, anna):
    moments = [
        (MONDAY - timedelta(hours=4, minutes=1), []),
        (MONDAY - timedelta(hours=4), ["Soon due"]),
        (MONDAY - timedelta(minutes=1), ["Soon due"]),
        (MONDAY, ["Soon due", "Late"]),
        (MONDAY + timedelta(hours=2), ["Soon due", "Late"]),
        (MONDAY + timedelta(hours=9), ["Soon due", "Late"]),  # at night
        (datetime(2026, 5, 5, 9, tzinfo=UTC), ["Soon due", "Late", "Late"]),
        (datetime(2026, 5, 9, 12, tzinfo=UTC), ["Soon due", "Late", "Late"]),  # a Saturday
    ]

    found = []
    for now, _expected in moments:
        approvals.remind(now=now)
        approvals.remind(now=now)
        found.append(lines(anna))

    assert found == [expected for _now, expected in moments]


def test_what_is_late_since_friday_is_told_once_on_monday(anna):
    policy(step("Anna", anna, due_hours=3))
    requested(at=THURSDAY + timedelta(days=1))  # due on Friday at 17:00

    for hour in range(9, 18):
        approvals.remind(now=MONDAY.replace(hour=hour))

    assert lines(anna) == ["Late"]


def test_nobody_is_reminded_of_what_is_answered_skipped_or_over(anna, bert, actor_as):
    policy(step("First", anna, bert))
    say_yes(requested(at=THURSDAY), anna)
    back = requested(at=THURSDAY)
    approvals.send_back(ask_of(back, anna), by=anna, reason="No.")
    policy(step("First", anna), step("Later", bert, position=2))
    skipped = approvals.waiting(requested(at=THURSDAY)).steps.first()
    approvals.skip(skipped, by=actor_as("Administrator"), reason="Anna is ill.")

    assert approvals.remind(now=TUESDAY) == 0
    assert Message.objects.filter(template=REMINDER).count() == 0


def test_task_run_twice_reminds_once(anna):
    policy(step("Anna", anna))
    requisition = requested()
    rows = ApprovalStep.objects.filter(round=approvals.waiting(requisition))
    now = datetime.now(tz=UTC)
    rows.update(remind_at=now - timedelta(hours=1), due_at=now + timedelta(days=1))

    remind_approvers()
    remind_approvers()

    assert lines(anna) == ["Soon due"]
    assert Notification.objects.filter(kind="approvals.reminder").count() == 1


def test_what_was_asked_about_and_is_gone_is_no_trouble(asked):
    asked.delete()

    assert approvals.remind(now=TUESDAY) == 0


def test_whoever_stands_in_is_told_when_their_first_day_comes_and_not_before(asked, anna, bert):
    approvals.stand_in(anna.user, bert.user, **days("2026-05-04", "2026-05-05"))
    counts = []
    for now in (THURSDAY, datetime(2026, 5, 3, 12, tzinfo=UTC), MONDAY.replace(hour=0), MONDAY):
        approvals.remind(now=now)
        counts.append((len(mails_to(bert, "core.approval_asked")), lines(bert)))

    assert counts == [(0, []), (0, []), (1, []), (1, ["Late"])]
    assert "you stand in for Anna" in mails_to(bert, "core.approval_asked")[0].body
    assert Link.objects.filter(email=bert.user.email, revoked_at=None).count() == 1


def test_whoever_stood_in_is_not_reminded_after_their_last_day(asked, anna, bert):
    approvals.stand_in(anna.user, bert.user, **days("2026-05-01", "2026-05-04"))

    approvals.remind(now=TUESDAY)

    assert (lines(anna), lines(bert)) == (["Late"], [])

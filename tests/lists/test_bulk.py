"""Many rows at once: chosen, looked at, confirmed, and told of one by one."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from core import lists
from core.lists import bulk as runs
from core.lists import long_steps
from core.models import BulkRow, BulkRun, Job, Message
from core.tasks import forget_jobs
from core.workflow import take_step
from recruiting.models import Application, Requisition
from tests.factories.engagements import EngagementFactory, SeatFactory
from tests.factories.recruiting import ApplicationFactory, RequisitionFactory

pytestmark = pytest.mark.django_db
APPLICATIONS = reverse("core:list_bulk", args=["recruiting.applications"])


@pytest.fixture
def requisition(db):
    return RequisitionFactory(state="open")


@pytest.fixture
def recruiter(client_as):
    return client_as("Recruiter")


def applied(requisition, count=2, **fields):
    return ApplicationFactory.create_batch(count, requisition=requisition, **fields)


def chosen(browser, requisition, rows, action, **sent):
    """Choose rows and go to their preview; returns its address."""
    data = {"within": requisition.pk, "row": [row.pk for row in rows], "action": action, **sent}
    response = browser.post(APPLICATIONS, data)
    assert response.status_code == 302
    return response.url


def states():
    return list(Application.objects.order_by("pk").values_list("state", flat=True))


def test_preview_says_who_is_taken_who_is_blocked_and_changes_nothing(recruiter, requisition):
    able = applied(requisition, 1)
    blocked = applied(requisition, 1, state="sourced", candidate__consented_at=None)

    preview = recruiter.get(chosen(recruiter, requisition, able + blocked, "advance"))

    shown = preview.context["preview"]
    assert shown.taken == able
    assert [(row, str(why[0].reason)) for row, why in shown.blocked] == [
        (blocked[0], "The candidate has not consented to our keeping their data.")
    ]
    assert states() == ["applied", "sourced"]


def test_confirmed_rows_move_on_and_the_report_tells_of_each(recruiter, requisition):
    able = applied(requisition, 2)
    blocked = applied(requisition, 1, state="sourced", candidate__consented_at=None)
    run = chosen(recruiter, requisition, able + blocked, "advance")

    report = recruiter.post(run, follow=True)

    assert states() == ["screening", "screening", "sourced"]
    assert [(line.outcome, row) for line, row in report.context["lines"]] == [
        ("refused", blocked[0]),
        ("done", able[0]),
        ("done", able[1]),
    ]
    assert "has not consented" in report.content.decode()


def test_all_that_match_are_more_than_the_page_shows(recruiter, requisition):
    applied(requisition, 52)
    applied(requisition, 1, state="screening")
    applied(RequisitionFactory(state="open"), 1)
    run = chosen(recruiter, requisition, [], "hold", all="on", query="state=applied&page=2")

    recruiter.post(run)

    assert Application.objects.filter(state="on_hold").count() == 52


def test_what_asks_for_more_is_asked_once_for_all(recruiter, requisition):
    rows = applied(requisition, 2)
    run = chosen(recruiter, requisition, rows, "reject")

    without = recruiter.post(run, {"reason": ""})
    recruiter.post(run, {"reason": "No German"})

    assert without.status_code == 422
    assert {row.rejection_reason for row in Application.objects.all()} == {"No German"}
    assert [line.note for line in Application.objects.first().log.all()] == ["No German"]


@pytest.mark.parametrize(("tick", "sent"), [({}, 0), ({"with_mail": "on"}, 2)])
def test_mails_are_shown_before_and_go_out_if_asked_for(tick, sent, recruiter, requisition):
    run = chosen(recruiter, requisition, applied(requisition, 2), "reject")
    preview = recruiter.get(run)

    recruiter.post(run, {"reason": "No German", **tick})

    assert len(preview.context["preview"].mails) == 2
    assert Message.objects.filter(template="recruiting.rejection").count() == sent


def test_a_row_that_somebody_moved_meanwhile_is_refused_and_not_moved_twice(
    recruiter, requisition, actor_as
):
    rows = applied(requisition, 2)
    run = chosen(recruiter, requisition, rows, "advance")
    take_step(rows[0], "screen", by=actor_as("Recruiter"))

    report = recruiter.post(run, follow=True)

    assert states() == ["screening", "screening"]
    assert [line.reason for line, _ in report.context["lines"]] == [
        "Somebody moved it meanwhile: it is screening.",
        "",
    ]


def test_confirming_twice_does_nothing_twice(recruiter, requisition):
    run = chosen(recruiter, requisition, applied(requisition, 1), "advance")

    recruiter.post(run)
    recruiter.post(run)

    assert states() == ["screening"]
    assert Application.objects.get().log.count() == 1


def test_the_stage_that_needs_a_page_of_its_own_is_left_to_it(recruiter, requisition):
    rows = applied(requisition, 1, state="interview")

    preview = recruiter.get(chosen(recruiter, requisition, rows, "advance"))

    assert "take it on its own page" in preview.content.decode()


def test_a_planned_test_comes_before_the_interview(recruiter):
    requisition = RequisitionFactory(state="open", has_assessment=True)
    run = chosen(recruiter, requisition, applied(requisition, 1, state="screening"), "advance")

    recruiter.post(run)

    assert states() == ["assessment"]


def test_rows_of_another_list_are_not_taken_along(recruiter, requisition):
    other = applied(RequisitionFactory(state="open"), 1)
    own = applied(requisition, 1)

    recruiter.post(chosen(recruiter, requisition, own + other, "hold"))

    assert sorted(states()) == ["applied", "on_hold"]


def test_somebody_elses_run_is_not_reachable(recruiter, requisition, user_as):
    run = chosen(recruiter, requisition, applied(requisition, 1), "hold")
    other = Browser()
    other.force_login(user_as("Administrator"), backend="core.sign_in.Backend")

    assert [other.get(run).status_code, other.post(run).status_code] == [404, 404]
    assert states() == ["applied"]


@pytest.mark.parametrize(
    ("role", "action", "status"),
    [("Delivery manager", "hold", 403), ("Recruiter", "hire", 404), ("Recruiter", "", 404)],
)
def test_a_step_needs_its_right_and_must_be_offered(role, action, status, client_as, requisition):
    rows = applied(requisition, 1)
    data = {"within": requisition.pk, "row": rows[0].pk, "action": action}

    assert client_as(role).post(APPLICATIONS, data).status_code == status
    assert not BulkRun.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"row": "0"}, {"row": "9" * 30}, {"all": "on", "query": "moved_from=soon"}]
)
def test_nothing_chosen_or_a_filter_without_sense_is_said(sent, recruiter, requisition):
    applied(requisition, 1)

    response = recruiter.post(APPLICATIONS, {"within": requisition.pk, "action": "hold", **sent})

    assert (response.status_code, BulkRun.objects.exists()) == (409, False)


def test_requisitions_are_held_and_resumed(client_as):
    rows = RequisitionFactory.create_batch(2, state="open")
    browser = client_as("Recruiter")
    path = reverse("core:list_bulk", args=["recruiting.requisitions"])

    for action, state in [("hold", "on_hold"), ("resume", "open")]:
        sent = {"row": [row.pk for row in rows], "action": action}
        browser.post(browser.post(path, sent).url)
        assert {row.state for row in Requisition.objects.all()} == {state}


def test_seats_are_cancelled_as_their_machine_allows(client_as):
    engagement = EngagementFactory()
    planned = SeatFactory(engagement=engagement, state="planned")
    live = SeatFactory(engagement=engagement, state="live")
    browser = client_as("Delivery manager")
    path = reverse("core:list_bulk", args=["engagements.seats"])
    sent = {"within": engagement.pk, "row": [planned.pk, live.pk], "action": "cancel"}

    report = browser.post(browser.post(path, sent).url, follow=True)

    assert {row.number: row.state for row in engagement.seats.all()} == {
        planned.number: "cancelled",
        live.number: "live",
    }
    assert report.context["refused"] == 1


def test_a_row_that_fails_is_told_of_and_holds_up_nobody(requisition, actor_as):
    rows, by = applied(requisition, 2), actor_as("Recruiter")

    def stumbles(row, by):
        Application.objects.filter(pk=row.pk).update(rejection_reason="half done")
        if row == rows[0]:
            raise ZeroDivisionError

    listing = lists.find("recruiting.applications", by, requisition.pk)
    bulk = lists.Bulk(name="stumble", do=stumbles)
    run = runs.choose(listing, bulk, listing.rows(), by=by)

    told = [line.reason for line in runs.take(listing, bulk, run, run.rows.waiting())]

    assert told == ["Something went wrong: nothing was done to it.", ""]
    reasons = Application.objects.order_by("pk").values_list("rejection_reason", flat=True)
    assert list(reasons) == ["", "half done"]


def test_the_report_keeps_no_name(recruiter, requisition):
    run = chosen(recruiter, requisition, applied(requisition, 1), "advance")
    recruiter.post(run)

    kept = BulkRun.objects.values().get() | BulkRun.objects.get().rows.values().get()

    assert Application.objects.get().candidate.name not in str(kept)


def test_what_was_done_long_ago_is_forgotten_but_not_what_a_job_still_reports(
    recruiter, requisition
):
    rows = applied(requisition, 4)
    for row in rows:
        chosen(recruiter, requisition, [row], "advance")
    done, reported, left, fresh = BulkRun.objects.order_by("pk")
    recruiter.post(done.get_absolute_url())
    told = {"name": long_steps.WORK, "by": reported.by, "subject": reported}
    Job.objects.create(title="x", total=1, size=1, **told)
    old = timezone.now() - timedelta(days=91)
    BulkRun.objects.exclude(pk=fresh.pk).update(created_at=old)

    forget_jobs()
    forget_jobs()

    assert set(BulkRun.objects.all()) == {reported, fresh}
    assert set(BulkRow.objects.values_list("run", flat=True)) == {reported.pk, fresh.pk}
    assert not BulkRun.objects.filter(pk=left.pk).exists()

"""A step for more rows than a person waits for: a job takes them, a chunk at a time."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from core import jobs, lists
from core.lists import bulk as runs
from core.lists import long_steps
from core.models import BulkRun, Effect, Job
from core.tasks import run_effect
from core.workflow import take_step
from recruiting.models import Application
from tests.factories.core import UserFactory
from tests.factories.recruiting import ApplicationFactory, RequisitionFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr(runs, "INLINE", 2)
    monkeypatch.setattr(long_steps, "SIZE", 2)


@pytest.fixture
def requisition(db):
    return RequisitionFactory(state="open")


@pytest.fixture
def recruiter(client_as):
    return client_as("Recruiter")


def applied(requisition, count, **fields):
    return ApplicationFactory.create_batch(count, requisition=requisition, **fields)


def confirmed(browser, requisition, action="advance", **sent):
    """Choose all applications, confirm, and return the job with the address of its run."""
    chosen = browser.post(
        reverse("core:list_bulk", args=["recruiting.applications"]),
        {"within": requisition.pk, "action": action, "all": "on"},
    )
    answer = browser.post(chosen.url, sent)
    job = Job.objects.get()
    assert (answer.status_code, answer.url) == (302, job.get_absolute_url())
    return job, chosen.url


def one_chunk():
    run_effect(Effect.objects.get(name="core.go_on_with_job", state="pending").pk)


def work(job):
    """Do what waits, as workers do, until there is nothing left to do now."""
    while pks := list(Effect.objects.due(now=timezone.now()).values_list("pk", flat=True)):
        for pk in pks:
            run_effect(pk)
    return Job.objects.get(pk=job.pk)


def states():
    return list(Application.objects.order_by("pk").values_list("state", flat=True))


def told(job):
    return [(line.row, line.outcome, line.text) for line in job.lines.all()]


def test_rows_are_taken_in_chunks_and_each_is_told_of(recruiter, requisition):
    applied(requisition, 3)
    blocked = applied(requisition, 1, state="sourced", candidate__consented_at=None)[0]

    job, _ = confirmed(recruiter, requisition)
    before = states()
    one_chunk()
    after_one = states()
    job = work(job)

    assert before == ["applied", "applied", "applied", "sourced"]
    assert after_one == ["screening", "screening", "applied", "sourced"]
    assert (job.state, job.done, job.title) == (
        "done",
        4,
        "Applications: Move to the next stage",
    )
    assert told(job) == [
        (0, "done", "It is screening now."),
        (1, "done", "It is screening now."),
        (2, "done", "It is screening now."),
        (3, "refused", "The candidate has not consented to our keeping their data."),
    ]
    line = job.lines.last()
    assert (line.place, line.url) == (blocked.candidate.code, blocked.get_absolute_url())
    assert blocked.candidate.name not in str(job.lines.values())


def test_a_chunk_that_runs_twice_takes_no_row_twice(recruiter, requisition):
    applied(requisition, 3)
    job, _ = confirmed(recruiter, requisition)

    effect = Effect.objects.get(name="core.go_on_with_job")
    run_effect(effect.pk)
    run_effect(effect.pk)
    jobs.go_on(**effect.payload)
    work(job)

    assert states() == ["screening"] * 3
    assert [row.log.count() for row in Application.objects.all()] == [1, 1, 1]
    assert job.lines.count() == 3


def test_confirming_twice_leads_to_the_same_job(recruiter, requisition):
    applied(requisition, 3)
    job, run = confirmed(recruiter, requisition)

    again = recruiter.post(run)
    looked_at = recruiter.get(run)

    assert again.url == looked_at.url == job.get_absolute_url()
    assert Job.objects.count() == 1


def test_stopped_half_way_the_rest_stays_until_somebody_goes_on(recruiter, requisition):
    applied(requisition, 5)
    job, _ = confirmed(recruiter, requisition)
    one_chunk()

    recruiter.post(reverse("core:job_cancel", args=[job.pk]))
    stopped = work(job)
    left = (stopped.state, stopped.done, states().count("screening"))
    take_step(Application.objects.order_by("pk").first(), "hold", by=recruiter.user.actor)
    recruiter.post(reverse("core:job_resume", args=[job.pk]))
    job = work(job)

    assert left == ("cancelled", 2, 2)
    assert (job.state, job.done) == ("done", 5)
    assert states() == ["on_hold", *["screening"] * 4]
    assert [line.row for line in job.lines.all()] == [0, 1, 2, 3, 4]


def test_what_breaks_in_the_middle_of_a_chunk_leaves_the_chunk_undone(
    recruiter, requisition, monkeypatch
):
    applied(requisition, 3)
    job, _ = confirmed(recruiter, requisition)

    def breaks(*args):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(long_steps, "_told", breaks)  # both rows of the chunk are taken by then
        one_chunk()
    left = (states(), BulkRun.objects.get().rows.waiting().count(), job.lines.count())
    Effect.objects.filter(state="pending").update(due_at=timezone.now())

    assert left == (["applied"] * 3, 3, 0)
    assert work(job).state == "done"
    assert [row.log.count() for row in Application.objects.all()] == [1, 1, 1]


def test_a_row_that_somebody_moved_or_that_went_meanwhile_is_refused(
    recruiter, requisition, actor_as
):
    rows = applied(requisition, 3)
    job, _ = confirmed(recruiter, requisition)
    take_step(rows[0], "screen", by=actor_as("Recruiter"))
    gone = rows[1].pk
    rows[1].delete()

    job = work(job)

    assert told(job) == [
        (0, "refused", "Somebody moved it meanwhile: it is screening."),
        (1, "refused", "It is gone, or no longer yours to see."),
        (2, "done", "It is screening now."),
    ]
    assert job.lines.get(row=1).place == f"row {gone}, gone"


def test_what_was_asked_once_holds_for_every_row(recruiter, requisition):
    applied(requisition, 3)

    work(confirmed(recruiter, requisition, "reject", reason="No German")[0])

    assert {row.rejection_reason for row in Application.objects.all()} == {"No German"}


def test_right_lost_on_the_way_ends_it_and_leaves_the_rest(recruiter, requisition):
    applied(requisition, 3)
    job, _ = confirmed(recruiter, requisition)
    one_chunk()
    recruiter.user.groups.set([Group.objects.get(name="QA")])

    job = work(job)

    assert (job.state, job.done, states()) == ("failed", 2, ["screening", "screening", "applied"])
    assert job.error == "Whoever started it may not do this any more."


def test_page_tells_how_far_it_is_and_gives_the_report_as_a_file(recruiter, requisition):
    applied(requisition, 3)
    job, _ = confirmed(recruiter, requisition)
    one_chunk()
    half_way = recruiter.get(job.get_absolute_url()).content.decode()
    work(job)

    answer = recruiter.get(job.get_absolute_url(), {"export": "csv", "outcome": "done"})
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))

    assert "Applications: Move to the next stage: 2 of 3 done." in half_way
    assert reverse("core:job_cancel", args=[job.pk]) in half_way
    assert rows[0] == ["Row", "Where", "Outcome", "What became of it"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]


def test_only_its_starter_and_who_looks_after_jobs_reach_it(recruiter, requisition, user_as):
    applied(requisition, 3)
    job, run = confirmed(recruiter, requisition)
    paths = [job.get_absolute_url(), run]
    other, found = Browser(), {}

    for role in ("Recruiter", "Administrator"):
        other.force_login(user_as(role), backend="core.sign_in.Backend")
        stop = other.post(reverse("core:job_cancel", args=[job.pk]))
        found[role] = [*(other.get(path).status_code for path in paths), stop.status_code]

    assert found == {"Recruiter": [404, 404, 404], "Administrator": [200, 404, 302]}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_is_down")
def test_of_two_confirmations_at_once_one_begins_the_job():
    requisition = RequisitionFactory(state="open")
    applied(requisition, 3)
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Recruiter"))
    listing = lists.find("recruiting.applications", user.actor, requisition.pk)
    bulk = next(each for each in listing.bulk if each.name == "hold")
    run = runs.choose(listing, bulk, listing.rows(), by=user.actor)

    def confirm():
        return long_steps.begin(listing, bulk, run)

    first, second = at_once(confirm, confirm)

    assert first == second == Job.objects.get()

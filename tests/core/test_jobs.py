"""Long work: chunk by chunk, each whole and once, whatever happens in between."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core import effects, files, jobs, workflow
from core.models import Actor, Effect, Job, JobLine, Notification, StoredFile
from core.tasks import forget_jobs, run_effect
from core.workflow import StepRefused, take_step
from tests.factories.core import JobFactory, JobLineFactory, UserFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db

TABLE = {
    ("queued", "run"): "running",
    ("queued", "fail"): "failed",
    ("queued", "cancel"): "cancelled",
    ("running", "finish"): "done",
    ("running", "fail"): "failed",
    ("running", "cancel"): "cancelled",
    ("failed", "resume"): "queued",
    ("cancelled", "resume"): "queued",
}
DETAILS = {"finish": {"ended_at": timezone.now()}, "cancel": {"ended_at": timezone.now()}}
DETAILS["fail"] = {"ended_at": timezone.now(), "error": "It broke."}


@pytest.fixture
def worked(monkeypatch):
    """Register the work "tests.work", and return the list of the rows that it did."""
    monkeypatch.setattr(jobs, "_works", dict(jobs._works))
    rows_done = []

    def do(job, rows, by):
        for row in rows:
            if row == job.payload.get("fails_at"):
                raise OSError("ana@cadre.example has no room on the disk")
            rows_done.append(row)
            Actor.objects.of_import(f"row {row}")
            yield jobs.Line(row, "new", f"Row {row} is in.", place=f"a.csv, {row + 2}")

    def finish(job):
        content = b"".join(jobs.parts(job)) or b"whole"
        return files.store(job, name="result.txt", content=content, by=job.by)

    jobs.work("tests.work", label="Work", permission="core.view_job", finish=finish)(do)
    return rows_done


def start(actor, **fields):
    return jobs.start("tests.work", by=actor, title="a.csv", total=10, size=4, **fields)


def run_everything(job):
    """Do what waits, as workers do, until there is nothing left to do now."""
    while pks := list(Effect.objects.due(now=timezone.now()).values_list("pk", flat=True)):
        for pk in pks:
            run_effect(pk)
    return Job.objects.get(pk=job.pk)


def test_the_machine_is_this_table():
    found = {(step.source, step.name): step.target for step in Job().get_all_state_transitions()}
    assert found == TABLE


@pytest.mark.parametrize(("source", "step"), TABLE)
def test_each_step_is_taken_and_logged(source, step):
    job = JobFactory(state=source)
    by = job.by if step in {"cancel", "resume"} else Actor.objects.system()
    job = take_step(job, step, by=by, **DETAILS.get(step, {}))
    assert job.state == TABLE[source, step]
    assert job.log.get().step == step


def test_every_row_is_done_once_in_chunks_and_reported(actor_as, worked):
    job = run_everything(start(actor_as("Recruiter")))

    assert worked == list(range(10))
    assert (job.state, job.done, job.ended_at is not None) == ("done", 10, True)
    assert [line.row for line in job.lines.all()] == list(range(10))
    assert job.lines.first().place == "a.csv, 2"
    assert job.result.name == "result.txt"
    assert Effect.objects.filter(name="core.go_on_with_job").count() == 3


def test_a_task_that_runs_twice_does_its_chunk_once(actor_as, worked):
    job = start(actor_as("Recruiter"))
    effect = Effect.objects.get(name="core.go_on_with_job")
    run_effect(effect.pk)
    run_effect(effect.pk)
    jobs.go_on(**effect.payload)
    assert worked == [0, 1, 2, 3]
    assert Job.objects.get(pk=job.pk).done == 4


def test_whoever_started_it_is_told_once(actor_as, worked):
    actor = actor_as("Recruiter")
    run_everything(start(actor))
    told = Notification.objects.get(user=actor.user)
    assert told.text == "Done: a.csv."


def test_a_chunk_that_fails_leaves_nothing_and_is_tried_again(actor_as, worked):
    job = start(actor_as("Recruiter"), fails_at=5)
    job = run_everything(job)
    assert (job.state, job.done) == ("running", 4)
    assert not Actor.objects.filter(key="import:row 4").exists()
    assert JobLine.objects.count() == 4

    Job.objects.filter(pk=job.pk).update(payload={})
    Effect.objects.filter(state="pending").update(due_at=timezone.now())
    assert run_everything(job).state == "done"
    assert JobLine.objects.count() == 10


def test_a_chunk_that_fails_for_good_fails_the_job_which_can_go_on(actor_as, worked):
    actor = actor_as("Recruiter")
    job = start(actor, fails_at=5)
    for _ in range(effects.MAX_ATTEMPTS + 1):
        Effect.objects.filter(state="pending").update(due_at=timezone.now())
        job = run_everything(job)
    assert (job.state, job.done) == ("failed", 4)
    assert "after row 4" in job.error
    assert "ana@" not in job.error

    Job.objects.filter(pk=job.pk).update(payload={})
    job = run_everything(jobs.resume(job, by=actor))
    assert (job.state, job.done, job.error) == ("done", 10, "")
    assert JobLine.objects.count() == 10


def test_a_stopped_job_does_no_further_chunk_and_can_go_on(actor_as, worked):
    actor = actor_as("Recruiter")
    job = start(actor)
    run_effect(Effect.objects.get(name="core.go_on_with_job").pk)
    job = run_everything(jobs.cancel(job, by=actor))
    assert (job.state, job.done) == ("cancelled", 4)

    job = run_everything(jobs.resume(job, by=actor))
    assert (job.state, job.done) == ("done", 10)
    assert worked == list(range(10))


def test_another_may_not_stop_it_but_who_looks_after_jobs_may(actor_as, worked):
    job = start(actor_as("Recruiter"))
    with pytest.raises(PermissionDenied):
        jobs.cancel(job, by=actor_as("Recruiter"))
    assert jobs.cancel(job, by=actor_as("Administrator")).state == "cancelled"


def test_a_job_ends_with_the_account_of_whoever_started_it(actor_as, worked):
    actor = actor_as("Recruiter")
    job = start(actor)
    actor.user.is_active = False
    actor.user.save()
    job = run_everything(job)
    assert (job.state, worked) == ("failed", [])
    assert "account" in job.error


def test_a_job_ends_with_the_right_to_it(actor_as, worked):
    actor = actor_as("Recruiter")
    job = start(actor)
    actor.user.groups.clear()
    assert "no right" in run_everything(job).error


def test_an_empty_job_is_refused(actor_as):
    with pytest.raises(ValueError, match="at least one row"):
        jobs.start("tests.work", by=actor_as("Recruiter"), title="x", total=0)


def test_what_ended_long_ago_is_forgotten_with_its_file(
    actor_as, worked, django_capture_on_commit_callbacks
):
    old, fresh = (run_everything(start(actor_as("Recruiter"))) for _ in range(2))
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=91))
    kept = old.result.content
    with django_capture_on_commit_callbacks(execute=True):
        forget_jobs()
        forget_jobs()
    assert Job.objects.get() == fresh
    assert StoredFile.objects.get() == fresh.result
    assert not kept.storage.exists(kept.name)


def test_the_page_says_how_far_it_is_without_script(client_as, worked):
    client = client_as("Recruiter")
    job = start(client.user.actor)
    run_effect(Effect.objects.get(name="core.go_on_with_job").pk)
    page = client.get(reverse("core:job", args=[job.pk])).content.decode()
    assert "4 of 10" in page
    assert "Look again" in page
    assert "Row 3 is in." in page
    assert 'hx-trigger="every 2s"' in page


def test_the_report_is_swapped_once_as_the_job_ends(client_as, worked):
    client = client_as("Recruiter")
    job = start(client.user.actor)
    url, asks = reverse("core:job", args=[job.pk]), {"HX-Request": "true", "HX-Target": "progress"}
    waits = client.get(url, headers=asks).content.decode()
    run_everything(job)
    ended = client.get(url, headers=asks).content.decode()

    assert "hx-swap-oob" not in waits
    assert 'id="report" hx-swap-oob="true"' in ended
    assert "Done: 10 new." in ended
    assert 'hx-trigger="every 2s"' not in ended
    assert "hx-swap-oob" not in client.get(url).content.decode()


def test_a_job_that_reports_on_few_rows_says_what_it_left_out():
    job = JobFactory.build(total=1200)
    assert jobs.said(job, {}) == "Everything is done."
    assert jobs.said(job, {"left out": 2}) == "Done, but for: 2 left out."


def test_the_report_is_a_file_filtered_by_outcome(client_as):
    client = client_as("Recruiter")
    job = JobFactory(by=client.user.actor)
    JobLineFactory(job=job, outcome="new")
    JobLineFactory(job=job, outcome="refused", text="=1+1")
    answer = client.get(reverse("core:job", args=[job.pk]), {"outcome": "refused", "export": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "'=1+1" in lines[1]


def test_one_stops_and_goes_on_by_buttons(client_as, worked):
    client = client_as("Recruiter")
    job = start(client.user.actor)
    client.post(reverse("core:job_cancel", args=[job.pk]))
    assert Job.objects.get().state == "cancelled"
    client.post(reverse("core:job_resume", args=[job.pk]))
    assert Job.objects.get().state == "queued"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_is_down")
def test_of_two_workers_with_the_same_chunk_one_does_it(worked):
    job = start(_recruiter())
    effect = Effect.objects.get(name="core.go_on_with_job")
    at_once(lambda: run_effect(effect.pk), lambda: run_effect(effect.pk))
    assert worked == [0, 1, 2, 3]
    assert Job.objects.get(pk=job.pk).lines.count() == 4


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_is_down")
def test_a_stop_waits_for_the_chunk_under_way_or_forestalls_it(worked):
    actor = _recruiter()
    job = start(actor)
    effect = Effect.objects.get(name="core.go_on_with_job")
    at_once(lambda: run_effect(effect.pk), lambda: jobs.cancel(job, by=actor))
    job = Job.objects.get(pk=job.pk)
    assert job.state == "cancelled"
    assert job.lines.count() == job.done
    assert job.done in {0, 4}


def _recruiter():
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Recruiter"))
    return user.actor


def test_going_on_with_a_job_that_is_done_is_refused(actor_as, worked):
    job = run_everything(start(actor_as("Recruiter")))
    with pytest.raises(StepRefused):
        jobs.resume(job, by=job.by)
    assert workflow.blockers(job, "resume", job.by)

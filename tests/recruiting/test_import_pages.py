"""People from files: read, looked at, taken over by a job, reported; nothing twice."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import Actor, Effect, Job, StoredFile
from core.tasks import run_effect
from core.workflow import take_step
from recruiting import actions
from recruiting.models import Application, Candidate, CandidateImport, ImportedPerson
from recruiting.tasks import forget_abandoned_imports
from tests.factories.recruiting import CandidateFactory, RequisitionFactory
from tests.recruiting.test_imports import RESUME

pytestmark = pytest.mark.django_db
CSV = """name,email,country
Ilse Brandt,ilse@mail.example,DE
Known Already,known@mail.example,PL
No Address,,PL
=cmd(),formula@mail.example,ZZ
"""


def file(name, content):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def recruiter(client_as):
    return client_as("Recruiter")


def upload(client, *files, **data):
    address = reverse("recruiting:import_candidates")
    return client.post(address, {"uploads": list(files), **data})


def work():
    while waiting := list(Effect.objects.due(now=timezone.now()).values_list("pk", flat=True)):
        for pk in waiting:
            run_effect(pk)


def test_one_sees_what_would_become_of_each_row_and_nothing_is_written(recruiter):
    known = CandidateFactory(email="known@mail.example")
    page = recruiter.get(upload(recruiter, file("people.csv", CSV)).url).content.decode()

    assert "3 of 4 rows can be read." in page
    assert "people.csv, row 2" in page
    assert f"is {known.code} already" in page
    assert "There is no e-mail address." in page
    assert "the country “ZZ” is not known and was left out" in page
    assert Candidate.objects.get() == known


def test_everybody_new_is_taken_over_and_each_row_reported(recruiter):
    known = CandidateFactory(email="known@mail.example")
    requisition = RequisitionFactory(state="open")
    preview = upload(recruiter, file("people.csv", CSV), requisition=requisition.pk).url
    page = recruiter.post(preview).url
    work()

    job = Job.objects.get()
    assert page == job.get_absolute_url()
    assert job.state == "done"
    assert job.lines.counts() == {"taken over": 2, "known already": 1, "refused": 1}
    said = "Done: 2 taken over, 1 known already, 1 refused."
    assert said in recruiter.get(page).content.decode()
    assert Application.objects.filter(requisition=requisition).count() == 2
    assert job.lines.get(outcome="known already").url == known.get_absolute_url()
    # A report outlives the people: it names nobody.
    assert not job.lines.filter(text__icontains="Ilse").exists()


def test_a_second_time_adds_nothing(recruiter):
    for _ in range(2):
        recruiter.post(upload(recruiter, file("people.csv", CSV)).url)
        work()
    assert Candidate.objects.count() == 3
    assert Job.objects.first().lines.counts() == {"known already": 3, "refused": 1}


def test_confirming_twice_begins_one_job(recruiter):
    preview = upload(recruiter, file("people.csv", CSV)).url
    assert recruiter.post(preview).url == recruiter.post(preview).url
    assert recruiter.get(preview).url == Job.objects.get().get_absolute_url()


def test_a_resume_is_kept_with_its_person_and_what_was_read_is_forgotten(
    recruiter, django_capture_on_commit_callbacks
):
    recruiter.post(upload(recruiter, file("ilse.json", json.dumps(RESUME))).url)
    with django_capture_on_commit_callbacks(execute=True):
        work()
    kept = StoredFile.objects.get()
    assert kept.subject == Candidate.objects.get()
    with kept.content.open() as content:
        assert json.load(content) == RESUME
    assert not ImportedPerson.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.xlsx", b"PK", "is neither .csv nor .json"),
        ("people.csv", "name,email\n" + "x" * 11 * 1024**2, "is larger than 10 MB"),
    ],
)
def test_what_is_no_file_of_people_is_refused_beside_the_field(recruiter, name, content, said):
    answer = upload(recruiter, file(name, content))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CandidateImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.csv", "who,where\nA,B\n", "Its header lacks email, name"),
        ("people.csv", b"\xff\xfe\x00", "It is not in UTF-8"),
        ("people.json", "{", "It is not JSON"),
        ("people.json", "[]", "It is no résumé"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leads_on(recruiter, name, content, said):
    page = recruiter.get(upload(recruiter, file(name, content)).url).content.decode()
    assert "None of it can be read." in page
    assert said in page
    assert "Choose other files…" in page


def test_too_many_files_are_refused(recruiter):
    answer = upload(recruiter, *[file(f"{n}.csv", CSV) for n in range(11)])
    assert "At most 10 files" in answer.content.decode()


def test_too_many_people_are_refused_and_nothing_is_kept(recruiter, monkeypatch):
    monkeypatch.setattr("recruiting.actions.imports.MOST_ROWS", 3)
    answer = upload(recruiter, file("people.csv", CSV))
    assert "divide the file" in answer.content.decode()
    assert not ImportedPerson.objects.exists()


def test_what_another_read_is_not_there(recruiter, user_as, client):
    preview = upload(recruiter, file("people.csv", CSV)).url
    client.force_login(user_as("Recruiter"), backend="core.sign_in.Backend")
    assert client.get(preview).status_code == 404


def test_what_nobody_took_over_is_forgotten_after_a_week(recruiter):
    upload(recruiter, file("a.json", json.dumps(RESUME)))
    forget_abandoned_imports()
    assert ImportedPerson.objects.exists()

    old = timezone.now() - timedelta(days=8)
    CandidateImport.objects.update(created_at=old)
    forget_abandoned_imports()
    forget_abandoned_imports()
    assert not CandidateImport.objects.exists()
    assert not ImportedPerson.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("end", ["cancel", "fail"])
def test_what_a_stopped_or_failed_job_left_is_forgotten_after_a_week(recruiter, end):
    recruiter.post(upload(recruiter, file("a.json", json.dumps(RESUME))).url)
    break_off(Job.objects.get(), end, days=6)
    forget_abandoned_imports()
    assert ImportedPerson.objects.exists()

    Job.objects.update(ended_at=timezone.now() - timedelta(days=8))
    forget_abandoned_imports()
    assert not CandidateImport.objects.exists()
    assert not ImportedPerson.objects.exists()
    assert not StoredFile.objects.exists()

    jobs.resume(Job.objects.get(), by=recruiter.user.actor)
    work()
    assert Job.objects.get().error.endswith("is deleted: begin anew.")


def break_off(job, end, *, days):
    more = {"error": "It broke."} if end == "fail" else {}
    by = Actor.objects.system() if end == "fail" else job.by
    take_step(job, end, by=by, ended_at=timezone.now() - timedelta(days=days), **more)


def test_what_somebody_has_gone_on_with_is_kept(recruiter):
    recruiter.post(upload(recruiter, file("a.json", json.dumps(RESUME))).url)
    CandidateImport.objects.update(created_at=timezone.now() - timedelta(days=30))
    break_off(Job.objects.get(), "cancel", days=8)
    jobs.resume(Job.objects.get(), by=recruiter.user.actor)

    forget_abandoned_imports()
    work()

    assert Candidate.objects.exists()


def test_the_preview_takes_as_many_queries_for_many_rows(recruiter, django_assert_max_num_queries):
    rows = "".join(f"A B,{n}@mail.example,DE\n" for n in range(200))
    preview = upload(recruiter, file("people.csv", "name,email,country\n" + rows)).url
    with django_assert_max_num_queries(15):
        recruiter.get(preview)


def test_a_chunk_is_taken_over_by_whoever_may_still_add_people(recruiter):
    recruiter.post(upload(recruiter, file("people.csv", CSV)).url)
    recruiter.user.groups.clear()
    work()
    assert Job.objects.get().state == "failed"
    assert not Candidate.objects.exists()


def test_a_process_that_only_shows_pages_knows_the_import():
    """No worker's module is loaded there: its page names the work, and hands out its file."""
    code = (
        "import django; django.setup()\n"
        "from core import jobs; from core.models import Job\n"
        "print(jobs.label_of(Job(name='recruiting.import_candidates')))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "Import of candidates"


def test_rows_of_other_chunks_are_left_alone(actor_as):
    actor = actor_as("Recruiter")
    batch = actions.receive_import([("people.csv", CSV.encode())], by=actor)
    job = actions.begin_import(batch, by=actor)
    lines = list(actions.take_over(job, range(1, 3), actor))
    assert [line.row for line in lines] == [1, 2]

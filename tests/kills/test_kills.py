from datetime import timedelta

import pytest

from cms.models import Contract
from core import effects, jobs, lists
from core.lists import bulk as runs
from core.lists import long_exports, long_steps
from core.models import Actor, Effect, Job, Message, StoredFile, User
from engagements.models import Engagement
from recruiting.models import Application
from tests.adoption import SAMPLE, STAFF, everything
from tests.factories.cms import SignatureFactory
from tests.factories.recruiting import ApplicationFactory, CandidateFactory, RequisitionFactory
from tests.kills.conftest import eventually, everything_is_done

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
INVITATION = {"email": "nuala@cadre.example", "name": "Nuala", "role": "Recruiter"}


def test_worker_killed_while_it_renders_a_contract_leaves_it_to_the_next(machine, tmp_path):
    (tmp_path / "hold").touch()
    contract = SignatureFactory(side="us", contract__state="executed").contract
    SignatureFactory(side="client", contract=contract)
    soon = timedelta(milliseconds=1)
    effects.cause("cms.render_executed_contract", key="a", after=soon, contract=contract.pk)
    machine.start_beat()
    machine.start_worker()
    eventually((tmp_path / "started").exists)

    machine.kill("worker")
    row = Effect.objects.get(key="a")
    left = (row.state, row.attempts, StoredFile.objects.count())
    (tmp_path / "hold").unlink()
    machine.start_worker()
    eventually(lambda: StoredFile.objects.exists() and everything_is_done())

    row.refresh_from_db()
    assert left == ("pending", 1, 0)
    assert (row.state, row.attempts, row.error) == ("done", 2, "")
    assert StoredFile.objects.get() == Contract.objects.get().executed_document
    with StoredFile.objects.get().content.open() as document:
        assert document.read(5) == b"%PDF-"
    signers = [signature.by.user.email for signature in contract.signatures.all()]
    assert machine.sent("To") == sorted(signers)


def test_step_taken_while_the_broker_is_gone_is_taken_and_its_mail_is_sent(machine, session):
    machine.start_worker()
    machine.start_beat()
    machine.start_web()
    eventually(machine.worker_is_ready)
    machine.lose_broker()

    status = machine.ask("POST", "/people/invite/", session, **INVITATION)
    waiting = Effect.objects.values_list("state", "attempts").get()
    machine.make_broker()

    def recovered():
        machine.restart_dead()
        return everything_is_done()

    eventually(recovered)
    assert (status, waiting) == (302, ("pending", 0))
    assert User.objects.get(email=INVITATION["email"]).groups.get().name == "Recruiter"
    assert Message.objects.get().outcome == "sent"
    assert machine.sent() == ["Your access to Cadre"]


def test_web_server_killed_between_commit_and_publishing_loses_no_mail(machine, session):
    machine.start_worker()
    machine.start_beat()
    machine.start_web(DIE_BEFORE_PUBLISHING="yes")

    with pytest.raises(ConnectionError):
        machine.ask("POST", "/people/invite/", session, **INVITATION)
    assert machine.running["web"].wait(timeout=10) == -9
    eventually(lambda: Effect.objects.exists() and everything_is_done())

    assert Message.objects.get().outcome == "sent"
    assert machine.sent() == ["Your access to Cadre"]
    assert Effect.objects.values_list("state", "attempts").get() == ("done", 1)


def test_worker_killed_while_it_keeps_the_file_of_an_export_leaves_it_to_the_next(
    machine, tmp_path, monkeypatch, actor_as
):
    (tmp_path / "hold").touch()
    monkeypatch.setattr(effects, "publish", lambda pk: None)
    monkeypatch.setattr(long_exports, "SIZE", 2)
    actor = actor_as("Recruiter")
    listing = lists.find("recruiting.candidates", actor)
    pks = [CandidateFactory(name=f"Applicant {number}").pk for number in range(3)]
    long_exports.begin(listing, listing.columns[:1], pks, "csv", by=actor)
    machine.start_beat()
    machine.start_worker()
    eventually((tmp_path / "started").exists)

    machine.kill("worker")
    job = Job.objects.get()
    left = (job.state, job.done, job.result)
    (tmp_path / "hold").unlink()
    machine.start_worker()
    eventually(lambda: Job.objects.get().state == "done" and everything_is_done())

    assert left == ("running", 2, None)
    with Job.objects.get().result.content.open() as file:
        names = file.read().decode().removeprefix("\ufeff").splitlines()
    assert names == ["Name", "Applicant 0", "Applicant 1", "Applicant 2"]
    assert StoredFile.objects.count() == 1


def test_worker_killed_between_two_rows_of_a_bulk_step_leaves_them_to_the_next(
    machine, tmp_path, monkeypatch, actor_as
):
    (tmp_path / "hold").touch()
    monkeypatch.setattr(effects, "publish", lambda pk: None)
    monkeypatch.setattr(long_steps, "SIZE", 2)
    requisition = RequisitionFactory(state="open")
    rows = ApplicationFactory.create_batch(3, requisition=requisition)
    actor = actor_as("Recruiter")
    listing = lists.find("recruiting.applications", actor, requisition.pk)
    bulk = next(each for each in listing.bulk if each.name == "hold")
    run = runs.choose(listing, bulk, listing.rows(), by=actor)
    long_steps.begin(listing, bulk, run)
    machine.start_beat()
    machine.start_worker()
    eventually((tmp_path / "started").exists)

    machine.kill("worker")
    left = (Job.objects.get().done, run.rows.waiting().count(), states_of(rows))
    (tmp_path / "hold").unlink()
    machine.start_worker()
    eventually(lambda: Job.objects.get().state == "done" and everything_is_done())

    assert left == (0, 3, {"applied"})
    assert states_of(rows) == {"on_hold"}
    assert [row.log.count() for row in rows] == [1, 1, 1]
    assert [line.row for line in Job.objects.get().lines.all()] == [0, 1, 2]


def states_of(rows):
    found = Application.objects.filter(pk__in=[row.pk for row in rows])
    return set(found.values_list("state", flat=True))


def test_worker_killed_in_the_middle_of_a_job_leaves_whole_chunks_and_the_next_goes_on(
    machine, tmp_path, monkeypatch
):
    (tmp_path / "hold").touch()
    monkeypatch.setattr(
        effects, "publish", lambda pk: None
    )  # the worker's work, not this process's
    actor = Actor.objects.system()
    jobs.start("tests.slow", by=actor, title="Six rows", total=6, size=2)
    machine.start_beat()
    machine.start_worker()
    eventually((tmp_path / "started").exists)

    machine.kill("worker")
    job = Job.objects.get()
    left = (job.state, job.done, job.lines.count(), Actor.objects.filter(kind="import").count())
    (tmp_path / "hold").unlink()
    machine.start_worker()
    eventually(lambda: Job.objects.get().state == "done" and everything_is_done())

    assert left == ("running", 2, 2, 2)
    assert [line.row for line in Job.objects.get().lines.all()] == [0, 1, 2, 3, 4, 5]
    attempts = Effect.objects.filter(name="core.go_on_with_job").order_by("pk")
    assert [effect.attempts for effect in attempts] == [1, 2, 1]


def test_taking_over_a_team_killed_in_the_middle_leaves_nothing_and_can_be_run_again(
    machine, tmp_path, user_as
):
    for email, role in STAFF.items():
        user_as(role, email=email)
    before = everything()
    command = ["django", "adopt_engagement", str(SAMPLE), "--confirm"]
    (tmp_path / "hold").touch()
    machine.start("adopt", command)
    eventually((tmp_path / "started").exists)

    machine.kill("adopt")
    left = everything()
    (tmp_path / "hold").unlink()
    machine.start("adopt", command)
    eventually(Engagement.objects.exists)

    assert left == before
    assert machine.running["adopt"].wait(timeout=60) == 0
    assert Engagement.objects.get().seats.count() == 15

"""More than 10,000 rows: a job writes the file, in the name of whoever asked for it."""

import csv
import io
from array import array
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core import jobs, lists, policies
from core.lists import exports, long_exports
from core.lists.pages import Shown
from core.models import Actor, AuditEntry, Effect, Job, StoredFile
from core.retention import EXPORT_DAYS
from core.tasks import run_effect
from recruiting.models import Candidate
from tests.factories.core import UserFactory
from tests.factories.recruiting import CandidateFactory
from tests.lists.rows import MAKE, listing
from tests.races import at_once

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("x")'


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    for module in ("selection", "pages"):
        monkeypatch.setattr(f"core.lists.{module}.CAP", 3)
        monkeypatch.setattr(f"core.lists.{module}.PAGE", 2)
    monkeypatch.setattr(long_exports, "SIZE", 2)


def begin(browser, kind, query="sort=name"):
    answer = browser.post(
        reverse("core:list_export", args=["recruiting.candidates"]),
        {"kind": kind, "query": query},
    )
    assert answer.status_code == 302
    return Job.objects.get(pk=answer.url.rstrip("/").rsplit("/", 1)[-1])


def work(job):
    """Do what waits, as workers do, until there is nothing left to do now."""
    while pks := list(Effect.objects.due(now=timezone.now()).values_list("pk", flat=True)):
        for pk in pks:
            run_effect(pk)
    return Job.objects.get(pk=job.pk)


def taken(browser, job):
    return read(browser.get(reverse("core:job_file", args=[job.pk])))


def read(answer):
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # no more: a response that ends closes the connection
        close()
    if "csv" in answer["Content-Type"]:
        return list(csv.reader(io.StringIO(content.decode().removeprefix("\ufeff"))))
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.values]


def people(count):
    return [CandidateFactory(name=f"{FORMULA} {number}") for number in range(count)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_what_a_shorter_list_sends_at_once(kind, client_as):
    people(5)
    browser = client_as("Recruiter")
    listing = lists.find("recruiting.candidates", browser.user.actor)
    page = Shown(listing, QueryDict("sort=name"))
    pks = page.selection.ordered.values_list("pk", flat=True)
    at_once_sent = read(exports.response(listing, page.columns, pks, kind))

    job = work(begin(browser, kind))

    assert (job.state, job.done, job.lines.count(), job.parts.count()) == ("done", 5, 0, 0)
    assert taken(browser, job) == at_once_sent
    assert [row[0] for row in at_once_sent[1:]] == [f"'{FORMULA} {number}" for number in range(5)]


def test_page_of_the_list_offers_it_and_the_jobs_page_the_file(client_as):
    people(5)
    browser = client_as("Recruiter")

    page = browser.get(reverse("recruiting:candidates")).content.decode()
    job = work(begin(browser, "xlsx"))
    told = browser.get(job.get_absolute_url()).content.decode()

    assert "All that match, made by a job:" in page
    assert reverse("core:job_file", args=[job.pk]) in told
    dids = AuditEntry.objects.filter(kind="export").values_list("did", flat=True)
    assert list(dids.order_by("pk")) == ["list_exported"]
    taken(browser, job)
    assert AuditEntry.objects.filter(did="job_file_taken").count() == 1


def test_nobody_else_takes_the_file_nor_does_it_have_an_address(client_as, user_as):
    people(5)
    job = work(begin(client_as("Recruiter"), "csv"))
    other = Browser()
    statuses = []
    for role in ("Administrator", "Recruiter"):
        other.force_login(user_as(role), backend="core.sign_in.Backend")
        statuses.append(other.get(reverse("core:job_file", args=[job.pk])).status_code)
        statuses.append(other.get(job.result.get_absolute_url()).status_code)

    assert statuses == [404] * 4


def test_who_may_not_see_the_list_any_more_gets_no_file(client_as):
    people(5)
    browser = client_as("Recruiter")
    job = work(begin(browser, "csv"))
    browser.user.groups.set([Group.objects.get(name="QA")])

    assert browser.get(reverse("core:job_file", args=[job.pk])).status_code == 404


def test_right_lost_on_the_way_ends_it_with_a_reason(client_as):
    people(5)
    browser = client_as("Recruiter")
    job = begin(browser, "csv")
    run_effect(Effect.objects.get(name="core.go_on_with_job").pk)
    browser.user.groups.set([Group.objects.get(name="QA")])

    job = work(job)

    assert (job.state, job.done, job.result) == ("failed", 2, None)
    assert job.error == "Whoever started it may not see this list any more."


def test_row_that_went_meanwhile_is_left_out_and_told_of(client_as):
    rows = people(5)
    browser = client_as("Recruiter")
    job = begin(browser, "csv")
    Candidate.objects.filter(pk=rows[3].pk).delete()

    job = work(job)

    assert [row[0][-1] for row in taken(browser, job)[1:]] == ["0", "1", "2", "4"]
    assert [(line.row, line.outcome) for line in job.lines.all()] == [(3, "left out")]


def test_row_that_came_meanwhile_changes_nothing(client_as):
    people(5)
    browser = client_as("Recruiter")
    job = begin(browser, "csv")
    run_effect(Effect.objects.get(name="core.go_on_with_job").pk)
    CandidateFactory(name=" first of all")

    assert [row[0][-1] for row in taken(browser, work(job))[1:]] == ["0", "1", "2", "3", "4"]


def test_pressing_twice_makes_one_job_and_another_question_another(client_as):
    people(5)
    browser = client_as("Recruiter")

    one, same, other = (begin(browser, kind) for kind in ("csv", "csv", "xlsx"))

    assert one == same
    assert one != other


def test_the_same_rows_in_another_order_or_other_rows_are_another_job(client_as):
    for name in ("Ann", "Bea", "Cid", "Dan", "Ann B", "Bea B", "Cid B", "Dan B"):
        CandidateFactory(name=name)
    browser = client_as("Recruiter")
    queries = ("sort=name", "sort=-name", "q=ann&sort=name", "q=bea&sort=name")

    begun = [begin(browser, "csv", query) for query in queries]

    names = [[row[0] for row in taken(browser, work(job))[1:]] for job in begun]
    assert names[0] == sorted(names[1]) == names[1][::-1]
    assert names[2:] == [["Ann", "Ann B"], ["Bea", "Bea B"]]


def test_export_begun_before_keys_could_be_text_goes_on(client_as):
    rows = people(3)
    browser = client_as("Recruiter")
    job = begin(browser, "csv")
    del job.payload["sha256"]
    job.save(update_fields=["payload"])
    for part in job.parts.all():
        keys = [row.pk for row in rows[part.first_row : part.first_row + 2]]
        jobs.put_part(job, range(part.first_row, part.first_row + 2), array("q", keys).tobytes())

    assert [row[0][-1] for row in taken(browser, work(job))[1:]] == ["0", "1", "2"]


@pytest.mark.parametrize("key", sorted(MAKE))
def test_every_list_is_exported_by_a_job_as_it_is_at_once(key, world, browser_of):
    browser, shown = browser_of(key), listing(key, world)
    for number in range(5):
        MAKE[key](world, f"Row {number}")
    page = Shown(shown, QueryDict())
    keys = list(page.selection.ordered.values_list("pk", flat=True))
    at_once_sent = read(exports.response(shown, page.columns, keys, "csv"))
    answer = browser.post(
        reverse("core:list_export", args=[key]),
        {"kind": "csv", "within": shown.parent.pk if shown.parent else ""},
    )

    job = work(Job.objects.get(name=long_exports.WORK))

    assert (answer.status_code, job.state, job.total) == (302, "done", len(keys))
    assert taken(browser, job)[0] == at_once_sent[0]
    assert len(taken(browser, job)) == len(at_once_sent) >= 6


def test_no_right_to_the_list_no_job(client_as):
    people(5)
    address = reverse("core:list_export", args=["recruiting.candidates"])

    assert client_as("QA").post(address, {"kind": "csv", "query": ""}).status_code == 403
    assert client_as("Recruiter").post(address, {"kind": "exe"}).status_code == 404
    misspelt = {"kind": "csv", "query": "skill=nothing-like-it&country=Nowhere"}
    client_as("Recruiter").post(address, misspelt)
    assert not Job.objects.exists()


def test_cells_come_back_as_they_were():
    cells = ["text", 3, 1.5, None, "yes"]
    now = timezone.now().replace(tzinfo=None)
    cells += [now, now.date(), Decimal("12.50")]

    assert [long_exports._unpacked(long_exports._packed(cell)) for cell in cells] == cells


def test_a_workbook_begins_another_sheet_where_one_is_full(monkeypatch):
    monkeypatch.setattr(exports, "SHEET", 2)

    with exports.xlsx_file("List", ["Name"], [["a"], ["b"], ["c"]]) as file:
        book = load_workbook(file)
    with exports.xlsx_file("List", ["Name"], [["a"], ["b"]]) as file:
        full = load_workbook(file)

    assert [list(sheet.values) for sheet in book] == [
        [("Name",), ("a",), ("b",)],
        [("Name",), ("c",)],
    ]
    assert len(full.sheetnames) == 1


@pytest.mark.parametrize(("decided", "days"), [(None, 7), (30, 30)])
def test_file_goes_after_days_of_the_policy_and_what_a_stopped_one_had_made(
    decided, days, client_as, django_capture_on_commit_callbacks
):
    if decided:
        policies.change(EXPORT_DAYS, decided, by=Actor.objects.system())
    people(5)
    browser = client_as("Recruiter")
    done, stopped = work(begin(browser, "csv")), begin(browser, "xlsx")
    run_effect(Effect.objects.exclude(state="done").get(name="core.go_on_with_job").pk)
    jobs.cancel(stopped, by=browser.user.actor)
    kept = done.result.content

    later = timezone.now() + timedelta(days=days, hours=1)
    jobs.forget(now=later - timedelta(hours=2), keep=timedelta(days=90))
    kept_until_then = StoredFile.objects.filter(pk=done.result_id).exists()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.forget(now=later, keep=timedelta(days=90))
        jobs.forget(now=later, keep=timedelta(days=90))

    assert (kept_until_then, Job.objects.count()) == (True, 2)
    assert not StoredFile.objects.exists()
    assert not kept.storage.exists(kept.name)
    assert not any(job.parts.exists() for job in Job.objects.all())
    jobs.resume(Job.objects.get(pk=stopped.pk), by=browser.user.actor)
    assert work(stopped).error == "What it works on was kept too long and is deleted: begin anew."


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_is_down")
def test_of_two_workers_at_the_last_chunk_one_makes_the_file():
    people(2)
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Recruiter"))
    listing = lists.find("recruiting.candidates", user.actor)
    pks = listing.rows().order_by("pk").values_list("pk", flat=True)
    job = long_exports.begin(listing, listing.columns[:1], pks, "csv", by=user.actor)
    effect = Effect.objects.get(name="core.go_on_with_job")

    at_once(lambda: run_effect(effect.pk), lambda: run_effect(effect.pk))

    assert Job.objects.get(pk=job.pk).state == "done"
    assert StoredFile.objects.count() == 1

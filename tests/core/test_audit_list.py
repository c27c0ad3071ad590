"""One list of everything: what was noted, and each step of every machine, for page and export."""

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from core import audit, audit_lines, policies
from core.lists.audit import AuditList
from core.models import Actor, AuditLine, TransitionLog
from core.retention import KEEP_DAYS
from core.workflow import take_step
from tests.factories.recruiting import CandidateFactory, RequisitionFactory
from tests.factories.vendors import VendorFactory

pytestmark = pytest.mark.django_db


def listed(client, **query):
    return client.get(reverse("core:audit"), query)


@pytest.fixture
def happened(actor_as):
    """A step of one machine, and something noted, by two people."""
    hr, recruiter = actor_as("HR director", name="Hanna Roth"), actor_as("Recruiter", name="Rui")
    vendor = take_step(VendorFactory(), "submit", by=hr)
    candidate = CandidateFactory()
    audit.note("view", did="candidate_seen", by=recruiter, about=candidate)
    return vendor, candidate


def test_every_log_is_in_the_view():
    logs = {m._meta.db_table for m in apps.get_models() if issubclass(m, TransitionLog)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_viewdef(%s::regclass)", [audit_lines.VIEW])
        (text,) = cursor.fetchone()

    assert [table for table in sorted(logs) if f"{table}" not in text] == []


def test_steps_stand_beside_what_was_noted(happened, client_as):
    vendor, candidate = happened

    rows = AuditLine.objects.exclude(kind="sign_in").select_related("by", "subject_type")

    assert {(r.kind, r.did, r.by.name, r.about, r.details_in_words) for r in rows} == {
        (
            "step",
            "submit",
            "Hanna Roth",
            f"vendor {vendor.pk}",
            "prospect → in review",
        ),
        ("view", "candidate_seen", "Rui", f"candidate {candidate.pk}", ""),
    }
    page = listed(client_as("Administrator")).text
    assert "submit" in page
    assert "candidate seen" in page


def test_line_leads_to_its_row_where_the_reader_may_see_it(happened, client_as):
    vendor, candidate = happened

    page = listed(client_as("Administrator")).text

    assert f'<a href="{vendor.get_absolute_url()}">vendor {vendor.pk}</a>' in page
    assert f'<a href="{candidate.get_absolute_url()}">candidate {candidate.pk}</a>' in page


def test_line_about_a_row_that_its_reader_may_not_see_has_no_link(happened, user_as):
    user = user_as("HR director")
    rows = [row for row in AuditLine.objects.all() if row.kind == "view"]
    AuditList(user.actor).prepare(rows)
    seen = [row.about_url for row in rows]
    user.groups.clear()

    AuditList(Actor.objects.get(user=user.pk)).prepare(rows)

    assert (seen, [row.about_url for row in rows]) == ([happened[1].get_absolute_url()], [""])


def test_change_of_a_policy_says_what_it_was_even_where_it_was_never_changed(actor_as):
    by = actor_as("Administrator")

    policies.change(KEEP_DAYS, 90, by=by)
    policies.change(KEEP_DAYS, None, by=by)

    noted = AuditLine.objects.filter(did="policy_changed").order_by("number")
    assert [line.details_in_words for line in noted] == [
        "after: 90; before: 730; policy: retention.audit_days",
        "after: 730; before: 90; policy: retention.audit_days",
    ]


def test_list_is_filtered_by_kind_and_person(happened, client_as):
    client = client_as("Administrator")

    steps, of_rui = (listed(client, **query).text for query in ({"kind": "step"}, {"q": "Rui"}))

    assert ("submit" in steps, "candidate seen" in steps) == (True, False)
    assert ("submit" in of_rui, "candidate seen" in of_rui) == (False, True)


def test_export_holds_steps_with_their_time(happened, client_as):
    text = b"".join(listed(client_as("Administrator"), kind="step", export="csv")).decode()

    _header, line = text.strip().splitlines()
    assert "Hanna Roth" in line
    assert "submit" in line
    assert ":" in line.split(",")[0]  # an hour, not a day alone


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_few_queries(number, client_as, django_assert_num_queries):
    client = client_as("Administrator")
    for _ in range(number):
        take_step(VendorFactory(), "submit", by=Actor.objects.system())
        audit.note("export", did="list_exported", by=Actor.objects.system())

    # session, user, permissions, views, columns, keys, rows, vendors and people that may be seen
    with django_assert_num_queries(9):
        page = listed(client).text

    assert page.count("submit") == number


def test_newest_lines_are_found_without_reading_every_step():
    """Sorted by index in the big log: the plan of a page may not sort all of it."""
    RequisitionFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = AuditLine.objects.order_by("-at", "-key").values("key")[:50]
        plan = rows.explain()

    assert "recruiting__at_" in plan, plan

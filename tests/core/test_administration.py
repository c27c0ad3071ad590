"""Policies, the audit, health, and what each person finds under their own name."""

import shutil
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from core import audit, health, policies, tasks
from core.models import Actor, AuditEntry, Effect, Heartbeat, PolicyValue
from core.retention import KEEP_DAYS
from tests.factories.core import UserFactory
from tests.factories.recruiting import CandidateFactory

pytestmark = pytest.mark.django_db


def test_policy_holds_its_default_until_somebody_changes_it_and_can_go_back():
    by = Actor.objects.system()
    assert KEEP_DAYS.value() == 730

    assert policies.change(KEEP_DAYS, 90, by=by)
    assert not policies.change(KEEP_DAYS, 90, by=by)  # nothing new to write down
    assert KEEP_DAYS.value() == 90
    policies.change(KEEP_DAYS, None, by=by)

    assert KEEP_DAYS.value() == 730
    assert [row.value for row in PolicyValue.objects.all()] == [None, 90]
    assert AuditEntry.objects.filter(did="policy_changed", by=by).count() == 2


@pytest.mark.parametrize("value", [29, 3651, "soon", True, 1.5])
def test_policy_refuses_what_is_out_of_bounds_or_of_another_type(value):
    with pytest.raises(ValidationError):
        policies.change(KEEP_DAYS, value, by=Actor.objects.system())


def test_stored_value_that_the_bounds_no_longer_allow_counts_as_none():
    PolicyValue.objects.create(name=KEEP_DAYS.name, value=5, by=Actor.objects.system())

    assert KEEP_DAYS.value() == 730


def test_request_reads_all_policies_in_one_query_and_the_next_reads_them_again(
    django_assert_num_queries,
):
    with policies.read_once(), django_assert_num_queries(1):
        assert [KEEP_DAYS.value(), KEEP_DAYS.value()] == [730, 730]
    # Another process decides meanwhile.
    PolicyValue.objects.create(name=KEEP_DAYS.name, value=60, by=Actor.objects.system())

    with policies.read_once():
        assert KEEP_DAYS.value() == 60


def test_kinds_of_policies_read_what_they_wrote():
    ratio = policies.Policy("tests.ratio", Decimal("1.5"), Decimal, "Ratio")
    sides = policies.Policy("tests.sides", [], list, "Sides", choices=lambda: [("a", "A")])
    policies.change(ratio, Decimal("2.25"), by=Actor.objects.system())
    policies.change(sides, ["a"], by=Actor.objects.system())

    assert (ratio.value(), sides.value(), sides.in_words(["a"])) == (Decimal("2.25"), ["a"], "A")
    with pytest.raises(ValidationError):
        sides.checked(["b"])


def test_administrator_changes_a_policy_and_the_page_says_who_did(client_as):
    browser = client_as("Administrator")
    path = reverse("core:policy", args=[KEEP_DAYS.name])

    assert browser.post(path, {"value": "7"}).status_code == 422
    browser.post(path, {"value": "365"})
    page = browser.get(reverse("core:policies")).content.decode()

    assert "365 days" in page
    assert "730 days" in page
    assert browser.user.name in page
    browser.post(path, {"reset": "1"})
    assert KEEP_DAYS.value() == 730


def test_looking_at_a_candidate_and_taking_a_list_out_are_noted_without_names(client_as):
    browser, row = client_as("Recruiter"), CandidateFactory()

    browser.get(row.get_absolute_url())
    b"".join(browser.get(reverse("recruiting:candidates"), {"export": "csv"}))

    noted = AuditEntry.objects.exclude(kind="sign_in").order_by("pk")
    assert [(e.did, e.by_id, e.subject) for e in noted] == [
        ("candidate_seen", browser.user.actor.pk, row),
        ("list_exported", browser.user.actor.pk, None),
    ]
    assert row.name not in str([entry.details for entry in noted])


@pytest.mark.parametrize(("password", "did"), [("right" * 4, "signed_in"), ("x", "sign_in_failed")])
def test_sign_ins_are_noted_with_the_network_and_never_what_was_typed(client, password, did):
    user = UserFactory()
    user.set_password("right" * 4)
    user.save()
    sent = {"login": user.email, "password": password}

    client.post(reverse("account_login"), sent, REMOTE_ADDR="203.0.113.77")

    entry = AuditEntry.objects.get(kind="sign_in")
    assert (entry.did, entry.subject_id) == (did, user.pk)
    assert entry.details == {"network": "203.0.113.0/24"}


def test_addresses_are_cut_to_their_network():
    assert audit.truncated("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert audit.truncated("nonsense") == ""


def test_audit_forgets_what_is_older_than_the_policy_says_and_nothing_else():
    old, new = audit.note("view", by=None), audit.note("view", by=None)
    AuditEntry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=731))

    tasks.forget_audit_entries()
    tasks.forget_audit_entries()

    assert list(AuditEntry.objects.all()) == [new]


def test_health_measures_by_what_an_administrator_decided(monkeypatch, tmp_path, settings):
    now = timezone.now()
    Heartbeat.objects.create(name="worker", at=now - timedelta(minutes=3))
    Effect.objects.create(name="tests.none", key="a", due_at=now - timedelta(minutes=20))
    settings.MEDIA_ROOT = tmp_path
    gigabyte = 2**30
    usage = shutil._ntuple_diskusage(100 * gigabyte, 90 * gigabyte, 10 * gigabyte)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)

    def tones():
        found = {each.label: each.tone for each in health.findings()}
        return found["Worker and beat"], found["Effects"], found["Disk"]

    by_default = tones()
    policies.change(health.SILENT, 5, by=Actor.objects.system())
    policies.change(health.LATE, 30, by=Actor.objects.system())
    policies.change(health.FULL, 85, by=Actor.objects.system())
    changed = tones()
    policies.change(health.FULL, None, by=Actor.objects.system())
    policies.change(health.NEARLY_FULL, 92, by=Actor.objects.system())

    assert by_default == ("bad", "warn", "warn")
    assert changed == ("good", "good", "bad")
    assert tones() == ("good", "good", "good")


def test_health_names_a_silent_worker_and_a_dead_effect(client_as):
    Effect.objects.create(name="tests.none", key="a", state="dead")
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=3))
    tones = {each.label: each.tone for each in health.findings()}
    assert (tones["Worker and beat"], tones["Effects"]) == ("bad", "bad")

    tasks.heartbeat()
    tasks.heartbeat()

    tones = {each.label: each.tone for each in health.findings()}
    assert (tones["Worker and beat"], tones["Database"]) == ("good", "good")
    assert "1 failed for good" in client_as("Administrator").get("/health/").content.decode()


def test_probes_answer_without_tls_and_liveness_without_the_database(
    client, settings, django_assert_num_queries
):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    # A release that came before its migrations.
    MigrationRecorder.Migration.objects.filter(app="training").delete()

    assert client.get("/readyz").status_code == 503


def test_everybody_finds_their_own_settings_under_their_name(client_as):
    page = client_as("QA").get(reverse("core:you")).content.decode()

    for route in ("core:notification_settings", "mfa_index", "account_change_password"):
        assert reverse(route) in page

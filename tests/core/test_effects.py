import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core import effects
from core.models import Actor, Effect, User
from core.tasks import run_effect, sweep_effects
from tests.races import at_once

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def done(monkeypatch):
    """Register the effect "tests.note", and return the list of what it noted."""
    monkeypatch.setattr(effects, "_registry", dict(effects._registry))
    noted = []

    def note(what):
        noted.append(what)

    effects.effect("tests.note")(note)
    return noted


@pytest.fixture
def failing(monkeypatch):
    """Register the effect "tests.fail", and return the list of what was given up, and why."""
    monkeypatch.setattr(effects, "_registry", dict(effects._registry))
    given_up = []

    def fail(what):
        Actor.objects.of_import(what)
        raise OSError(f"{what}: no room\0 on the disk")

    effects.effect("tests.fail", on_dead=lambda **told: given_up.append(told))(fail)
    return given_up


def make_due(**fields):
    Effect.objects.update(due_at=timezone.now() - MINUTE, **fields)


def test_effect_is_done_after_the_commit_and_once(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = effects.cause("tests.note", key="a", what="one")
        assert done == []

    make_due()
    run_effect(row.pk)
    sweep_effects()

    assert done == ["one"]
    assert Effect.objects.values_list("state", "attempts", "error").get() == ("done", 1, "")


def test_effect_of_the_same_key_is_caused_once(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = effects.cause("tests.note", key="a", what="one")
        second = effects.cause("tests.note", key="a", what="two")

    assert first == second
    assert done == ["one"]


def test_effect_of_a_transaction_rolled_back_is_never_done(done):
    def cause_and_fail():
        with transaction.atomic():
            effects.cause("tests.note", key="a", what="one")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause_and_fail()

    assert not Effect.objects.exists()
    assert done == []


def test_effect_for_later_waits_until_it_is_due(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = effects.cause("tests.note", key="a", after=timedelta(hours=1), what="one")

    assert effects.run(row.pk) is False
    make_due()
    assert effects.run(row.pk) is True
    assert done == ["one"]


def test_failure_is_kept_and_put_off_longer_each_time(failing):
    row = effects.cause("tests.fail", key="a", what="x")
    pauses = []
    for _ in range(3):
        make_due()
        assert effects.run(row.pk) is False
        row.refresh_from_db()
        pauses.append(round((row.due_at - timezone.now()).total_seconds()))

    assert pauses == [2, 4, 8]
    assert (row.state, row.attempts) == ("pending", 3)
    assert row.error == "OSError: x: no room on the disk"
    assert failing == []


def test_failing_work_leaves_nothing_behind(failing):
    row = effects.cause("tests.fail", key="a", what="x")

    effects.run(row.pk)

    assert not Actor.objects.filter(key="import:x").exists()


def test_eighth_failure_is_the_last_and_is_told(failing):
    row = effects.cause("tests.fail", key="a", what="x")
    for _ in range(10):
        make_due()
        effects.run(row.pk)
    row.refresh_from_db()

    assert (row.state, row.attempts) == ("dead", 8)
    assert failing == [{"what": "x", "error": "OSError: x: no room on the disk"}]


def test_work_that_kills_its_worker_is_given_up_too(failing):
    row = effects.cause("tests.fail", key="a", what="x")
    make_due(attempts=8)

    assert effects.run(row.pk) is False

    row.refresh_from_db()
    assert (row.state, row.error) == ("dead", effects.LOST)
    assert failing == [{"what": "x", "error": effects.LOST}]


def test_attempt_is_counted_before_it_is_made(done):
    row = effects.cause("tests.note", key="a", what="one")
    seen = []
    effects.effect("tests.look")(lambda: seen.append(Effect.objects.get().attempts))
    Effect.objects.update(name="tests.look", payload={})

    effects.run(row.pk)

    assert seen == [1]


def test_attempt_under_way_is_not_begun_a_second_time(done):
    row = effects.cause("tests.note", key="a", what="one")
    effects._begin(row.pk)

    assert effects.run(row.pk) is False
    assert done == []


def test_requeued_effect_starts_over(failing, django_capture_on_commit_callbacks):
    row = effects.cause("tests.fail", key="a", what="x")
    Effect.objects.update(state="dead", attempts=8, error="OSError: no")
    row.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        effects.requeue(row)

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("pending", 1)


@pytest.mark.usefixtures("broker_is_down")
def test_broker_that_is_down_refuses_nobody_their_step(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = effects.cause("tests.note", key="a", what="one")

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("pending", 0)


def test_sweep_does_what_nobody_was_told_of(done, django_capture_on_commit_callbacks):
    effects.cause("tests.note", key="lost", what="lost")
    make_due()
    effects.cause("tests.note", key="new", what="new")

    with django_capture_on_commit_callbacks(execute=True):
        sweep_effects()

    assert done == ["lost"]


def test_sweep_leaves_what_it_swept_in_peace_for_a_minute(done):
    effects.cause("tests.note", key="a", what="one")
    make_due()
    now = timezone.now()

    swept = [effects.sweep(now=at) for at in [now, now + MINUTE / 2, now + MINUTE * 1.1]]

    assert swept == [1, 0, 1]


def test_sweep_comes_back_when_a_failed_one_is_due_again(failing):
    row = effects.cause("tests.fail", key="a", what="x")
    make_due()
    now = timezone.now()

    effects.sweep(now=now)
    effects.run(row.pk)

    assert effects.sweep(now=now + timedelta(seconds=4)) == 0
    assert effects.sweep(now=now + timedelta(seconds=10)) == 1


def test_effect_has_one_function(done):
    with pytest.raises(RuntimeError, match=r"tests\.note"):
        effects.effect("tests.note")(print)


def test_every_effect_that_is_caused_has_its_function():
    sources = [
        source.read_text()
        for app in apps.get_app_configs()
        if Path(app.path).parent == settings.BASE_DIR
        for source in Path(app.path).rglob("*.py")
    ]
    caused = {name for text in sources for name in re.findall(r'\bcause\(\s*"([\w.]+)"', text)}

    assert "core.send_message" in caused
    assert caused - set(effects._registry) == set()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_effect_taken_by_two_workers_is_done_once(done):
    row = effects.cause("tests.slow", key="a", what="one")
    make_due(attempts=0)

    def slow(what):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        User.objects.create_user(f"{len(done)}@x.example", name=what)
        done.append(what)

    effects.effect("tests.slow")(slow)

    found = at_once(*[lambda: effects.run(row.pk)] * 2)

    assert sorted(found) == [False, True]
    assert done == ["one"]
    assert Effect.objects.values_list("state", "attempts").get() == ("done", 1)

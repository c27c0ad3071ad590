"""How Cadre itself is: each part looked at, in a word and a sentence that says what to do."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from core import approvals, policies
from core.models import Effect, Heartbeat, Job, Message

policies.group("health", _("Health"))
SILENT = policies.declare(
    "health.silent_minutes",
    default=2,
    kind=int,
    unit=_("minutes"),
    label=_("Worker and beat count as gone after a silence of"),
    help=_("There is a beat every half minute."),
    minimum=1,
    maximum=60,
)
LATE = policies.declare(
    "health.late_minutes",
    default=10,
    kind=int,
    unit=_("minutes"),
    label=_("An effect is late when it has been due for"),
    minimum=1,
    maximum=1440,
)
NEARLY_FULL = policies.declare(
    "health.disk_warns_at",
    default=80,
    kind=int,
    unit="%",
    label=_("The disk is nearly full above"),
    help=_("A warning."),
    minimum=10,
    maximum=99,
)
FULL = policies.declare(
    "health.disk_full_at",
    default=95,
    kind=int,
    unit="%",
    label=_("The disk is full above"),
    help=_("It says bad, whatever the warning is at."),
    minimum=10,
    maximum=99,
)
PATIENCE = 2  # seconds for the broker


@dataclass(frozen=True)
class Finding:
    """One part: its tone (good, warn, bad), what was found, and where to look."""

    label: str
    tone: str
    word: str
    text: str
    url: str = ""


def beat(*, now: datetime) -> None:
    """Note that beat asked and a worker answered."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": now})


def is_ready() -> bool:
    """Say whether pages can be answered: the database is there, and has every migration."""
    try:
        return not _missing_migrations()
    except DatabaseError:
        return False


def _missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _backwards in plan]


def findings() -> list[Finding]:
    """Look at each part now. Only the broker can keep one waiting, for two seconds."""
    return [_database(), _broker(), _worker(), _effects(), _mails(), _jobs(), _approvals(), _disk()]


def _database() -> Finding:
    missing = _missing_migrations()
    if missing:
        return Finding("Database", "bad", "behind", f"Run migrate: {', '.join(missing)} is not in.")
    return Finding("Database", "good", "answers", "Every migration is in.")


def _broker() -> Finding:
    try:
        with current_app.connection_for_write(connect_timeout=PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
    except Exception as error:  # noqa: BLE001 -- each transport raises its own
        kind = type(error).__name__
        text = f"It does not answer ({kind}). Work waits in the database until it does."
        return Finding("Broker", "bad", "away", text)
    return Finding("Broker", "good", "answers", "Work reaches the workers at once.")


def _worker() -> Finding:
    row = Heartbeat.objects.filter(name="worker").first()
    if row is None:
        return Finding("Worker and beat", "bad", "never seen", "Start a Celery worker and beat.")
    ago = timesince(row.at)
    if timezone.now() - row.at > timedelta(minutes=SILENT.value()):
        text = f"The last beat was done {ago} ago: see that both run."
        return Finding("Worker and beat", "bad", "silent", text)
    return Finding("Worker and beat", "good", "alive", f"The last beat was done {ago} ago.")


def _effects() -> Finding:
    url = reverse("core:effects")
    dead = Effect.objects.filter(state=Effect.State.DEAD).count()
    if dead:
        text = f"{dead} failed for good: look at the error, then requeue."
        return Finding("Effects", "bad", "failed", text, f"{url}?state=dead")
    minutes = LATE.value()
    late = timezone.now() - timedelta(minutes=minutes)
    waiting = Effect.objects.filter(state=Effect.State.PENDING, due_at__lt=late).count()
    if waiting:
        text = f"{waiting} have been due for {LATE.in_words(minutes)}: is there a worker?"
        return Finding("Effects", "warn", "late", text, f"{url}?state=pending")
    return Finding("Effects", "good", "done", "Nothing failed and nothing is late.", url)


def _mails() -> Finding:
    url = reverse("core:mail")
    failed = Message.objects.filter(outcome=Message.Outcome.FAILED).count()
    if failed:
        text = f"{failed} could not be sent."
        return Finding("Mail", "warn", "failed", text, f"{url}?outcome=failed")
    return Finding("Mail", "good", "sent", "No mail failed.", url)


def _jobs() -> Finding:
    url = reverse("core:jobs")
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    if failed:
        text = f"{failed} failed: each can be resumed where it stopped."
        return Finding("Jobs", "warn", "failed", text, f"{url}?state=failed")
    return Finding("Jobs", "good", "done", "No job failed.", url)


def _approvals() -> Finding:
    url = reverse("core:approvals")
    held = len(approvals.held_up(now=timezone.now()))
    if held:
        text = f"{held} can be given by too few: ask others there, or skip the step."
        return Finding("Approvals", "warn", "held up", text, url)
    return Finding("Approvals", "good", "go on", "Each has somebody who can give it.", url)


def _disk() -> Finding:
    folder = settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.BASE_DIR
    usage = shutil.disk_usage(folder)
    share, free = usage.used / usage.total, usage.free / 2**30
    percent = 100 * share
    tone = "good"
    if percent > FULL.value():
        tone = "bad"
    elif percent > NEARLY_FULL.value():
        tone = "warn"
    text = f"{share:.0%} is used, {free:.0f} GB are free where files are kept."
    return Finding("Disk", tone, {"good": "has room"}.get(tone, "nearly full"), text)

"""Work done by Celery. Each task may run twice, and does its work once."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from core import approvals, audit, effects, health, jobs, messages, notifications, sessions
from core.lists import long_exports, long_steps  # noqa: F401 -- they register their works
from core.retention import JOB_DAYS, KEEP_DAYS, forget_bulk_runs, forget_mails


@shared_task
def run_effect(pk: int) -> None:
    effects.run(pk)


@shared_task
def sweep_effects() -> None:
    """Publish again what was lost between a commit and a worker."""
    effects.sweep(now=timezone.now())


effects.effect("core.send_message", on_dead=messages.give_up)(messages.deliver)
effects.effect("core.finish_round")(approvals.finish_alone)
effects.effect("core.go_on_with_job", on_dead=jobs.give_up)(jobs.go_on)


@shared_task
def send_digests() -> None:
    """Each hour: the daily mail to those for whom its hour has come."""
    notifications.send_digests(now=timezone.now())


@shared_task
def remind_approvers() -> None:
    """Every ten minutes: what is asked of somebody and soon due, or late."""
    approvals.remind(now=timezone.now())


@shared_task
def forget_jobs() -> None:
    """Each day: reports and files of jobs that ended long ago, and of steps for many rows."""
    jobs.forget(now=timezone.now(), keep=timedelta(days=JOB_DAYS.value()))
    forget_bulk_runs(now=timezone.now())


@shared_task
def forget_audit_entries() -> None:
    """Each day: what was noted longer ago than the policy says. Steps are never forgotten so."""
    audit.forget(now=timezone.now(), days=KEEP_DAYS.value())


@shared_task
def forget_messages() -> None:
    """Each day: mails sent longer ago than the policy says."""
    forget_mails(now=timezone.now())


@shared_task
def forget_sessions() -> None:
    """Each day: sessions that have expired."""
    sessions.forget(now=timezone.now())


@shared_task
def heartbeat() -> None:
    """Every half minute: beat asks for it and a worker does it, so both are alive."""
    health.beat(now=timezone.now())

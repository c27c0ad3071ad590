"""How long what piles up is kept: policies of core's own, and what goes by them each night."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from core import policies
from core.models import BulkRun, Job, Message

KEEP_DAYS = policies.declare(
    "retention.audit_days",
    default=730,
    kind=int,
    unit=_("days"),
    label=_("Keep the audit for"),
    help=_("Sign-ins, exports, views and changes older than this are deleted; steps never are."),
    minimum=30,
    maximum=3650,
)
MAIL_DAYS = policies.declare(
    "retention.mail_days",
    default=1095,
    kind=int,
    unit=_("days"),
    label=_("Keep sent mails for"),
    help=_("With their texts. What a mail was about stays as it is."),
    minimum=30,
    maximum=3650,
)
JOB_DAYS = policies.declare(
    "retention.job_days",
    default=90,
    kind=int,
    unit=_("days"),
    label=_("Keep finished jobs for"),
    help=_("With their reports and files, and what was done to many rows at once."),
    minimum=7,
    maximum=730,
)
# What was taken out holds people's data: it does not stay for long.
EXPORT_DAYS = policies.declare(
    "retention.export_days",
    default=7,
    kind=int,
    unit=_("days"),
    label=_("Keep the files of long exports for"),
    help=_("And what a stopped export had made; never longer than its job."),
    minimum=1,
    maximum=90,
)
BATCH = 5000


def forget_mails(*, now: datetime) -> int:
    """Delete mails that were sent, or given up, longer ago than the policy says."""
    old = Message.objects.filter(created_at__lt=now - timedelta(days=MAIL_DAYS.value()))
    old = old.exclude(outcome=Message.Outcome.QUEUED).order_by()
    gone = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        gone += Message.objects.filter(pk__in=pks).delete()[1].get("core.Message", 0)
    return gone


def forget_bulk_runs(*, now: datetime) -> int:
    """Delete what was chosen or done long ago to many rows at once, as jobs are; return how many.

    A run that a job takes stays as long as its job does.
    """
    old = BulkRun.objects.filter(created_at__lt=now - timedelta(days=JOB_DAYS.value())).order_by()
    kind = ContentType.objects.get_for_model(BulkRun)
    of_jobs = Job.objects.filter(subject_type=kind).values("subject_id")
    return old.exclude(pk__in=of_jobs).delete()[1].get("core.BulkRun", 0)

"""What lets an approver answer from the mail: a link to the one ask, and a code."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from core import links
from core.models import ApprovalAsk, Link

APPROVAL = links.scope("approval", lifetime=timedelta(days=30), route="core:approval_by_link")
CODE = links.scope("approval_code", lifetime=timedelta(minutes=30))


def revoke(asks: Iterable[ApprovalAsk], *, email: str = "") -> None:
    """End links and codes of asks that need no answer any more, or none of this address."""
    rows = Link.objects.filter(
        scope__in=[APPROVAL.name, CODE.name],
        subject_type=ContentType.objects.get_for_model(ApprovalAsk),
        subject_id__in=[ask.pk for ask in asks],
        used_at=None,
        revoked_at=None,
    )
    if email:
        rows = rows.filter(email=email)
    rows.update(revoked_at=timezone.now())

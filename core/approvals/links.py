"""What lets an approver answer from the mail: a link to the one ask, and a code."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import links, policies
from core.models import ApprovalAsk, Link

APPROVAL_DAYS = policies.declare(
    "links.approval_days",
    default=30,
    kind=int,
    unit=_("days"),
    label=_("A link to give an approval from the mail is valid for"),
    help=_("It ends earlier with the answer, and with whatever makes it needless."),
    minimum=1,
    maximum=90,
)
APPROVAL = links.scope("approval", lifetime=APPROVAL_DAYS, route="core:approval_by_link")
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

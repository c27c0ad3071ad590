"""How long what piles up is kept: policies of core's own."""

from django.utils.translation import gettext_lazy as _

from core import policies

KEEP_DAYS = policies.declare(
    "audit.keep_days",
    default=730,
    kind=int,
    unit=_("days"),
    label=_("Keep the audit for"),
    help=_("Sign-ins, exports, views and changes older than this are deleted; steps never are."),
    minimum=30,
    maximum=3650,
)

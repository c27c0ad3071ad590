"""From when a home or a chain calls something stuck, or soon at its end."""

from django.utils.translation import gettext_lazy as _

from core import policies

policies.group("alerts", _("What pages warn of"))
STUCK_DAYS = policies.declare(
    "alerts.stuck_days",
    default=7,
    kind=int,
    unit=_("days"),
    label=_("An application is stuck after"),
    help=_("Nobody moved it for so long."),
    minimum=1,
    maximum=90,
)
EXPIRING_DAYS = policies.declare(
    "alerts.expiring_days",
    default=60,
    kind=int,
    unit=_("days"),
    label=_("A certificate is shown before it ends by"),
    minimum=1,
    maximum=365,
)

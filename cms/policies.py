"""What an administrator decides about proposals."""

from django.utils.translation import gettext_lazy as _

from core import policies

policies.group("proposals", _("Proposals"))
VALID_DAYS = policies.declare(
    "proposals.valid_days",
    default=30,
    kind=int,
    unit=_("days"),
    label=_("A proposal is valid for"),
    help=_("What a new draft proposes; whoever writes it may choose another day."),
    minimum=1,
    maximum=365,
)
LARGE = policies.declare(
    "proposals.large_team",
    default=30,
    kind=int,
    unit=_("seats"),
    label=_("A team is large from"),
    help=_("A rule of the approval of proposals."),
    minimum=2,
    maximum=1000,
)

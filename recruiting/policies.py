"""What an administrator decides about recruiting: delays, expiry, and what is out of the usual."""

from django.utils.translation import gettext_lazy as _

from core import policies

policies.group("recruiting", _("Recruiting"))
OFFER_DAYS = policies.declare(
    "recruiting.offer_days",
    default=7,
    kind=int,
    unit=_("days"),
    label=_("An offer is to be answered within"),
    help=_("What the form of a new offer proposes; whoever makes it may choose another day."),
    minimum=1,
    maximum=60,
)
OFFER_LINK_DAYS = policies.declare(
    "links.offer_days",
    default=60,
    kind=int,
    unit=_("days"),
    label=_("A link to an offer is valid for"),
    help=_("The offer's own last day ends its answer earlier."),
    minimum=1,
    maximum=180,
)
CONFIRM_DAYS = policies.declare(
    "recruiting.confirm_days",
    default=7,
    kind=int,
    unit=_("days"),
    label=_("An application with a known address waits for its confirmation for"),
    help=_("What nobody confirms is then erased with its files."),
    minimum=1,
    maximum=30,
)
IMPORT_DAYS = policies.declare(
    "recruiting.import_days",
    default=7,
    kind=int,
    unit=_("days"),
    label=_("A file of candidates that nobody took over is kept for"),
    minimum=1,
    maximum=30,
)
FAR_OFF = policies.declare(
    "recruiting.far_off_days",
    default=90,
    kind=int,
    unit=_("days"),
    label=_("A requisition's target is far off beyond"),
    help=_("A rule of the approval of requisitions."),
    minimum=7,
    maximum=365,
)
MANY = policies.declare(
    "recruiting.many_seats",
    default=20,
    kind=int,
    unit=_("seats"),
    label=_("A requisition asks for many from"),
    help=_("A rule of the approval of requisitions."),
    minimum=2,
    maximum=500,
)

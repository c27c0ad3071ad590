"""Who has to come in by a second factor: a policy that names roles, held at each request."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from core import audit, policies, sessions
from core.models import Actor, User
from core.roles import ROLES

ROLES_WITH = policies.declare(
    "security.second_factor_roles",
    default=[],
    kind=list,
    label=_("Roles that need a second factor"),
    help=_("Who has one of these roles sets up a second factor before anything else opens."),
    choices=lambda: [(role, role) for role in ROLES],
)
# What stays open until it is set up; reauthentication is asked for on the way.
OPEN_ROUTES = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_logout",
    "core:healthz",
    "core:readyz",
}
SET_UP = "mfa_activate_totp"


def annotations() -> dict[str, Any]:
    """Return what `core.sign_in.Backend` fetches with each user, so that no query is added."""
    own = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return {"has_factor": Exists(own)}


def standing(user: User) -> dict[str, bool]:
    """Say whether somebody has a second factor, and whether a role of theirs asks for one."""
    wanted = ROLES_WITH.value()
    return {
        "is_set_up": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "is_asked_for": bool(wanted) and user.groups.filter(name__in=wanted).exists(),
    }


@transaction.atomic
def take_away(user: User, *, by: Actor) -> None:
    """Forget a second factor that its owner lost; every session of theirs ends with it."""
    gone, _kinds = Authenticator.objects.filter(user=user).delete()
    if gone:
        audit.note("administration", did="second_factor_taken_away", by=by, about=user)
        sessions.end(user, by=by)


def is_lacking(user: Any) -> bool:
    """Say whether the user, as the backend fetched them, has yet to set up a second factor."""
    if getattr(user, "has_factor", True):  # a stranger, or somebody who has one
        return False
    roles = ROLES_WITH.value()
    return bool(roles) and user.groups.filter(name__in=roles).exists()

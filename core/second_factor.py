"""Who has to come in by a second factor: a policy that names roles, held at each request."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from core import policies
from core.models import PolicyValue
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
    newest = PolicyValue.objects.filter(name=ROLES_WITH.name).order_by("-pk")
    own = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return {
        "factor_roles": Subquery(newest.values("value")[:1]),
        "has_factor": Exists(own),
    }


def is_lacking(user: Any) -> bool:
    """Say whether the user, as the backend fetched them, has yet to set up a second factor."""
    roles = getattr(user, "factor_roles", None)
    return bool(roles and not user.has_factor and user.groups.filter(name__in=roles).exists())

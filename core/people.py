"""Who may come in: invitations, and what becomes of them."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import links, messages, policies
from core.models import Actor, Link, User, UserKind
from core.roles import ROLES
from core.workflow import Blocker, StepRefused

INVITATION_DAYS = policies.declare(
    "links.invitation_days",
    default=7,
    kind=int,
    unit=_("days"),
    label=_("An invitation is valid for"),
    minimum=1,
    maximum=60,
)
INVITATION = links.scope("invitation", lifetime=INVITATION_DAYS, route="core:invitation")


def of_another_kind(email: str, kind: UserKind) -> str:
    """Say whose address it is, if it belongs to somebody on another side; nobody stands on two."""
    other = User.objects.filter(email=email.lower()).exclude(kind=kind).first()
    if other is None:
        return ""
    side = "our staff" if other.is_staff else f"a {other.get_kind_display()}"
    return f"{email} is the address of {other.name}, of {side}: use another one."


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, by: Actor, title: str = "", language: str = "en"
) -> User:
    """Make an account without a password, give it its role, and mail the link that opens it.

    Inviting the same address again sends a new link and adds the role; the earlier link ends.
    Raises StepRefused when the address belongs to somebody on another side.
    """
    user = enter(email=email, name=name, role=role, title=title, language=language)
    send_invitation(user, by=by)
    return user


@transaction.atomic
def enter(*, email: str, name: str, role: str, title: str = "", language: str = "en") -> User:
    """Make an account without a password and give it its role; nobody is written to.

    Raises StepRefused when the address belongs to somebody on another side.
    """
    kind: UserKind = ROLES[role][0]
    if other := of_another_kind(email, kind):
        raise StepRefused(Blocker(other))
    unopened = {
        "name": name,
        "kind": kind,
        "title": title,
        "language": language,
        "password": make_password(None),
    }
    user, _created = User.objects.get_or_create(email=email.lower(), defaults=unopened)
    user.groups.add(Group.objects.get(name=role))
    return user


def send_invitation(user: User, *, by: Actor) -> None:
    """Mail the link that opens an account; an earlier one ends."""
    link = links.promise(INVITATION, user, email=user.email, by=by)
    messages.send(
        "core.invitation",
        to=user.email,
        about=user,
        language=user.language,
        links={"link": link},
        **invitation_says(user, by=by),
    )


def invitation_says(user: User, *, by: Actor) -> dict[str, Any]:
    return {"name": user.name, "by": by.name, "days": INVITATION_DAYS.value()}


@transaction.atomic
def accept(link: Link, *, name: str, password: str) -> User:
    """Let the invited person in. The link is spent, so that it opens nothing a second time."""
    links.spend(link)
    user: User = User.objects.select_for_update().get(pk=cast("int", link.subject_id))
    user.name = name
    user.set_password(password)
    user.save()
    Actor.objects.filter(user=user).update(name=name)
    confirm_address(user)
    return user


def confirm_address(user: User) -> None:
    """Tell allauth that the address is theirs: they came by its mail. TOTP asks for that."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )

"""Who may come in: invitations, and what becomes of them."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction

from core import links, messages
from core.models import Actor, Link, User, UserKind
from core.roles import ROLES

INVITATION = links.scope("invitation", lifetime=timedelta(days=7), route="core:invitation")


@transaction.atomic
def invite(*, email: str, name: str, role: str, by: Actor, title: str = "") -> User:
    """Make an account without a password, give it its role, and mail the link that opens it.

    Inviting the same address again sends a new link and adds the role; the earlier link ends.
    """
    kind: UserKind = ROLES[role][0]
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, None, name=name, kind=kind, title=title)
    user.groups.add(Group.objects.get(name=role))
    link = links.promise(INVITATION, user, email=user.email, by=by)
    messages.send(
        "core.invitation", to=user.email, about=user, links={"link": link}, name=name, by=by.name
    )
    return user


@transaction.atomic
def accept(link: Link, *, name: str, password: str) -> User:
    """Let the invited person in. The link is spent, so that it opens nothing a second time."""
    links.spend(link)
    user = User.objects.select_for_update().get(pk=link.subject_id)
    user.name = name
    user.set_password(password)
    user.save()
    Actor.objects.filter(user=user).update(name=name)
    return user

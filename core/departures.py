"""Roles changed, accounts closed once their work is in other hands, and opened again."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import approvals, audit, handover, links, people, sessions
from core.models import Actor, User
from core.roles import ROLES
from core.workflow import Blocker, StepRefused

ADMINISTRATOR = "Administrator"


def roles_for(user: User) -> list[str]:
    """Return the roles that exist on the person's side."""
    return [role for role, (kind, _names) in ROLES.items() if kind == user.kind]


def _lock_administrators() -> None:
    """Let one at a time decide who administers: two could each take away the other's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('core.administrators'))")


def _locked(user: User) -> User:
    """Lock the person's row as an update does: who only points to it need not wait.

    A round that tells somebody holds its own lock, which closing their account waits for.
    """
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _others_administer(user: User) -> bool:
    others = User.objects.filter(is_active=True, groups__name=ADMINISTRATOR).exclude(pk=user.pk)
    return others.exists()


@transaction.atomic
def change_roles(user: User, roles: Iterable[str], *, by: Actor) -> None:
    """Give a person exactly these roles of their side.

    Raises StepRefused: the last administrator stays one, and nobody drops the role themselves.
    """
    _lock_administrators()
    user = _locked(user)
    wanted, had = set(roles), set(user.groups.values_list("name", flat=True))
    if not wanted <= set(roles_for(user)):
        raise StepRefused(Blocker(_("This role is not for somebody on that side.")))
    if ADMINISTRATOR in had - wanted:
        if by.user_id == user.pk:
            raise StepRefused(Blocker(_("Have another administrator take this role from you.")))
        if not _others_administer(user):
            raise StepRefused(Blocker(_("Somebody has to administer: this is the last one.")))
    if wanted == had:
        return
    user.groups.set(Group.objects.filter(name__in=wanted))
    audit.note(
        "administration",
        did="roles_changed",
        by=by,
        about=user,
        before=sorted(had),
        after=sorted(wanted),
    )


def left_standing(user: User, roles: Iterable[str]) -> list[str]:
    """Name what nobody could approve any more if a person had these roles and no others."""
    had = set(user.groups.values_list("name", flat=True))
    return approvals.left_standing(user, had - set(roles))


def blockers(user: User, *, by: Actor) -> list[Blocker]:
    """Say why an account can't be closed, whoever takes over; an empty list means that it can."""
    if by.user_id == user.pk:
        return [Blocker(_("Nobody closes their own account."), _("another administrator"))]
    if user.groups.filter(name=ADMINISTRATOR).exists() and not _others_administer(user):
        return [Blocker(_("Somebody has to administer: this is the last one."))]
    if not user.is_active:
        return [Blocker(_("This account is closed already."))]
    return []


@transaction.atomic
def deactivate(user: User, *, receivers: Mapping[str, User], by: Actor) -> None:
    """Close an account: open work goes to its receivers (by key), sessions and invitations end.

    Raises StepRefused while any work is without a receiver who may do it, where more comes in
    meanwhile, where a receiver can't, and for oneself or the last administrator.
    """
    _lock_administrators()
    user = _locked(user)
    if found := blockers(user, by=by):
        raise StepRefused(*found)
    handed = _hand_over(user, receivers, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = sessions.end(user, by=by)
    links.revoke(people.INVITATION, user)
    audit.note(
        "administration", did="account_closed", by=by, about=user, sessions=ended, handed=handed
    )


def _hand_over(user: User, receivers: Mapping[str, User], by: Actor) -> dict[str, int]:
    handed = {}
    for work, rows in handover.open_of(user):
        to = receivers.get(work.key)
        if to is None or not work.receivers(user).filter(pk=to.pk).exists():
            reason = _("{work} are without somebody who takes them over.").format(work=work.label)
            raise StepRefused(Blocker(reason))
        work.hand_over(user, to, by)
        handed[work.key] = len(rows)
    # Whoever gives them work does not wait for us: what was committed meanwhile has no receiver.
    if left := [str(work.label) for work, _rows in handover.open_of(user)]:
        reason = _("More came in meanwhile: {work}. Nothing was changed: look again.")
        raise StepRefused(Blocker(reason.format(work=", ".join(left))))
    return handed


@transaction.atomic
def reactivate(user: User, *, by: Actor) -> None:
    """Open a closed account again, with the roles it had; sessions do not come back."""
    user = _locked(user)
    if user.is_active:
        raise StepRefused(Blocker(_("This account is open.")))
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.note("administration", did="account_opened", by=by, about=user)


@transaction.atomic
def invite_again(user: User, *, by: Actor) -> None:
    """Mail a new link to somebody who never came in; the earlier one ends."""
    if user.has_usable_password() or not user.is_active:
        raise StepRefused(Blocker(_("Only who was invited and never came in needs a new link.")))
    people.send_invitation(user, by=by)
    audit.note("administration", did="invited_again", by=by, about=user)

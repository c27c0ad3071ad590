"""Work that stands under a person's name, and how it goes to somebody else when they leave.

    handover.add(
        "recruiting.requisitions", _("Requisitions"), permission="recruiting.change_requisition",
        open_work=lambda user: Requisition.objects.open().filter(recruiter=user),
        hand_over=hand_over_requisitions,  # (user, to, by)
    )

Each app adds its own in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from core.models import Actor, User, UserKind

OpenWork = Callable[[User], "QuerySet[Any]"]
HandOver = Callable[[User, User, Actor], None]
Describe = Callable[[Iterable[Any]], "list[tuple[str, str]]"]


def by_name(rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(row), row.get_absolute_url()) for row in rows]


@dataclass(frozen=True)
class Work:
    """One sort of open work. Who takes it over is active staff with `permission` ("": anybody).

    `describe` says of rows how a page calls each, and where it is. `hand_over` raises StepRefused
    where somebody can't take it over.
    """

    key: str
    label: str | Promise
    open_work: OpenWork
    hand_over: HandOver
    permission: str = ""
    describe: Describe = by_name

    def receivers(self, leaving: User) -> "QuerySet[User]":
        staff = User.objects.filter(kind=UserKind.STAFF, is_active=True).exclude(pk=leaving.pk)
        if not self.permission:
            return staff
        app, codename = self.permission.split(".")
        by_role = Q(
            groups__permissions__content_type__app_label=app,
            groups__permissions__codename=codename,
        )
        return staff.filter(by_role | Q(is_superuser=True)).distinct()


_works: dict[str, Work] = {}


def add(
    key: str,
    label: str | Promise,
    *,
    open_work: OpenWork,
    hand_over: HandOver,
    permission: str = "",
    describe: Describe = by_name,
) -> None:
    """Register a sort of open work. Adding the same key again replaces it."""
    _works[key] = Work(key, label, open_work, hand_over, permission, describe)


def open_of(user: User) -> list[tuple[Work, list[Any]]]:
    """Return what stands open under somebody's name, sort by sort; nothing where nothing does."""
    found = ((work, list(work.open_work(user))) for work in _works.values())
    return [(work, rows) for work, rows in found if rows]

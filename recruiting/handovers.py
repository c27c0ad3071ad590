"""What goes to somebody else when the person it stands under leaves."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import handover
from core.models import Actor, User
from recruiting.models import Requisition

PAST = [Requisition.State.FILLED, Requisition.State.CLOSED, Requisition.State.CANCELLED]


def unfinished(user: User) -> "QuerySet[Requisition]":
    return Requisition.objects.exclude(state__in=PAST).filter(recruiter=user)


def hand_over(user: User, to: User, by: Actor) -> None:
    unfinished(user).update(recruiter=to)


handover.add(
    "recruiting.requisitions",
    _("Requisitions"),
    permission="recruiting.change_requisition",
    open_work=unfinished,
    hand_over=hand_over,
)

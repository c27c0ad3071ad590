"""What goes to somebody else when the person it stands under leaves."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import handover
from core.models import Actor, User
from engagements.models import Engagement

PAST = [Engagement.State.CLOSED, Engagement.State.LOST]


def unfinished(user: User) -> "QuerySet[Engagement]":
    return Engagement.objects.exclude(state__in=PAST).filter(owner=user)


def hand_over(user: User, to: User, by: Actor) -> None:
    unfinished(user).update(owner=to)


handover.add(
    "engagements.engagements",
    _("Engagements"),
    permission="engagements.change_engagement",
    open_work=unfinished,
    hand_over=hand_over,
)

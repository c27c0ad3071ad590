"""What goes to somebody else when the person it stands under leaves."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import handover
from core.models import Actor, User
from training.models import TrainingClass


def standing(user: User) -> "QuerySet[TrainingClass]":
    return TrainingClass.objects.standing().filter(trainer=user)


def hand_over(user: User, to: User, by: Actor) -> None:
    standing(user).update(trainer=to)


handover.add(
    "training.classes",
    _("Classes"),
    permission="training.change_trainingclass",
    open_work=standing,
    hand_over=hand_over,
)

"""The stages of an application, in order, and which of them are still on the way."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SOURCED = "sourced", _("sourced")
    APPLIED = "applied", _("applied")
    SCREENING = "screening", _("screening")
    ASSESSMENT = "assessment", _("assessment")
    INTERVIEW = "interview", _("interview")
    CLIENT_REVIEW = "client_review", _("client review")
    OFFERED = "offered", _("offer")
    HIRED = "hired", _("hired")
    ON_HOLD = "on_hold", _("on hold")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


STAGES = [
    State.SOURCED,
    State.APPLIED,
    State.SCREENING,
    State.ASSESSMENT,
    State.INTERVIEW,
    State.CLIENT_REVIEW,
    State.OFFERED,
]
ACTIVE = [*STAGES, State.ON_HOLD]
# An offer is ended by its own steps first: then its seat is free again.
HOLDABLE = [stage for stage in STAGES if stage != State.OFFERED]

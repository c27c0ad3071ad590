from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core import workflow
from core.models import User
from core.workflow import Blocker, StepRefused
from recruiting.models import Application, Criterion, Mark, Scorecard


@transaction.atomic
def save_scorecard(
    application: Application,
    *,
    marks: Mapping[Criterion, tuple[int, str]],
    summary: str,
    by_user: User,
) -> Scorecard:
    """Keep what one interviewer thinks: for each criterion a mark and what it rests on.

    A person has one scorecard for an application, and it stands once it is submitted.
    """
    if not by_user.has_perm("recruiting.score_application"):
        raise PermissionDenied
    row = workflow.locked(application)
    if not row.is_active:
        raise StepRefused(Blocker(f"This is no longer possible: it is {row.get_state_display()}."))
    if row.scorecards.filter(by=by_user).exists():
        raise StepRefused(Blocker("You have submitted your scorecard already: it stands."))
    card = Scorecard.objects.create(application=row, by=by_user, summary=summary)
    Mark.objects.bulk_create(
        Mark(scorecard=card, criterion=criterion, value=value, evidence=evidence)
        for criterion, (value, evidence) in marks.items()
    )
    return card

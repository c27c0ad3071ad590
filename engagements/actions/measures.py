from django.db import transaction
from django.db.models import Max

from engagements.actions.requirements import draft
from engagements.models import Requirements, SuccessMeasure


@transaction.atomic
def save_measure(requirements: Requirements, measure: SuccessMeasure) -> SuccessMeasure:
    """Add a measure to a draft, after its others, or save a changed one.

    Raises StepRefused once the requirements are submitted.
    """
    row = draft(requirements)
    if measure.pk is None:
        last = row.measures.aggregate(last=Max("position"))["last"] or 0
        measure.requirements, measure.position = row, last + 1
    measure.save()
    return measure


@transaction.atomic
def remove_measure(measure: SuccessMeasure) -> None:
    """Raises StepRefused once the requirements are submitted."""
    draft(measure.requirements)
    measure.delete()

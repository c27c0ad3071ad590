"""Files of arrivals that wait to be looked at: kept, used, forgotten."""

import io
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import files
from core.models import Actor, StoredFile
from core.workflow import Blocker, StepRefused
from engagements.actions.requirements import save_line
from engagements.arrivals import KIND, Kept
from engagements.models import LineOfBusiness, Requirements


def keep_arrivals(kept: Kept, *, by: Actor) -> StoredFile:
    """Keep an uploaded file with what was typed beside it, so that it outlasts a session.

    It has no address but the page that shows what it holds.
    """
    content = io.BytesIO(kept.dump())
    return files.keep(name=kept.name, file=content, media_type=KIND, by=by)


@transaction.atomic
def use_arrivals(
    stored: StoredFile, requirements: Requirements, line: LineOfBusiness
) -> LineOfBusiness:
    """Save a line that a kept file was made a week of, and forget the file.

    Raises StepRefused once the requirements are submitted, or where the file was used meanwhile.
    """
    waiting = StoredFile.objects.select_for_update().filter(pk=stored.pk)
    if not waiting.exists():
        raise StepRefused(Blocker(_("This file was used already."), str(requirements)))
    saved = save_line(requirements, line)
    _forget(waiting)
    return saved


@transaction.atomic
def forget_arrivals(*, before: datetime) -> int:
    """Forget files that were uploaded and never used; return how many they were."""
    old = StoredFile.objects.filter(media_type=KIND, created_at__lt=before)
    return _forget(old.select_for_update())


def _forget(stored: Iterable[StoredFile]) -> int:
    gone = 0
    for file in stored:
        transaction.on_commit(lambda kept=file.content: kept.delete(save=False))  # type: ignore[misc]
        file.delete()
        gone += 1
    return gone

"""Freezing what was agreed: as JSON, with a hash that anyone can redo; and who saw which version.

What changed between two versions is told by `core.differences`.
"""

import hashlib
import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from core.models import Actor, Seen


def freeze(data: Any) -> tuple[Any, str]:
    """Return the data as plain JSON values, and the SHA-256 of its canonical text.

    The text is UTF-8 JSON with sorted keys and no spaces; dates and decimals are strings.
    """
    text = json.dumps(
        data,
        cls=DjangoJSONEncoder,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()


def seen(subject: models.Model, by: Actor, *, version: int, content: Any) -> None:
    """Note what a person read of a subject, in place of what they read before.

    `subject` is what the versions have in common, or the version itself. Programs and the
    system leave no note.
    """
    if by.user is None:
        return
    kind = ContentType.objects.get_for_model(subject)
    Seen.objects.update_or_create(
        user=by.user,
        subject_type=kind,
        subject_id=subject.pk,
        defaults={"version": version, "content": freeze(content)[0], "at": timezone.now()},
    )


def last_seen(subject: models.Model, by: Actor) -> Seen | None:
    """Return what a person read when they last looked; None for who never did."""
    return None if by.user is None else Seen.objects.on(subject).filter(user=by.user).first()

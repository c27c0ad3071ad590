"""Freezing what was agreed: as JSON, with a hash that anyone can redo; and who saw which version.

    versions.declare("recruiting.CriteriaSet", content=content, family=first, earlier=earlier,
                     compare=compare, frozen=lambda row: row.frozen)

What changed between two versions is told by `core.differences`; pages draw it with
`{% changes_since_read subject news %}` and `{% changes_since_version subject %}`.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from core.differences import Change
from core.models import Actor, Seen


def freeze(data: Any) -> tuple[Any, str]:
    """Return the data as plain JSON values, and the SHA-256 of its canonical text."""
    text = canonical(data)
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()


def canonical(data: Any) -> str:
    """Return the text that is hashed: UTF-8 JSON, sorted keys, no spaces.

    Dates and decimals are strings.
    """
    return json.dumps(
        data,
        cls=DjangoJSONEncoder,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


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


@dataclass(frozen=True)
class Versioned:
    """What an app says about the versions of one of its models.

    `content` is what a version says, as is frozen, or would be now. `family` is the row that all
    versions share, which holds what each reader saw; `earlier` the version before. `compare` tells
    two contents apart in words; `frozen` is what the hash was made of, once there is one.
    """

    content: Callable[[Any], Any]
    family: Callable[[Any], models.Model]
    earlier: Callable[[Any], Any]
    compare: Callable[[Any, Any], list[Change]]
    frozen: Callable[[Any], Any]


@dataclass(frozen=True)
class News:
    """What changed since a reader last marked a subject as read, and what they would mark now."""

    changes: list[Change]
    version: int
    at: datetime
    sha256: str


_versioned: dict[str, Versioned] = {}


def declare(model: str, **said: Any) -> None:
    """Say how the versions of a model ("cms.Proposal") are read. See `Versioned`."""
    _versioned[model.lower()] = Versioned(**said)


def versioned(subject: models.Model) -> Versioned:
    return _versioned[subject._meta.label_lower]


def found(label: str, pk: int, actor: Actor) -> Any:
    """Return a row that has versions, if the actor sees it."""
    if label.lower() not in _versioned:
        return None
    model: Any = apps.get_model(label)
    return model._default_manager.visible_to(actor).filter(pk=pk).first()


def look(subject: Any, by: Actor) -> News | None:
    """Return what changed since the reader last marked the subject as read; None for nothing.

    A first look is noted: later changes are told from it. A further one changes nothing, so that a
    page may be opened again, or by a browser that looks ahead, and still tell what is new. An older
    version than the one that the reader knows tells them nothing.
    """
    if by.user is None:
        return None
    said = versioned(subject)
    family = said.family(subject)
    before = last_seen(family, by)
    if before is not None and subject.version < before.version:
        return None
    now, sha256 = freeze(said.content(subject))
    if before is None:
        kind = ContentType.objects.get_for_model(family)
        about = {"user": by.user, "subject_type": kind, "subject_id": family.pk}
        first = Seen(**about, version=subject.version, content=now)
        Seen.objects.bulk_create([first], ignore_conflicts=True)  # two windows at once: one look
        return None
    changes = said.compare(before.content, now) if before.content != now else []
    return News(changes, before.version, before.at, sha256) if changes else None


@transaction.atomic
def mark_read(subject: Any, by: Actor, *, sha256: str) -> bool:
    """Note that a person has read what had this hash; False where it changed under their eyes."""
    said = versioned(subject)
    content, now = freeze(said.content(subject))
    if now != sha256:
        return False
    seen(said.family(subject), by, version=subject.version, content=content)
    return True


def changes_of(subject: Any) -> tuple[Any, list[Change]] | None:
    """Return the version before, and what this one says differently; None for a first version."""
    said = versioned(subject)
    before = said.earlier(subject)
    if before is None:
        return None
    old, new = (freeze(said.content(row))[0] for row in (before, subject))
    return before, said.compare(old, new)

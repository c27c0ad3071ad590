"""Private files: kept with hash and kind, sent to those only who may see their subject."""

import hashlib
from typing import IO, Any

import filetype
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import policies
from core.models import Actor, StoredFile

MOST_MEGABYTES = policies.declare(
    "uploads.most_megabytes",
    default=10,
    kind=int,
    unit="MB",
    label=_("A file has at most"),
    help=_("Servers take no more than 10 MB."),
    minimum=1,
    maximum=10,
)
TEXT = {".txt": "text/plain", ".csv": "text/csv", ".json": "application/json"}
ALLOWED = {
    "application/pdf",
    "image/png",
    "image/jpeg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    *TEXT.values(),
}


class FileRefused(Exception):
    """The file can't be taken. Its text is fit for the user to read."""


def media_type(name: str, content: bytes) -> str:
    """Say what a file is by its bytes; its name only tells kinds of text apart."""
    kind = filetype.guess(content)
    if kind:
        return str(kind.mime)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    ending = f".{name.rsplit('.', 1)[-1].lower()}"
    return TEXT.get(ending, "text/plain") if b"\0" not in content else "application/octet-stream"


def limit() -> int:
    """Return how many bytes a file may have: what the policy says, and the server takes."""
    return min(int(MOST_MEGABYTES.value()) * 1024**2, settings.UPLOAD_LIMIT_BYTES)


def megabytes() -> int:
    return limit() // 1024**2


def store(subject: models.Model, *, name: str, content: bytes, by: Actor) -> StoredFile:
    """Keep a file with its subject. Raises FileRefused: empty, too large, of no known kind."""
    if not content:
        raise FileRefused(f"{name} is empty.")
    if len(content) > limit():
        raise FileRefused(f"{name} is larger than {megabytes()} MB.")
    kind = media_type(name, content)
    if kind not in ALLOWED:
        raise FileRefused(f"{name} is neither PDF, Word, image nor text.")
    return _kept(ContentFile(content), subject=subject, name=name, media_type=kind, by=by)


def keep(*, name: str, file: IO[bytes], media_type: str, by: Actor) -> StoredFile:
    """Keep a file that we made ourselves, however large. It has no subject, so no address.

    Whoever keeps it says by a view of their own who may take it.
    """
    return _kept(File(file), subject=None, name=name, media_type=media_type, by=by)


def _kept(
    file: "File[Any]", *, subject: models.Model | None, name: str, media_type: str, by: Actor
) -> StoredFile:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    row = StoredFile(
        subject=subject,
        name=name[-200:],
        media_type=media_type,
        size=file.size,
        sha256=digest.hexdigest(),
        created_by=by,
    )
    file.seek(0)
    row.content.save(f"{row.key}", file, save=False)
    row.save()
    return row


def may_see(file: StoredFile, actor: Actor) -> bool:
    """Whoever may see the subject may see its files; without `visible_to` nobody may."""
    if file.subject_type is None:
        return False
    model: Any = file.subject_type.model_class()
    rows = model._default_manager.all()
    return (
        hasattr(rows, "visible_to") and rows.visible_to(actor).filter(pk=file.subject_id).exists()
    )

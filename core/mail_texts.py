"""The texts of our mails: those that ship, as `<app>/mails/*.txt`, and those edited since."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from core.models import MailTemplate


def shipped() -> dict[str, Path]:
    """Return the texts that ship, by name ("recruiting.offer")."""
    return {
        f"{app.label}.{path.stem}": path
        for app in apps.get_app_configs()
        for path in sorted(Path(app.path).glob(f"templates/{app.label}/mails/*.txt"))
    }


def all_texts() -> list[dict[str, Any]]:
    edited = {
        (row.name, row.language): row for row in MailTemplate.objects.select_related("edited_by")
    }
    return [
        {"name": name, "language": code, "language_name": label, "edited": edited.get((name, code))}
        for name in shipped()
        for code, label in settings.LANGUAGES
    ]


def text(name: str, language: str) -> dict[str, Any] | None:
    """Return the text in force, edited or shipped; None for a mail or language we don't have."""
    path = shipped().get(name)
    if path is None or language not in dict(settings.LANGUAGES):
        return None
    source = path.read_text().removeprefix("{% load i18n %}")  # every text has it built in
    first, _, body = source.strip().partition("\n")
    edited = MailTemplate.objects.filter(name=name, language=language).first()
    return {
        "name": name,
        "language": language,
        "subject_line": edited.subject_line if edited else first.removeprefix("Subject:").strip(),
        "body": edited.body if edited else body.strip(),
        "edited": edited,
        "shipped": source,
    }

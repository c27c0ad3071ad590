"""The texts of our mails: those that ship, as `<app>/mails/*.txt`, and those edited since.

An app says on which of its rows a text can be looked at, in its `examples.py`:

    mail_texts.example("recruiting.offer", rows=offers, mail=lambda offer, by: mails.offer(offer))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.mail_sources import broken_by, shipped, written_out
from core.models import Actor, MailTemplate, User

NEWEST = 20  # rows that a text can be looked at on
# What stands in a preview where the mail itself holds what nobody but its receiver may know.
SECRETS = {"link": _("[the personal link, made when the mail is sent]"), "code": "000000"}


class Mail(Protocol):
    """What a mail of an app says of itself."""

    @property
    def to(self) -> str: ...
    @property
    def context(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Sample:
    """A mail of an app that has no class of its own for them."""

    to: str
    context: dict[str, Any]


Rows = Callable[[Actor], "models.QuerySet[Any]"]


@dataclass(frozen=True)
class Example:
    """On which rows a text is looked at, the newest first, and what the mail about one says."""

    rows: Rows
    mail: Callable[[Any, Actor], Mail | None]

    def newest(self, by: Actor) -> list[Any]:
        """Return rows about which there is such a mail to write."""
        rows = self.rows(by)[: 2 * NEWEST]
        return [row for row in rows if self.mail(row, by) is not None][:NEWEST]


_examples: dict[str, Example] = {}


def example(name: str, *, rows: Rows, mail: Callable[[Any, Actor], Mail | None]) -> None:
    """Let a text be looked at on real rows. Raises RuntimeError when it could be already."""
    if name in _examples:
        raise RuntimeError(f"Two examples are given of {name}.")
    _examples[name] = Example(rows, mail)


def example_of(name: str) -> Example | None:
    return _examples.get(name)


def _newest() -> dict[tuple[str, str], MailTemplate]:
    rows = MailTemplate.objects.select_related("edited_by").order_by("name", "language", "-pk")
    return {(row.name, row.language): row for row in rows.distinct("name", "language")}


def _edited(row: MailTemplate | None) -> dict[str, Any]:
    """Return the edited text if there is one, and why it is not sent, if it may not be."""
    if row is None or not row.body:
        return {"edited": None, "refused": ""}
    return {"edited": row, "refused": broken_by(row.name, row.language, row.subject_line, row.body)}


def all_texts() -> list[dict[str, Any]]:
    """Return every text in every language: its name, its subject line, and who edited it."""
    newest = _newest()
    found = []
    for name, path in shipped().items():
        for code, label in settings.LANGUAGES:
            says = _edited(newest.get((name, code)))
            if says["edited"] and not says["refused"]:
                line = says["edited"].subject_line
            else:
                line = written_out(path.read_text(), code)[0]
            found.append(
                {
                    "name": name,
                    "language": code,
                    "language_name": label,
                    "subject_line": line,
                    **says,
                }
            )
    return found


def text(name: str, language: str) -> dict[str, Any] | None:
    """Return the text of a mail, edited or shipped; None for a mail or language we don't have.

    `in_force` is what is sent: the shipped text where the edited one breaks its rule.
    """
    path = shipped().get(name)
    if path is None or language not in dict(settings.LANGUAGES):
        return None
    history = MailTemplate.objects.filter(name=name, language=language)
    rows = list(history.select_related("edited_by"))
    says = _edited(rows[0] if rows else None)
    edited = says["edited"]
    as_shipped = written_out(path.read_text(), language)
    subject_line, body = (edited.subject_line, edited.body) if edited else as_shipped
    return {
        "name": name,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "subject_line": subject_line,
        "body": body,
        "in_force": as_shipped if says["refused"] else (subject_line, body),
        "history": rows,
        "shipped": "\n\n".join(as_shipped),
        **says,
    }


@transaction.atomic
def change(name: str, language: str, *, subject_line: str, body: str, by: User) -> None:
    """Send a mail with this text from now on; without a body, with the one that ships."""
    MailTemplate.objects.create(
        name=name, language=language, subject_line=subject_line, body=body, edited_by=by
    )
    audit.note(
        "administration",
        did="mail_text_changed" if body else "mail_text_as_shipped",
        by=Actor.objects.of_user(by),
        mail=name,
        language=language,
    )

"""The texts of our mails: those that ship, as `<app>/mails/*.txt`, and those edited since.

An app says on which of its rows a text can be looked at, in its `examples.py`:

    mail_texts.example("recruiting.offer", rows=offers, mail=lambda offer, by: mails.offer(offer))

A shipped text is one file for all languages. Who edits it is given it written out in the
language it is for, with what is filled in where it stands: no tag for translators is left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.template import Context
from django.template.base import Lexer, TokenType
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation import gettext_lazy as _

from core import audit, messages
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


def shipped() -> dict[str, Path]:
    """Return the texts that ship, by name ("recruiting.offer")."""
    return {
        f"{app.label}.{path.stem}": path
        for app in apps.get_app_configs()
        for path in sorted(Path(app.path).glob(f"templates/{app.label}/mails/*.txt"))
    }


def _newest() -> dict[tuple[str, str], MailTemplate]:
    rows = MailTemplate.objects.select_related("edited_by").order_by("name", "language", "-pk")
    return {(row.name, row.language): row for row in rows.distinct("name", "language")}


def all_texts() -> list[dict[str, Any]]:
    """Return every text in every language: its name, its subject line, and who edited it."""
    newest = _newest()
    found = []
    for name, path in shipped().items():
        for code, label in settings.LANGUAGES:
            row = newest.get((name, code))
            edited = row if row and row.body else None
            line = edited.subject_line if edited else written_out(path.read_text(), code)[0]
            found.append(
                {
                    "name": name,
                    "language": code,
                    "language_name": label,
                    "subject_line": line,
                    "edited": edited,
                }
            )
    return found


def text(name: str, language: str) -> dict[str, Any] | None:
    """Return the text in force, edited or shipped; None for a mail or language we don't have."""
    path = shipped().get(name)
    if path is None or language not in dict(settings.LANGUAGES):
        return None
    history = MailTemplate.objects.filter(name=name, language=language)
    rows = list(history.select_related("edited_by"))
    edited = rows[0] if rows and rows[0].body else None
    subject_line, body = written_out(path.read_text(), language)
    return {
        "name": name,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "subject_line": edited.subject_line if edited else subject_line,
        "body": edited.body if edited else body,
        "edited": edited,
        "history": rows,
        "shipped": f"{subject_line}\n\n{body}",
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


def written_out(source: str, language: str) -> tuple[str, str]:
    """Return a shipped text's subject line and body as an editor reads them in a language."""
    with override(language):
        whole = "".join(_parts(source)).strip()
    first, _newline, body = whole.partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip()


def _parts(source: str) -> list[str]:
    """Return a template's source bit by bit, each translated where it was marked."""
    parts: list[str] = []
    marked: list[str] | None = None  # what stands between {% blocktranslate %} and its end
    for token in Lexer(source).tokenize():
        words = token.contents.split() if token.token_type == TokenType.BLOCK else [""]
        if words[0] == "blocktranslate":
            marked = []
        into = parts if marked is None else marked
        into.append(_as_written(token))
        if words[0] == "endblocktranslate" and marked is not None:
            parts.append(_translated("".join(marked)))
            marked = None
    return parts


def _as_written(token: Any) -> str:
    if token.token_type == TokenType.TEXT:
        return str(token.contents)
    if token.token_type == TokenType.VAR:
        return f"{{{{ {token.contents} }}}}"
    if token.contents.startswith("load "):
        return ""  # every text has it built in
    if token.contents.startswith("translate "):
        return gettext(token.contents.removeprefix("translate ").strip("\"'"))
    return f"{{% {token.contents} %}}"


def _translated(marked: str) -> str:
    """Return a marked passage in the language, with each variable as what it was bound to."""
    node = messages.edited_texts.from_string(marked).nodelist[0]
    if not isinstance(node, BlockTranslateNode):
        raise TypeError(marked)
    one, names = node.render_token_list(node.singular)
    bound = {name: value.token for name, value in node.extra_context.items()}
    if not node.plural:
        return _filled(_known(one, node), names, bound)
    many, more = node.render_token_list(node.plural)
    counter, counted = str(node.countervar), node.counter
    bound[counter] = counted.token if counted else counter
    forms = [ngettext(one, many, 1), ngettext(one, many, 2)]
    singular, plural = (_filled(form, [*names, *more], bound) for form in forms)
    return f"{{% if {bound[counter]} == 1 %}}{singular}{{% else %}}{plural}{{% endif %}}"


def _known(text: str, node: BlockTranslateNode) -> str:
    if node.message_context:
        return pgettext(node.message_context.resolve(Context()), text)
    return gettext(text)


def _filled(text: str, names: list[str], bound: dict[str, str]) -> str:
    places = {name: f"{{{{ {bound.get(name, name)} }}}}" for name in names}
    return text % places if places else text.replace("%%", "%")

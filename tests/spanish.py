"""What a page leaves in English to a reader of Spanish.

`pseudo_spanish` writes every string that has a Spanish translation in wide letters, which no
person's name has. What then stands on a page in plain letters is either data, as typed by
somebody, or was never marked, or never translated: `english_left` returns the latter two.
"""

import re
from html.parser import HTMLParser
from typing import Any
from zoneinfo import available_timezones

import pytest
from babel import Locale
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.signals import pre_save
from django.utils.translation import trans_real

from core.models import User
from tests.access import OUTSIDE, expected

# The other client and vendor are shown the same pages, or none.
READERS = ["stranger", *OUTSIDE[:2], "own vendor"]
NO_PAGE = {302, 403, 404}
# Open to whoever holds a link, and read by programmers, or by approvers, who are our own staff.
ENGLISH = {"portal:api", "core:approval_by_link", "core:approval_code"}
# What people type, or Cadre numbers: it stands on pages as it is, in whatever language.
DATA = [
    ("cms.Contract", "number"),
    ("cms.Proposal", "number"),
    ("cms.ProposalPage", "title"),
    ("core.User", "email"),
    ("core.User", "name"),
    ("core.User", "title"),
    ("core.Comment", "text"),
    ("core.Job", "title"),
    ("core.StoredFile", "name"),
    ("engagements.Client", "name"),
    ("engagements.Engagement", "code"),
    ("engagements.Engagement", "name"),
    ("recruiting.Candidate", "name"),
    ("recruiting.CriteriaSet", "title"),
    ("recruiting.Criterion", "name"),
    ("recruiting.Criterion", "reason"),
    ("recruiting.Requisition", "description"),
    ("recruiting.Requisition", "place"),
    ("recruiting.Requisition", "title"),
    ("vendors.Vendor", "name"),
]
# Names, the same in every language, and what formats of dates have between their parts.
SAME = {"Cadre", "CSV", "EUR", "MB", "PDF", "SHA", "UTC", "XLSX", "de"}
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# Numbers of things, hashes, sizes: with a figure in it, it is no word.
FIGURE = re.compile(r"\S*\d\S*")
# Nobody translates these within a string.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;")
SAID = {"alt", "aria-label", "data-label", "placeholder", "title"}
UNSEEN = {"script", "style", "template"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "use", "wbr"}


def widened(text: str) -> str:
    """Write the letters of a translation wide, and leave its placeholders and tags."""
    parts = re.split(f"({KEPT.pattern})", text)
    return "".join(part if KEPT.fullmatch(part) else _wide(part) for part in parts)


def _wide(text: str) -> str:
    return WORD.sub(lambda word: "".join(chr(0xFF21 + ord(c) % 26) for c in word.group()), text)


@pytest.fixture
def pseudo_spanish(monkeypatch):
    """Have every string that is translated into Spanish stand out, and everybody read Spanish."""
    spanish = trans_real.translation("es")
    plain, plural = spanish.gettext, spanish.ngettext

    def is_known(message: str) -> bool:
        keys = (message, (message, 0), (message, 1))
        return any(spanish._catalog.get(key) is not None for key in keys)

    def gettext(message: str) -> str:
        return widened(plain(message)) if message and is_known(message) else plain(message)

    def ngettext(one: str, many: str, number: int) -> str:
        found = plural(one, many, number)
        return widened(found) if is_known(one) else found

    def speaks_spanish(sender: Any, instance: User, **_: Any) -> None:
        instance.language = "es"

    monkeypatch.setattr(spanish, "gettext", gettext)
    monkeypatch.setattr(spanish, "ngettext", ngettext)
    pre_save.connect(speaks_spanish, sender=User)
    yield
    pre_save.disconnect(speaks_spanish, sender=User)


class Page(HTMLParser):
    """Gathers what is read on a page, but for parts that name a language of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        is_foreign = tag != "html" and "lang" in values
        if tag not in VOID and (self.hidden or is_foreign or tag in UNSEEN):
            self.hidden.append(tag)
        elif not self.hidden:
            self.read += [value for name, value in attrs if name in SAID and value]
            if values.get("type") == "submit":
                self.read.append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and tag in self.hidden:
            while self.hidden.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.read.append(" ".join(data.split()))


def typed() -> set[str]:
    """Return the words that people typed, and the names of countries and languages."""
    found: set[str] = set()
    for label, field in DATA:
        found |= set(apps.get_model(label)._default_manager.values_list(field, flat=True))
    spanish: Any = Locale("es")
    found |= {*spanish.territories.values(), *spanish.languages.values(), *available_timezones()}
    return {word for text in found for word in WORD.findall(text or "")}


def left_in_english(html: str) -> list[str]:
    """Return what is read on a page in plain letters, and was typed by nobody."""
    page = Page()
    page.feed(html)
    known = typed() | SAME
    return [text for text in page.read if set(WORD.findall(FIGURE.sub(" ", text))) - known]


def read_outside(table: dict[tuple[str, str], list[int]]) -> list[tuple[str, str]]:
    """Return the lines of an access table that show a page to anybody but our staff."""
    pages = {key: expected(statuses) for key, statuses in table.items()}
    return [
        (method, route)
        for (method, route), found in pages.items()
        if route not in ENGLISH and {found[kind] for kind in READERS} - NO_PAGE
    ]


def english_left(world: Any, method: str, path: str, data: Any = None) -> dict[str, list[str]]:
    """Ask for a page as each kind of reader outside, and return what each finds in English."""
    world.sign_in()
    found = {}
    for kind in READERS:
        point = transaction.savepoint()
        browser = world.browser(kind)
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
        answer = getattr(browser, method)(path, data or {})
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            found[kind] = left_in_english(answer.text)
        elif answer.streaming:
            list(answer)  # which closes the file
        transaction.savepoint_rollback(point)
    return {kind: texts for kind, texts in found.items() if texts}

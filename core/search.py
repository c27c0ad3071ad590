"""One search over everything: each app adds its finder, each reader finds what is theirs.

    search.add("vendors.vendors", _("Vendors"), find, permission="vendors.view_vendor", order=60)

A finder takes who asks, what they ask for and how many are wanted, and returns
hits of rows that are `visible_to` the actor.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.models import Actor

# A single letter finds a fifth of all people: nothing anybody looks for.
SHORTEST, LONGEST, MOST_WORDS = 2, 100, 8
PER_GROUP = 6
WORD = re.compile(r"[^\W_]+")
CODE = re.compile(r"[A-Za-z]{1,10}(-[0-9]{1,9}){1,2}")
PHONE = re.compile(r"[+0][\d\s()./-]{5,}|\d[\d\s()./-]{6,}")


@dataclass(frozen=True)
class Hit:
    """A row that was found: its name, its page, and what tells it from others."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, read in each way in which it may be meant."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words, unaccented and lower."""
        return WORD.findall(fold(self.text))[:MOST_WORDS]

    @cached_property
    def spellings(self) -> list[list[str]]:
        """For each word as typed: itself in lower case, and unaccented."""
        typed = WORD.findall(unicodedata.normalize("NFC", self.text.lower()))[:MOST_WORDS]
        return [sorted({word, *WORD.findall(fold(word))}) for word in typed]

    @cached_property
    def phone(self) -> str:
        """The digits, if it is nothing but a telephone number."""
        return re.sub(r"\D", "", self.text) if PHONE.fullmatch(self.text) else ""

    @cached_property
    def code(self) -> str:
        """The code of a row, such as "R-12" or "P-2026-3", if it is nothing else."""
        return self.text.upper() if CODE.fullmatch(self.text) else ""

    def number(self, letters: str) -> int | None:
        """Return the number of a code: 12 for "R-12" with the letters "R"."""
        first, _, rest = self.code.partition("-")
        return int(rest) if first == letters and rest.isdecimal() else None

    @property
    def is_enough(self) -> bool:
        """Whether it narrows anything: one word at least is more than a letter, or it is a code."""
        return bool(self.code) or any(len(word) >= SHORTEST for word in self.words)


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more` if there is more than is shown."""

    label: str
    hits: list[Hit]
    more: bool


Find = Callable[[Actor, Asked, int], Iterable[Hit]]


@dataclass(frozen=True)
class _Finder:
    label: Any
    find: Find
    permission: str
    order: int


_finders: dict[str, _Finder] = {}


def add(key: str, label: Any, find: Find, *, permission: str, order: int) -> None:
    """Let the search find one more kind of row, for those who have `permission`."""
    _finders[key] = _Finder(label, find, permission, order)


def ask(text: str) -> Asked:
    """Read what somebody typed; no input is an error."""
    return Asked(" ".join(text.replace("\x00", " ").split())[:LONGEST])


def found(asked: Asked, *, by: Actor, limit: int = PER_GROUP) -> list[Group]:
    """Return what `by` may see of it, by kind, without the kinds of which nothing was found."""
    groups: list[Group] = []
    for finder in sorted(_finders.values(), key=lambda one: one.order):
        if asked.is_enough and by.has_perm(finder.permission):
            hits = list(finder.find(by, asked, limit + 1))
            if hits:
                groups.append(Group(str(finder.label), hits[:limit], len(hits) > limit))
    return groups


def among(rows: Any, asked: Asked, fields: Sequence[str], *, code: str = "") -> Any:
    """Keep the rows in which each word stands somewhere in the fields, as typed or unaccented.

    Asked for a code, only the row that has it in the field `code` is kept, or those with all of
    it in a field.
    """
    if asked.code and code:
        return rows.filter(**{f"{code}__iexact": asked.code})
    for forms in [[asked.code]] if asked.code else asked.spellings:
        one = Q()
        for form in forms:
            for field in fields:
                one |= Q(**{f"{field}__icontains": form})
        rows = rows.filter(one)
    return rows


def fold(text: str) -> str:
    """Return a text unaccented and lower: "Łukasz Ärm" becomes "lukasz arm"."""
    letters = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def beginnings(asked: Asked) -> SearchQuery | None:
    """Return the query for rows with words that begin so, whatever was typed; None for nothing.

    Only letters and digits reach it, so that nothing in it is an operator.
    """
    parts = [" | ".join(f"{form}:*" for form in forms) for forms in asked.spellings]
    if not parts:
        return None
    return SearchQuery(
        " & ".join(f"({part})" for part in parts), config="simple", search_type="raw"
    )


class Words(models.Func):
    """The words of some text columns, for a stored column with an index (`beginnings` asks it).

    Signs within addresses and names part words, so that each part is found by its beginning.
    """

    function = "to_tsvector"
    template = (
        "%(function)s('simple'::regconfig, translate(%(expressions)s, '@._+-/''', '       '))"
    )
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()


def marked(text: str, asked: Asked) -> SafeString:
    """Return a text, escaped, with what was asked for marked where words begin with it."""
    parts: list[tuple[str, str]] = []
    end = 0
    for first, last in _code(text, asked.code) if asked.code else _words(text, asked.words):
        parts.append((text[end:first], text[first:last]))
        end = last
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[end:])


def _code(text: str, code: str) -> Iterator[tuple[int, int]]:
    """Say where a code stands: all of it, and none of its letters elsewhere."""
    for found in re.finditer(rf"\b{re.escape(code)}", text, re.IGNORECASE):
        yield found.span()


def _words(text: str, asked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Say from where to where a word is what was asked for; the longest beginning counts."""
    for word in WORD.finditer(text):
        folded = fold(word[0])
        begun = [len(one) for one in asked if folded.startswith(one)]
        if begun:
            same = len(folded) == len(word[0])
            yield word.start(), word.start() + (max(begun) if same else len(word[0]))

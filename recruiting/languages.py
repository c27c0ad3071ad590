"""Names of languages, countries and levels. Lists come from their standards."""

import re
from functools import cache

import pycountry
from babel.core import Locale
from django.utils.translation import get_language, to_locale

# Common European Framework of Reference, and above it those who grew up with the language.
CEFR = ["A1", "A2", "B1", "B2", "C1", "C2"]
NATIVE = re.compile(r"\b(native|mother tongue|bilingual)\b", re.IGNORECASE)
# What people write in a résumé, by the level it is nearest to.
WORDS = {
    "beginner": "A1",
    "elementary": "A2",
    "limited working": "B1",
    "intermediate": "B1",
    "conversational": "B1",
    "professional working": "B2",
    "upper intermediate": "B2",
    "full professional": "C1",
    "fluent": "C1",
    "advanced": "C1",
}


def _reader() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))


def skill_of(code: str) -> str:
    """Return a language as facts name it, in English: de gives German. Unknown codes give ""."""
    return str(Locale("en").languages.get(code.lower(), ""))


def languages() -> list[tuple[str, str]]:
    """List (code, name in the reader's language) of every language with a code of two letters."""
    return list(_languages(_reader()))


@cache
def _languages(reader: Locale) -> list[tuple[str, str]]:
    names = reader.languages
    codes = {str(one.alpha_2) for one in pycountry.languages if hasattr(one, "alpha_2")}
    return sorted(((c, names[c]) for c in codes if c in names and skill_of(c)), key=lambda p: p[1])


def countries() -> list[tuple[str, str]]:
    """List (code, name in the reader's language) of every country."""
    return list(_countries(_reader()))


@cache
def _countries(reader: Locale) -> list[tuple[str, str]]:
    names = reader.territories
    pairs = [(str(one.alpha_2), str(one.name)) for one in pycountry.countries]
    return sorted(((code, names.get(code, name)) for code, name in pairs), key=lambda p: p[1])


def country_code(text: str) -> str:
    """Return the two letters of a country given by its code or English name, or ""."""
    try:
        return str(pycountry.countries.lookup(text.strip()).alpha_2)
    except LookupError:
        return ""


def cefr(text: str) -> str:
    """Return the level that a person's words mean, or "" where they can't be told."""
    if NATIVE.search(text):
        return "C2"
    found = re.search(r"\b([ABC][12])\b", text.upper())
    if found:
        return found[1]
    lower = text.lower()
    return next((level for words, level in WORDS.items() if words in lower), "")

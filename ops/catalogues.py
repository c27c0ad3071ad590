"""Gather what is marked for translation into config/locale/*/LC_MESSAGES/django.po.

`make messages` reads every Python module and template, and merges what it finds into each
catalogue: translations stay, new strings come without one, and what nobody says any more goes.
Babel does the work; Django's own makemessages would need GNU gettext on every machine.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po, write_po

from ops.check import APPS
from ops.state import ROOT, plain_errors

LOCALES = ROOT / "config" / "locale"
LANGUAGES = ["es"]
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}


def template(source: Any, keywords: Any, comments: Any, options: Any) -> Iterator[Any]:
    """Extract from a template, which Django first turns into Python that says the same."""
    from django.utils.translation import templatize  # noqa: PLC0415 -- needs Django's settings

    text = source.read().decode()
    # Where the template indents, Python would see blocks that are none.
    python = "\n".join(line.strip() for line in templatize(text).splitlines())
    return extract_python(io.BytesIO(python.encode()), keywords, comments, {"encoding": "utf-8"})


def sources() -> Iterator[tuple[Path, Any]]:
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, "python"
        for ending in ["*.html", "*.txt"]:
            for file in sorted((ROOT / app / "templates").rglob(ending)):
                yield file, template


def gather() -> Catalog:
    """Return every marked string, with the files that say it."""
    found = Catalog(charset="utf-8", project="Cadre", fuzzy=False)
    for file, method in sources():
        name = str(file.relative_to(ROOT))
        for _, message, _, context in extract_from_file(method, str(file), keywords=KEYWORDS):
            found.add(message, locations=[(name, 0)], context=context)
    return found


def catalogue(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    file = catalogue(language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8", project="Cadre", fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def merge(language: str, found: Catalog) -> Catalog:
    merged = read(language)
    merged.update(found, no_fuzzy_matching=True)
    merged.obsolete.clear()
    return merged


def main() -> None:
    import django  # noqa: PLC0415 -- its settings come from the environment of make

    django.setup()
    found = gather()
    for language in LANGUAGES:
        merged = merge(language, found)
        file = catalogue(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as target:
            write_po(target, merged, width=100, omit_header=False, sort_by_file=True)
        missing = sum(1 for message in merged if message.id and not translated(message))
        print(f"{language}: {len(merged)} strings, {missing} without a translation")


def translated(message: Any) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)


if __name__ == "__main__":
    with plain_errors():
        main()

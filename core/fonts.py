"""Serve the fonts of font-source-sans-pro and font-source-serif-pro as static files."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

PREFIX = "fonts/"
# What tokens.css and paper.css name, and no more: each file is some 200 kB.
FONTS = {
    "SourceSansPro-Regular.otf": "font_source_sans_pro",
    "SourceSansPro-It.otf": "font_source_sans_pro",
    "SourceSansPro-Semibold.otf": "font_source_sans_pro",
    "SourceSerifPro-Semibold.otf": "font_source_serif_pro",
}


def path_of(name: str) -> Path:
    return Path(str(files(FONTS[name]) / "files" / name))


class FontFinder(BaseFinder):
    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in FONTS:
            return []
        found = str(path_of(name))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in FONTS:
            storage = FileSystemStorage(location=path_of(name).parent)
            storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined] # as AppDirectoriesFinder does
            yield name, storage

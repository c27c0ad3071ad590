"""Compile the catalogues of translations: only their .po files are kept with the source.

Each process does it as it starts, where a .po is newer than what was compiled from it. Several
may do so at once: each writes a file of its own and renames it, so that none reads half of one.
"""

import logging
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

logger = logging.getLogger(__name__)


def compile_all() -> None:
    """Compile what is newer than its .mo; a folder that takes no files leaves pages in English."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if is_old(source, target):
                try:
                    compile_one(source, target)
                except OSError as error:
                    logger.warning("%s could not be compiled: %s", source, error)


def is_old(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path, target: Path) -> None:
    with source.open("rb") as text:
        catalogue = read_po(text)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".new")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as compiled:
            write_mo(compiled, catalogue)
        # Others than its maker read it: mkstemp lets only the maker.
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

"""The tables of ESCO in a folder: in the official zips, unzipped, or as one file of a few links.

Rows are streamed out of the zips. What a zip says its file holds is refused beyond a limit, and
no more than that is ever read out of it.
"""

import csv
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from core.yaml_files import ImportRefused

SKILLS = "skills_en.csv"
OCCUPATIONS = "occupations_en.csv"
NEEDS = "occupationSkillRelations.csv"
FEW = "contact_centre_occupation_skills.csv"
COLUMNS = {
    SKILLS: {"conceptUri", "preferredLabel", "altLabels", "skillType", "reuseLevel", "description"},
    OCCUPATIONS: {"conceptUri", "preferredLabel", "altLabels", "code"},
    NEEDS: {"occupationUri", "relationType", "skillUri"},
    FEW: {
        *("occupation_uri", "occupation", "isco_code", "relation", "skill_type"),
        *("skill_uri", "skill", "reuse_level", "skill_alt_labels", "skill_description"),
    },
}
# ESCO's largest table has 21 MB, and its longest cell 100 kB.
LARGEST = 200_000_000
LONGEST_CELL = 1_000_000
# What a damaged zip raises: encrypted or of an unknown method, cut off, or with other bytes.
BROKEN = (BadZipFile, RuntimeError, EOFError, zlib.error)

Row = dict[str, str]


@contextmanager
def _long_cells() -> Iterator[None]:
    """Raise csv's limit for as long as a table is read: it is one for the whole process."""
    usual = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


@dataclass(frozen=True)
class Table:
    """One CSV file: by itself, or within a zip."""

    name: str
    path: Path

    @property
    def is_zipped(self) -> bool:
        return self.path.suffix == ".zip"

    def __str__(self) -> str:
        return f"{self.name} in {self.path.name}" if self.is_zipped else self.path.name

    def rows(self) -> Iterator[Row]:
        """Yield the rows one by one. Raises ImportRefused where the file can't be read on."""
        place = 1
        try:
            with _long_cells(), self._opened() as file:
                text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
                reader = csv.DictReader(text, restval="")
                self._check_columns(set(reader.fieldnames or []))
                for row in reader:
                    place = reader.line_num
                    yield self._checked(row, place)
        except UnicodeDecodeError:
            raise ImportRefused(f"{self} is not a text file in UTF-8.") from None
        except csv.Error as error:
            raise ImportRefused(f"{self} can't be read after line {place}: {error}.") from None
        except (*BROKEN, OSError) as error:
            raise ImportRefused(f"{self} can't be read: {error}.") from None

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if not self.is_zipped:
            self._refuse_beyond(self.path.stat().st_size)
            with self.path.open("rb") as file:
                yield file
            return
        with ZipFile(self.path) as archive:
            self._refuse_beyond(archive.getinfo(self.name).file_size)
            with archive.open(self.name) as member:
                yield member  # type: ignore[misc]  # a ZipExtFile reads as any file does

    def _refuse_beyond(self, size: int) -> None:
        if size > LARGEST:
            raise ImportRefused(f"{self} holds {size:,} bytes: no table of ESCO is so large.")

    def _check_columns(self, found: set[str]) -> None:
        if lacking := sorted(COLUMNS[Path(self.name).name] - found):
            raise ImportRefused(f"{self} lacks the columns {', '.join(lacking)}.")

    def _checked(self, row: Row, place: int) -> Row:
        if None in row:
            raise ImportRefused(f"{self}, line {place}: it has more cells than there are columns.")
        if any("\x00" in cell for cell in row.values()):
            raise ImportRefused(f"{self}, line {place}: it has a NUL byte, which is no text.")
        return row


def tables_in(folder: Path) -> dict[str, Table]:
    """Find the tables by their names. Raises ImportRefused where there are no skills to read."""
    paths = _files_of(folder)
    found = {path.name: Table(path.name, path) for path in paths if path.name in COLUMNS}
    for path in paths:
        if path.match("*csv.zip"):
            found = {Path(table.name).name: table for table in _zipped(path)} | found
    if SKILLS not in found and FEW not in found:
        raise ImportRefused(
            f"{folder} holds no {SKILLS}, no zip with it, and no {FEW}. "
            "ESCO's download page offers the English classification as CSV."
        )
    return found


def _files_of(folder: Path) -> list[Path]:
    if not folder.exists():
        raise ImportRefused(f"There is no folder {folder}.")
    if not folder.is_dir():
        raise ImportRefused(f"{folder} is a file: name the folder that it is in.")
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise ImportRefused(f"{folder} can't be read: {error.strerror}.") from None


def _zipped(path: Path) -> Iterator[Table]:
    if not is_zipfile(path):
        raise ImportRefused(f"{path.name} is not a zip file, or not all of one.")
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if Path(name).name in COLUMNS:
                yield Table(name, path)

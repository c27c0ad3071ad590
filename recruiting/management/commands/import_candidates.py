"""Take candidates over from files: each that is good goes in, each that is not is named."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.files import FileRefused
from core.models import Actor
from core.workflow import StepRefused
from recruiting import actions
from recruiting.models import Requisition
from recruiting.resumes import Person, Unreadable

ENDINGS = {".json", ".csv"}


class Command(BaseCommand):
    help = "Import candidates from JSON Resume or FRESH files, or CSV; folders are read as a whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--requisition", metavar="NUMBER", help="Consider everybody for it.")

    def handle(
        self, *args: Any, paths: list[Path], requisition: str | None, **options: Any
    ) -> None:
        order = self._requisition(requisition)
        counts = {"imported": 0, "known": 0, "refused": 0}
        for path in self._files(paths):
            for place, outcome in _people(path):
                counts[self._take(place, outcome, path, order)] += 1
        known, refused = counts["known"], counts["refused"]
        self.stdout.write(
            f"{counts['imported']} imported, {known} known already, {refused} refused."
        )

    def _requisition(self, number: str | None) -> Requisition | None:
        if number is None:
            return None
        row = Requisition.objects.filter(number=number).first()
        if row is None or row.state != Requisition.State.OPEN:
            raise CommandError(f"There is no open requisition {number}.")
        return row

    def _files(self, paths: list[Path]) -> list[Path]:
        found: list[Path] = []
        for path in paths:
            if path.is_dir():
                found += sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS)
            elif path.exists():
                found.append(path)
            else:
                raise CommandError(f"There is no {path}.")
        return found

    def _take(
        self, place: str, outcome: Person | Unreadable, path: Path, order: Requisition | None
    ) -> str:
        """Import one person, or say why not. Returns what is counted."""
        if isinstance(outcome, Unreadable):
            self.stdout.write(f"{place}: refused. {outcome}")
            return "refused"
        try:
            candidate = actions.import_person(
                outcome,
                origin=path.name,
                by=Actor.objects.of_import(path.name),
                requisition=order,
                original=path.read_bytes() if path.suffix.lower() == ".json" else None,
            )
        except actions.Duplicate as error:
            self.stdout.write(f"{place}: known, not doubled: {error}.")
            return "known"
        except (StepRefused, FileRefused) as error:
            self.stdout.write(f"{place}: refused. {error}")
            return "refused"
        notes = "".join(f"; {note}" for note in outcome.notes)
        self.stdout.write(f"{place}: {candidate}, {candidate.code}{notes}.")
        return "imported"


def _people(path: Path) -> Iterator[tuple[str, Person | Unreadable]]:
    try:
        yield from actions.people_in(str(path), path.read_bytes())
    except OSError as error:
        yield str(path), Unreadable(str(error))

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.yaml_files import ImportRefused
from portal.adoption import Result, adopt_engagement
from portal.adoption.schema import SHAPE


class Command(BaseCommand):
    help = (
        "Take over an engagement that runs already, with its team, from a YAML file "
        "(docs/formats.md). Shows what it would make; --confirm makes it. All or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument(
            "--confirm", action="store_true", help="make it; without this nothing is stored"
        )
        parser.add_argument(
            "--schema", action="store_true", help="print the file's JSON Schema, for an editor"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        if options["schema"]:
            self.stdout.write(json.dumps(SHAPE, indent=2))
            return
        if path is None:
            raise CommandError("Name the file to take over: see docs/formats.md.")
        try:
            result = adopt_engagement(path, now=timezone.now(), confirm=options["confirm"])
        except ImportRefused as refused:
            count = len(refused.problems)
            raise CommandError(
                f"Nothing was taken over. {count} {'problem' if count == 1 else 'problems'}:\n"
                + "\n".join(f"  {each}" for each in refused.problems)
            ) from refused
        self._say(path, result, confirm=options["confirm"])

    def _say(self, path: Path, result: Result, *, confirm: bool) -> None:
        engagement = result.engagement
        if result.is_known:
            self.stdout.write(f"{engagement.code} is here already; nothing was added.")
        elif confirm:
            self.stdout.write(f"Taken over from {path.name}:")
        else:
            self.stdout.write(f"{path.name} would make:")
        for line in result.lines:
            self.stdout.write(f"  {line}")
        for note in result.notes:
            self.stdout.write(f"  Note, {note}")
        if confirm or result.is_known:
            self.stdout.write(f"See {engagement.get_absolute_url()}")
        else:
            self.stdout.write("Nothing is stored yet. Run it again with --confirm to take it over.")

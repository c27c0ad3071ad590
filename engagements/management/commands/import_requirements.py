from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.models import Actor
from core.yaml_files import ImportRefused
from engagements.imports import import_requirements


class Command(BaseCommand):
    help = "Import a client's requirements from a YAML file (docs/formats.md). All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            made = import_requirements(path, by=Actor.objects.of_import(path.name))
        except ImportRefused as refused:
            raise CommandError(
                "Nothing was imported.\n" + "\n".join(f"  {each}" for each in refused.problems)
            ) from refused
        count = made.lines.count()
        lines = "1 line" if count == 1 else f"{count} lines"
        self.stdout.write(f"Imported {made}: a draft with {lines} of business.")
        self.stdout.write(f"See {made.get_absolute_url()}")

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.yaml_files import ImportRefused
from engagements.esco import NOTICE, import_esco


class Command(BaseCommand):
    help = "Import the skills and occupations of ESCO from a folder (docs/formats.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            said = import_esco(options["folder"])
        except ImportRefused as refused:
            raise CommandError(
                "Nothing was imported.\n" + "\n".join(f"  {each}" for each in refused.problems)
            ) from refused
        self.stdout.write("\n".join([*said, NOTICE]))

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backups import BackupRefused, restore


class Command(BaseCommand):
    help = "Put a backup into an empty database and store, and compare its counts and hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument(
            "--hold-effects",
            action="store_true",
            help="send nothing that still waited to be sent (for a drill on another machine)",
        )

    def handle(self, *args: Any, folder: Path, hold_effects: bool, **options: Any) -> None:
        try:
            manifest = restore(folder, hold_effects=hold_effects)
        except (BackupRefused, OSError, ValueError) as refusal:
            raise CommandError(str(refusal)) from None
        rows, files = sum(manifest["tables"].values()), len(manifest["files"])
        self.stdout.write(f"{rows} rows and {files} files are back, as of {manifest['made_at']}.")

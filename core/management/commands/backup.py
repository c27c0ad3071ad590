from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.backups import BackupRefused, back_up


class Command(BaseCommand):
    help = "Write the database and all files, as they are at one moment, into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where it goes; it must not exist yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = back_up(folder, now=timezone.now())
        except (BackupRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        lost = [name for name, sha256 in manifest["files"].items() if not sha256]
        rows, files = sum(manifest["tables"].values()), len(manifest["files"]) - len(lost)
        self.stdout.write(f"{rows} rows and {files} files are in {folder}.")
        for name in lost:
            self.stderr.write(f"Not there to be copied: {name}")

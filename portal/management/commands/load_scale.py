"""Fill an empty database with invented applications, as many as are asked for, to measure with."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.models import User
from portal.demo import scale
from portal.demo.load import counts
from recruiting.models import ApplicationLog, Candidate

MOST = 1_000_000


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--applications", type=int, required=True, metavar="N")
        parser.add_argument(
            "--yes",
            action="store_true",
            help="Fill this database, though it is neither a demo's nor a developer's.",
        )

    def handle(self, *args: Any, applications: int, yes: bool, **options: Any) -> None:
        if not 1 <= applications <= MOST:
            raise CommandError(f"Ask for 1 to {MOST:,} applications.")
        if not (settings.DEMO or settings.DEBUG or yes):
            raise CommandError(
                "This fills the database with people who do not exist, and nothing takes them out "
                "again. Set DEMO or DEBUG to true on a database of its own, or say --yes."
            )
        known = {"candidates": Candidate.objects.count(), "accounts": User.objects.count()}
        if any(known.values()):
            said = ", ".join(f"{count} {name}" for name, count in known.items())
            raise CommandError(
                f"The scale set goes into an empty database; in this one there are {said}. "
                "Nothing was changed."
            )
        started = time.monotonic()
        for done in scale.load(timezone.now(), applications):
            if options["verbosity"] > 1:
                self.stdout.write(f"{done:,} applications …")
        found = counts() | {"lines of their log": ApplicationLog.objects.count()}
        said = ", ".join(f"{count:,} {name}" for name, count in found.items())
        self.stdout.write(f"Loaded {said} in {time.monotonic() - started:.1f} s.")

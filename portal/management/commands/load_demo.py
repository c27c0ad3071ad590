"""Load the example companies, people and histories of the demo, once."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.load import is_loaded, load


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Example data belong into a demo only: its sign-ins are known to everyone. "
                "Set DEMO=true on a database of its own."
            )
        if is_loaded():
            self.stdout.write("The example data are there already: nothing was changed.")
            return
        started = time.monotonic()
        counts = load(timezone.now())
        said = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"Loaded {said} in {time.monotonic() - started:.1f} s.")

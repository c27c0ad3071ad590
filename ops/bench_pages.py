"""Ask each page in this process, through the real middleware, and time what it takes.

Run by `ops.bench` with a loaded database: `python -m ops.bench_pages REPEAT FILE` writes what was
measured as JSON. Only the server's work is timed: there is no socket and no other asker.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ops.bench_verdicts import Measure, quantile

if TYPE_CHECKING:
    from ops.bench_site import Page, Site

WARM = 3  # asks before the clock runs


class Work:
    """Counts the time on a processor: of this process, and of its server process in PostgreSQL.

    On a machine that does nothing else it is the time that passes. On one that is busy the time
    that passes says how busy it is. Where the server's process is not ours to see (another host,
    another system than Linux), the time that passes is all there is.
    """

    def __init__(self) -> None:
        from django.db import connection  # noqa: PLC0415 -- after django.setup()

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), inet_server_addr() IS NULL")
            pid, is_here = cursor.fetchone()
        self.file = Path(f"/proc/{pid}/schedstat")
        self.is_exact = bool(is_here) and self.file.exists()

    def now(self) -> float:
        """Return the milliseconds until now."""
        if not self.is_exact:
            return time.perf_counter() * 1000
        server = int(self.file.read_text().split()[0])
        return (time.process_time_ns() + server) / 1e6


class Browser:
    """One person's browser, signed in, without a network."""

    def __init__(self, site: "Site", who: str, work: Work) -> None:
        from django.test import Client  # noqa: PLC0415 -- after django.setup()

        self.client, self.work = Client(SERVER_NAME="127.0.0.1"), work
        if who:
            self.client.force_login(site.users[who], backend="core.sign_in.Backend")

    def ask(self, page: "Page", *, back: bool = False) -> tuple[float, float, int]:
        """Ask for the page, or take the step: return work and passed time in ms, and the bytes."""
        headers: Any = page.headers
        began, started = self.work.now(), time.perf_counter()
        if page.back:
            answer = self.client.post(page.back if back else page.path, headers=headers)
        else:
            answer = self.client.get(page.path, headers=headers)
        size = len(answer.getvalue())
        passed, worked = (time.perf_counter() - started) * 1000, self.work.now() - began
        if answer.status_code not in {200, 302} or (answer.status_code == 302 and not page.back):
            raise SystemExit(f"{page.path} as {page.who or 'a program'}: {answer.status_code}")
        return worked, passed, size


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the queries that are made meanwhile."""
    from django.db import connection  # noqa: PLC0415 -- after django.setup()

    count = [0]

    def note(execute: Any, *args: Any) -> Any:
        count[0] += 1
        return execute(*args)

    with connection.execute_wrapper(note):
        yield count


def measure(browser: Browser, page: "Page", repeat: int) -> Measure:
    turns = 2 if page.back else 1  # a step is taken back, so that it can be taken again
    for turn in range(WARM * turns):
        browser.ask(page, back=bool(turn % turns))
    with counted() as queries:
        size = browser.ask(page)[2]
    if page.back:
        browser.ask(page, back=True)
    asked = [browser.ask(page, back=bool(turn % turns)) for turn in range(repeat * turns)]
    worked, passed = [one[0] for one in asked], [one[1] for one in asked]
    return Measure(
        page.kind,
        page.name,
        queries[0],
        round(quantile(worked, 0.5), 2),
        round(quantile(worked, 0.95), 2),
        round(quantile(passed, 0.5), 2),
        round(quantile(passed, 0.95), 2),
        size,
    )


def main(repeat: int, file: Path) -> None:
    from ops.bench_site import Site  # noqa: PLC0415 -- after django.setup()

    site, work = Site(), Work()
    browsers: dict[str, Browser] = {}
    found = []
    for page in site.pages():
        if page.who not in browsers:
            browsers[page.who] = Browser(site, page.who, work)
        found.append(measure(browsers[page.who], page, repeat))
    found_here = {"exact": work.is_exact, "pages": [asdict(each) for each in found]}
    file.write_text(json.dumps(found_here))


if __name__ == "__main__":
    # As a web server starts: its whole address table and its settling of memory included.
    import_module("config.wsgi")
    main(int(sys.argv[1]), Path(sys.argv[2]))

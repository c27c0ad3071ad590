"""What a request or an effect asks of the database: how much, how slowly, how often the same.

A statement is logged without its values, which are parameters and may be anybody's name. One that
takes longer than SLOW_QUERY_MS is logged by itself. A page that asks the same more often than
REPEATED_QUERIES is logged as well: it asks for each row what it should ask once for all of them.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

log = logging.getLogger("cadre.queries")
LONGEST = 1000  # characters of a statement in the log
# Each opens or closes a block of ours, and says nothing of rows.
BLOCKS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Watch:
    """Counts and times statements, on the one connection that it is put around."""

    def __init__(self) -> None:
        self.statements: Counter[str] = Counter()
        self.milliseconds = 0.0

    @property
    def count(self) -> int:
        return self.statements.total()

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            took = (time.perf_counter() - started) * 1000
            self.milliseconds += took
            statement = str(sql)
            if not statement.startswith(BLOCKS):
                self.statements[statement] += 1
            if took > settings.SLOW_QUERY_MS:
                log.warning("slow: %.0f ms: %s", took, statement[:LONGEST])

    def repeated(self) -> list[tuple[str, int]]:
        """Return the statements that came too often, the most frequent first."""
        most = self.statements.most_common()
        return [(sql, times) for sql, times in most if times > settings.REPEATED_QUERIES]


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch what is asked inside."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch


def note_repeated(watch: Watch, where: str) -> None:
    """Log what a page asked too often."""
    for sql, times in watch.repeated():
        log.warning("repeated in %s: %d times: %s", where, times, sql[:LONGEST])

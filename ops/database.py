"""Run a command with DATABASE_URL naming the throw-away PostgreSQL, or the server already named.

The server is shared by all that run in this checkout at once: the last one out stops it. One that
was left behind by a killed run is used, and stopped, by the next.
"""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ops.postgres import TEST
from ops.processes import die_with_make, dies_with_parent
from ops.state import LOCAL, locked, plain_errors


@contextmanager
def test_database() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "test-users.lock").open("w") as users:
        with locked("test"):
            fcntl.flock(users, fcntl.LOCK_SH)
            ensure_running()
        try:
            yield TEST.url
        finally:
            with locked("test"):
                stop_unless_used(users.fileno())


def ensure_running() -> None:
    if not TEST.running():
        TEST.prepare()
        TEST.start(die_with_us=False)  # another run may still need it after ours


def stop_unless_used(users: int) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    TEST.stop()


def programs(url: str) -> dict[str, str]:
    """Say where the programs are that fit our own server: a system's pg_dump may be too old."""
    return {"PG_BINARIES": str(TEST.binaries)} if url == TEST.url else {}


def run(command: list[str]) -> int:
    """Run a command to its end, whatever signal we get, so that there is time to clean up."""
    process: subprocess.Popen[bytes] | None = None
    ended_by = 0

    def pass_on(number: int, _: FrameType | None) -> None:
        nonlocal ended_by
        ended_by = number
        # Ctrl-C reaches the command from the terminal; twice would cut its own cleaning up short.
        if process and number != signal.SIGINT:
            process.send_signal(signal.SIGTERM)

    die_with_make()
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, pass_on)
    with test_database() as url:
        if ended_by:
            return 128 + ended_by
        process = subprocess.Popen(
            command,
            env=os.environ | {"DATABASE_URL": url} | programs(url),
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
        code = process.wait()
    return 128 + ended_by if ended_by else code


if __name__ == "__main__":
    with plain_errors():
        sys.exit(run(sys.argv[1:]))

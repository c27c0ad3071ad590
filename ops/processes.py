"""Start processes that cannot outlive us, and find those that did."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1


def dies_with_parent(number: int) -> Callable[[], None] | None:
    """Return what a new process must call to get a signal when we die, even by SIGKILL.

    Only Linux can do this; elsewhere the next start cleans up.
    """
    if sys.platform != "linux":
        return None
    # Loaded here: between fork and exec, as little as possible should happen.
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # we died in between
            os.kill(os.getpid(), number)

    return ask


def die_with_make() -> None:
    """Stop when the make that runs us is killed; a shell may come and go."""
    if sys.platform == "linux" and "MAKELEVEL" in os.environ:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def command_of(pid: int) -> str:
    """Return the command line of a process, or nothing when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        pass
    if sys.platform == "linux":
        return ""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
    )
    return listed.stdout


def with_environment(entry: str) -> list[int]:
    """List the processes that were started with this NAME=value, but for this one."""
    found = _by_proc(entry) if sys.platform == "linux" else _by_ps(entry)
    return [pid for pid in found if pid != os.getpid()]


def _by_proc(entry: str) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue  # it has ended, or belongs to another user
        if entry.encode() in environment.split(b"\0"):
            yield int(folder.name)


def _by_ps(entry: str) -> Iterator[int]:
    listed = subprocess.run(
        ["ps", "-A", "-E", "-ww", "-o", "pid=,command="], capture_output=True, text=True
    )
    for line in listed.stdout.splitlines():
        pid, _, rest = line.strip().partition(" ")
        if f" {entry} " in f"{rest} ":
            yield int(pid)


def send(number: int, *, group: int) -> bool:
    """Signal every process of a group; say whether there was one."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False  # macOS answers EPERM for a group of zombies
    return True


def wait_until(claim: Callable[[], bool], *, seconds: float) -> bool:
    """Wait for something to become true, and say whether it did."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(pids: Callable[[], list[int]]) -> None:
    """End what `pids` lists: politely first, and for good after five seconds."""
    for number, seconds in [(signal.SIGTERM, 5), (signal.SIGKILL, 5)]:
        for pid in pids():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        if wait_until(lambda: not pids(), seconds=seconds):
            return

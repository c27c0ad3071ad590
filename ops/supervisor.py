"""Keep the demo's processes alive, and leave none behind."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from ops.postgres import Cluster
from ops.processes import dies_with_parent, send, wait_until
from ops.state import ROOT, Refused

LONGEST_PAUSE = 30
STEADY_AFTER = 60  # seconds; who lived that long starts at once the next time
LONGEST_START = 180
GRACE = 15  # seconds to finish what is under way


def say(line: str) -> None:
    """Tell the person at the terminal, who may be gone by now."""
    with suppress(OSError):
        print(line, flush=True)


def terminal_is_gone() -> bool:
    """Say whether our window was closed or its line broke.

    A shell would pass SIGHUP on to us, but make, where it runs without one, does not.
    """
    poll = select.poll()
    poll.register(1, 0)
    return any(events & select.POLLHUP for _, events in poll.poll(0))


class Stopped(Exception):
    """We were told to stop."""

    def __init__(self, number: int) -> None:
        # Stopping it is how a demo ends: to make, that is no failure.
        self.exit_code = 0 if number == signal.SIGINT else 128 + number


@dataclass
class Service:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    again_at: float = 0
    pause: float = 0

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None


class Supervisor:
    """Runs the database and the services until it is told to stop."""

    def __init__(
        self, cluster: Cluster, folder: Path, environment: dict[str, str], folders: list[Path]
    ) -> None:
        self.cluster = cluster
        self.environment = environment
        self.folders = folders
        self.logs = folder / "logs"
        self.logs.mkdir(exist_ok=True)
        self.database: subprocess.Popen[bytes] | None = None
        self.services: list[Service] = []
        self.told_to_stop = 0
        self.has_terminal = os.isatty(1)
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
            # Noted only: an exception out of nowhere could lose a process that just started.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self.note)

    def note(self, number: int, _: FrameType | None) -> None:
        self.told_to_stop = number

    def check(self) -> None:
        if self.has_terminal and terminal_is_gone():
            self.told_to_stop = signal.SIGHUP
        if self.told_to_stop:
            raise Stopped(self.told_to_stop)

    def start_database(self) -> None:
        self.database = self.cluster.start(die_with_us=True)
        self.check()

    def step(self, title: str, command: list[str]) -> None:
        """Run a command to its end before going on."""
        say(f"{title} …")
        service = self.start(Service("prepare", command))
        while not service.has_died():
            self.check()
            time.sleep(0.05)
        self.services.remove(service)
        if service.process and service.process.returncode:
            log = self.log_of(service)
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
            raise Refused(f"{title} failed. The end of {log}:\n{tail}")

    def log_of(self, service: Service) -> Path:
        return self.logs / f"{service.name}.log"

    def start(self, service: Service) -> Service:
        self.make_folders()
        with self.log_of(service).open("ab") as log:
            service.process = subprocess.Popen(
                service.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: we stop them in order
                preexec_fn=dies_with_parent(signal.SIGTERM),
            )
        service.started_at = time.monotonic()
        if service not in self.services:
            self.services.append(service)
        return service

    def make_folders(self) -> None:
        """Make the broker's folders again where somebody removed them: the worker can't."""
        for folder in self.folders:
            folder.mkdir(parents=True, exist_ok=True)

    def watch_until(self, claim: Callable[[], bool]) -> None:
        """Look after everything until a claim is true, which must not take too long."""
        deadline = time.monotonic() + LONGEST_START
        while not claim():
            if time.monotonic() > deadline:
                raise Refused(f"Cadre does not answer. Its logs say why: {self.logs}")
            self.look_after_all()

    def watch(self) -> None:
        """Look after everything until told to stop."""
        while True:
            self.look_after_all()

    def look_after_all(self) -> None:
        self.check()
        self.make_folders()
        if self.database and self.database.poll() is not None:
            say("The database died: starting it again.")
            self.database = self.cluster.start(die_with_us=True)
        for service in self.services:
            self.look_after(service)
        time.sleep(0.2)

    def look_after(self, service: Service) -> None:
        """Start a dead service again: at once, and after longer pauses when it dies again."""
        now = time.monotonic()
        if not service.has_died():
            return
        if not service.again_at:
            self.end_group(service)
            steady = now - service.started_at > STEADY_AFTER
            service.pause = 0 if steady else min(max(1, service.pause * 2), LONGEST_PAUSE)
            service.again_at = now + service.pause
            code = service.process.returncode if service.process else 0
            say(
                f"The {service.name} died ({code}): starting it again in {service.pause:.0f} s. "
                f"See {self.log_of(service)}",
            )
        if now >= service.again_at:
            service.again_at = 0
            self.start(service)

    def end_group(self, service: Service) -> None:
        """End what a dead service left behind, such as a worker's pool."""
        if service.process:
            send(signal.SIGKILL, group=service.process.pid)

    def stop(self) -> None:
        """Stop all, in the opposite order. A second Ctrl-C does not wait for them to finish."""
        self.told_to_stop = 0
        running = [each for each in reversed(self.services) if each.process]
        if running or self.database:
            say("\nStopping …")
        for service in running:
            if service.process:
                service.process.terminate()  # not its group: it ends its own helpers in order
        wait_until(
            lambda: bool(self.told_to_stop) or all(each.has_died() for each in running),
            seconds=GRACE,
        )
        for service in running:
            self.end_group(service)
            if service.process:
                service.process.wait()
        self.cluster.stop(self.database)

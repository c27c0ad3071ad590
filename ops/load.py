"""Measure Cadre under the work of many people: gunicorn, PostgreSQL, a worker and beat.

`make load` starts all of it on 127.0.0.1 with the demo's data, lets 200 people work for two
minutes, prints what they saw and how much memory it took, and stops what it started.
"""

import argparse
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from ops.database import test_database
from ops.machine import free_port
from ops.processes import die_with_make, dies_with_parent, send, wait_until
from ops.state import LOCAL, ROOT, Refused, plain_errors

PYTHON = [sys.executable, "-m"]
DATABASE = "cadre_load"
MOST_PEOPLE, LONGEST = 400, 900  # this loads one small machine, its own
SAMPLED_EVERY = 5.0
WEB = ["config.wsgi", "--workers", "2", "--threads", "4", "--no-control-socket"]


@dataclass
class Site:
    """What is measured: its address, its processes and their memory over time."""

    folder: Path
    port: int
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    samples: list[tuple[float, dict[str, int]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [*PYTHON, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),
            )

    def stop(self) -> None:
        for process in self.processes.values():
            send(signal.SIGTERM, group=process.pid)
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                send(signal.SIGKILL, group=process.pid)
                process.wait()

    def sample(self) -> None:
        self.samples.append((time.monotonic(), {n: memory(p) for n, p in self.processes.items()}))


def memory(process: subprocess.Popen[bytes]) -> int:
    """Return the resident memory of a process and its children, in KB; shared pages count once.

    Each pays its part of what they share (PSS): two forked workers are not twice one.
    """
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) != process.pid:
                continue
            rollup = (folder / "smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(li.split()[1]) for li in rollup.splitlines() if li.startswith("Pss:"))
    return total


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """Make a database of our own on the server, and drop it in the end."""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
        try:
            yield urlsplit(server)._replace(path=f"/{DATABASE}").geturl()
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def environment(database: str, folder: Path, port: int) -> dict[str, str]:
    """Say everything as on a server, but for HTTPS: there is no proxy before this one."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "false",
        "DEMO": "false",
        "SECRET_KEY": "only-for-make-load-" + "0123456789" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database,
        "CACHE_URL": "locmem://",
        "CELERY_BROKER_URL": "filesystem://localhost",
        "BROKER_FOLDER": str(folder / "broker"),
        "EMAIL_URL": "log://",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "SECURE_SSL_REDIRECT": "false",
        "SECURE_COOKIES": "false",
    }


def prepare(site: Site) -> None:
    for name in ["queue", "control"]:
        (site.folder / "broker" / name).mkdir(parents=True)
    print("Loading the example data …", flush=True)
    manage = [sys.executable, "manage.py"]
    quiet = {"cwd": ROOT, "check": True, "stdout": subprocess.DEVNULL}
    loading = site.environment | {"DEMO": "true"}
    subprocess.run([*manage, "migrate", "-v0"], env=site.environment, **quiet)  # type: ignore[call-overload]
    subprocess.run([*manage, "load_demo"], env=loading, **quiet)  # type: ignore[call-overload]
    subprocess.run([*manage, "collectstatic", "--noinput"], env=site.environment, **quiet)  # type: ignore[call-overload]


def sign_in(site: Site, people: int) -> str:
    command = [*PYTHON, "ops.load_sessions", str(max(2, people // 4))]
    done = subprocess.run(
        command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def bring_up(site: Site) -> None:
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    site.start("web", "gunicorn", *WEB, "--bind", f"127.0.0.1:{site.port}", "--preload")
    site.start("worker", "celery", "-A", "config", "worker", "--concurrency", "1", *alone)
    schedule = ["--schedule", str(site.folder / "beat"), "--pidfile="]
    site.start("beat", "celery", "-A", "config", "beat", *schedule)
    if not wait_until(lambda: answers(site.url), seconds=60):
        raise Refused(f"The web server did not start: see {site.folder}/web.log.")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as response:  # noqa: S310 -- ours
            return bool(response.status == 200)
    except OSError:
        return False


def surf(site: Site, sessions: str, *, people: int, seconds: int) -> None:
    """Let them work, and look at the memory meanwhile."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(SAMPLED_EVERY):
            site.sample()

    watching = threading.Thread(target=watch)
    watching.start()
    command = [*PYTHON, "locust", "-f", "ops/load_surfers.py", "--headless", "--only-summary"]
    command += ["--host", site.url, "--users", str(people), "--spawn-rate", str(people / 10)]
    command += ["--run-time", f"{seconds}s", "--csv", str(site.folder / "seen")]
    command += ["--exit-code-on-error", "0", "--loglevel", "WARNING", "--reset-stats"]
    log = site.folder / "locust.log"
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=site.environment | {"LOAD_SESSIONS": sessions},
            stdout=output,
            stderr=output,
        )
    over.set()
    watching.join()
    if done.returncode:
        raise Refused(f"locust failed:\n{log.read_text()[-2000:]}")


def report(site: Site) -> dict[str, object]:
    """Print what they saw, page by page, and return the sums."""
    with (site.folder / "seen_stats.csv").open() as file:
        *pages, total = csv.DictReader(file)
    print(f"\n{'page':<52}{'seen':>7}{'p50':>7}{'p95':>7}{'p99':>7}{'errors':>8}")
    for row in [*sorted(pages, key=lambda p: -int(p["Request Count"]))[:25], total]:
        name = f"{row['Type']} {row['Name']}"[:51]
        figures = [row["Request Count"], row["50%"], row["95%"], row["99%"], row["Failure Count"]]
        print(
            f"{name:<52}{figures[0]:>7}{figures[1]:>7}{figures[2]:>7}{figures[3]:>7}{figures[4]:>8}"
        )
    first, last = site.samples[0][1], site.samples[-1][1]
    print("\nMemory in MB at the beginning and at the end:")
    for name in first:
        print(f"  {name:<8}{first[name] / 1024:>6.0f}{last[name] / 1024:>6.0f}")
    for line in errors(site):
        print(line)
    return {
        "requests_per_second": round(float(total["Requests/s"]), 1),
        "p50_ms": int(total["50%"]),
        "p95_ms": int(total["95%"]),
        "p99_ms": int(total["99%"]),
        "requests": int(total["Request Count"]),
        "errors": int(total["Failure Count"]),
        "memory_mb": {n: [round(first[n] / 1024), round(last[n] / 1024)] for n in first},
    }


def errors(site: Site) -> list[str]:
    with (site.folder / "seen_failures.csv").open() as file:
        rows = list(csv.DictReader(file))
    return [
        f"  {row['Occurrences']} times: {row['Method']} {row['Name']}: {row['Error']}"
        for row in rows
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    if not (1 <= options.people <= MOST_PEOPLE and 20 <= options.seconds <= LONGEST):
        raise Refused(f"At most {MOST_PEOPLE} people, and 20 to {LONGEST} seconds.")
    die_with_make()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        server = stack.enter_context(test_database())
        folder = Path(tempfile.mkdtemp(prefix="cadre-load-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        database = stack.enter_context(empty_database(server))
        port = free_port()
        site = Site(folder, port, environment(database, folder, port))
        stack.callback(site.stop)
        prepare(site)
        sessions = sign_in(site, options.people)
        bring_up(site)
        print(f"{options.people} people at work for {options.seconds} s …", flush=True)
        surf(site, sessions, people=options.people, seconds=options.seconds)
        found = report(site)
    print(f"\n{json.dumps(found)}")
    (LOCAL / "load.json").write_text(json.dumps(found, indent=1) + "\n")
    return 1 if found["errors"] else 0


if __name__ == "__main__":
    with plain_errors():
        sys.exit(main())

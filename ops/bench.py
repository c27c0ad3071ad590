"""Measure every home, board, list and page at three sizes, and hold them against their budgets.

`make bench` makes databases of 1,000, 10,000 and 100,000 applications on the throw-away
PostgreSQL, one after the other, asks each page in a process of its own, and prints what it took.
It ends with 1 where a budget of docs/performance.md is missed.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from ops.bench_verdicts import (
    Measure,
    as_json,
    missed_others,
    missed_pages,
    table,
    table_of_others,
)
from ops.database import test_database
from ops.load import environment
from ops.processes import die_with_make, dies_with_parent
from ops.state import LOCAL, ROOT, Refused, plain_errors

EMPTY = "cadre_bench_empty"
SIZES, MOST = [1_000, 10_000, 100_000], 1_000_000
IMPORTED = 100_000


class Bench:
    """The throw-away server, a folder for what is made, and what was found so far."""

    def __init__(self, server: str, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.sizes: dict[int, list[Measure]] = {}
        self.others: dict[str, float] = {}
        self.is_exact = True

    def run(self, *command: str, database: str) -> str:
        url = urlsplit(self.server)._replace(path=f"/{database}").geturl()
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(url, self.folder, 0) | {"CELERY_BROKER_URL": "memory://"},
            capture_output=True,
            text=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
        if done.returncode:
            raise Refused(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    @contextmanager
    def database(self, name: str, template: str = EMPTY) -> Iterator[str]:
        """Make a database of our own on the server, and drop it in the end."""
        with psycopg.connect(self.server, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            try:
                yield name
            finally:
                admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def prepare(self) -> None:
        print("Migrating …", flush=True)
        self.run("manage.py", "migrate", "-v0", database=EMPTY)
        self.run("manage.py", "collectstatic", "--noinput", "-v0", database=EMPTY)

    def at(self, size: int, *, repeat: int, is_largest: bool) -> None:
        with self.database(f"cadre_bench_{size}") as name:
            load = ("manage.py", "load_scale", "--applications", str(size), "--yes")
            print(self.run(*load, database=name).strip(), flush=True)
            self.tidy(name)
            file = self.folder / f"pages-{size}.json"
            self.run("-m", "ops.bench_pages", str(repeat), str(file), database=name)
            found = json.loads(file.read_text())
            self.sizes[size] = [Measure(**each) for each in found["pages"]]
            self.is_exact = self.is_exact and found["exact"]
            if is_largest:
                self.others |= self.measured("ops.bench_others", database=name)

    def tidy(self, name: str) -> None:
        """Do what autovacuum does on a server: the throw-away one has none."""
        url = urlsplit(self.server)._replace(path=f"/{name}").geturl()
        with psycopg.connect(url, autocommit=True) as own:
            own.execute("VACUUM ANALYZE")

    def measured(self, module: str, *arguments: str, database: str) -> dict[str, float]:
        file = self.folder / f"{module}.json"
        self.run("-m", module, str(file), *arguments, database=database)
        found: dict[str, float] = json.loads(file.read_text())
        return found

    def imports(self, people: int) -> None:
        print(f"Importing {people:,} candidates …", flush=True)
        with self.database("cadre_bench_import") as name:
            self.others |= self.measured("ops.bench_import", str(people), database=name)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="as in 1000,10000")
    parser.add_argument("--repeat", type=int, default=20, help="times that each page is asked for")
    parser.add_argument("--import", dest="imports", action="store_true", help="100,000 people too")
    parser.add_argument("--json", type=Path, default=LOCAL / "bench.json")
    return parser.parse_args()


def sizes_of(text: str) -> list[int]:
    """Read `1000,10000`; what can't be measured is refused before anything is made."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and 100 <= int(part) <= MOST for part in parts):
        raise Refused(f"Give sizes from 100 to {MOST:,}, as in --sizes 1000,10000.")
    return sorted({int(part) for part in parts})


def report(bench: Bench, file: Path) -> int:
    """Print what was found, keep it, and return 1 where a budget is missed."""
    missed = missed_pages(bench.sizes) + missed_others(bench.others)
    print(f"\n{table(bench.sizes)}\n\n{table_of_others(bench.others)}")
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if not bench.is_exact:
        print("\nTimes are those that passed: the database's own work is not ours to see.")
    elif load > cores:
        print(f"\nThe machine was busy ({load:.1f} on {cores} cores): see docs/performance.md.")
    print("\nEvery budget is kept." if not missed else "\nMissed:")
    for each in missed:
        print(f"  {each}")
    found: dict[str, Any] = as_json(bench.sizes, bench.others, missed)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found | {"load": load, "cores": cores}, indent=1) + "\n")
    return 1 if missed else 0


def main() -> int:
    asked = options()
    sizes = sizes_of(asked.sizes)
    die_with_make()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        server = stack.enter_context(test_database())
        folder = Path(tempfile.mkdtemp(prefix="cadre-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        bench = Bench(server, folder)
        stack.enter_context(bench.database(EMPTY, "template0"))
        bench.prepare()
        for size in sizes:
            bench.at(size, repeat=max(asked.repeat, 1), is_largest=size == sizes[-1])
        if asked.imports:
            bench.imports(IMPORTED)
        return report(bench, asked.json)


if __name__ == "__main__":
    with plain_errors():
        sys.exit(main())

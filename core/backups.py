"""Backup and restore: the database and its files, of one moment, proven by counts and hashes.

A backup is a folder: `database.dump` (pg_dump's custom format), `files/` and `manifest.json`. The
database is read in one snapshot, from which the manifest's counts and the list of files come too.
A file is written before the row that names it is committed, and never changed: those that the
snapshot names are all there, however much is written meanwhile. The manifest is written last, so
that a folder without one is not a backup.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
HELD = "Held back when this database was restored from a backup."
Manifest = dict[str, Any]


class BackupRefused(Exception):
    """It can't be backed up or restored. Its text is fit for the person at the terminal."""


def back_up(folder: Path, *, now: datetime) -> Manifest:
    """Write a backup into a folder that does not exist yet, and return its manifest.

    It is made beside it under another name first: what stands under `folder` is whole.
    """
    if folder.exists():
        raise BackupRefused(f"{folder} exists already: name a folder that is not there yet.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    with _snapshot() as snapshot:
        program(
            "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={unfinished / DUMP}"
        )
        found = {"tables": table_counts(), "migrations": _migrations(), "names": file_names()}
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "database_sha256": _hash_of(unfinished / DUMP),
        "tables": found["tables"],
        "migrations": found["migrations"],
        "files": _copy_out(found["names"], unfinished / FILES),
    }
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    unfinished.rename(folder)
    return manifest


@contextmanager
def _snapshot() -> Iterator[str]:
    """Hold one moment of the database, and give the name by which pg_dump reads the same one."""
    # A connection of its own: whoever calls us may be within a transaction already.
    connection = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def restore(folder: Path, *, hold_effects: bool = False) -> Manifest:
    """Put a backup into an empty database and an empty store of files, and prove it.

    With `hold_effects`, mails and other effects that still waited are not done, but kept as
    failed, to be requeued by hand: what a drill on another machine needs. Raises BackupRefused
    before anything is changed, or, where counts or hashes differ at the end, with the differences.
    """
    manifest = _read(folder)
    if connections[DEFAULT_DB_ALIAS].introspection.table_names():
        raise BackupRefused("The database is not empty: restore into one that was just created.")
    settle = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    program("pg_restore", *settle, f"--dbname={_libpq()['PGDATABASE']}", str(folder / DUMP))
    for name in manifest["files"]:
        _copy_in(folder / FILES / name, name)
    if wrong := list(_differences(manifest)):
        raise BackupRefused("Restored, and not the same: " + " ".join(wrong[:20]))
    if hold_effects:
        effects: Any = apps.get_model("core", "Effect")
        effects.objects.filter(state="pending").update(state="dead", error=HELD)
    return manifest


def _read(folder: Path) -> Manifest:
    """Return the manifest of a backup whose every byte is as it was written."""
    if not (folder / MANIFEST).is_file():
        raise BackupRefused(f"{folder} is no backup: it has no {MANIFEST}.")
    manifest: Manifest = json.loads((folder / MANIFEST).read_text())
    if manifest["format"] != FORMAT:
        raise BackupRefused(f"This backup has format {manifest['format']}, and we read {FORMAT}.")
    written = {DUMP: manifest["database_sha256"]}
    written |= {f"{FILES}/{name}": sha for name, sha in manifest["files"].items() if sha}
    for name, sha256 in written.items():
        file = folder / name
        if not file.is_file():
            raise BackupRefused(f"{name} is missing from the backup.")
        if _hash_of(file) != sha256:
            raise BackupRefused(f"{name} was changed since the backup was made.")
    return manifest


def _differences(manifest: Manifest) -> Iterator[str]:
    counts = table_counts()
    for table, rows in manifest["tables"].items():
        if counts.get(table) != rows:
            yield f"{table} has {counts.get(table, 'no')} rows instead of {rows}."
    for name, sha256 in manifest["files"].items():
        if sha256 and _hash_stored(name) != sha256:
            yield f"{name} is not the file that was kept."


def table_counts() -> dict[str, int]:
    """Return how many rows each table has, those of third-party apps too."""
    connection = connections[DEFAULT_DB_ALIAS]
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- its own names
            counts[table] = cursor.fetchone()[0]
    return counts


def _migrations() -> list[str]:
    applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def file_names() -> list[str]:
    """Return the names of all files that any row of any model keeps."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and field.storage == default_storage:
                rows = model._default_manager.exclude(**{field.name: ""})
                names.update(filter(None, rows.values_list(field.name, flat=True)))
    return sorted(names)


def _copy_out(names: Iterable[str], folder: Path) -> dict[str, str]:
    """Copy files, and return their hashes; "" for one that the store had lost before."""
    hashes = {}
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            hashes[name] = ""
            continue
        hashes[name] = _hash_of(target)
    return hashes


def _copy_in(source: Path, name: str) -> None:
    if not source.is_file():
        return  # it was lost before the backup: the manifest says so
    if default_storage.exists(name):
        if _hash_stored(name) != _hash_of(source):
            raise BackupRefused(f"The store has another file called {name} already.")
        return
    with source.open("rb") as content:
        kept = default_storage.save(name, File(content))
    if kept != name:
        raise BackupRefused(f"The store kept {name} as {kept}.")


def _hash_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _hash_stored(name: str) -> str:
    try:
        with default_storage.open(name) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database. Raises BackupRefused with its reason."""
    path = str(Path(settings.PG_BINARIES) / name) if settings.PG_BINARIES else shutil.which(name)
    if not path:
        raise BackupRefused(f"There is no {name} here: install PostgreSQL's client programs.")
    done = subprocess.run(  # noqa: S603 -- our own arguments
        [path, "--no-password", *arguments],
        env=os.environ | _libpq(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupRefused(f"{name} failed: {done.stderr.strip()[-500:]}")


def _libpq() -> dict[str, str]:
    """Say how to reach the database in libpq's own words: a password is not an argument."""
    given = connections[DEFAULT_DB_ALIAS].settings_dict
    keys = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    ssl = {"PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert"}
    options = given.get("OPTIONS", {})
    return {key: str(given[name]) for key, name in keys.items() if given.get(name)} | {
        key: str(options[name]) for key, name in ssl.items() if options.get(name)
    }

"""A backup is restored on an empty machine: other database, other folder, other process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg import connect, sql

from core import effects, files
from core.backups import MANIFEST, BackupRefused, back_up, restore
from core.models import Actor, Effect, StoredFile
from ops.state import ROOT
from tests.databases import parameters, url_of
from tests.factories.engagements import SeatFactory
from tests.factories.recruiting import ApplicationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _company(tmp_path):
    """Have some rows, a file of theirs, and a mail that still waits."""
    settings.MEDIA_ROOT = tmp_path / "media"
    SeatFactory.create_batch(3)
    application = ApplicationFactory()
    files.store(application.candidate, name="cv.txt", content=b"I am", by=Actor.objects.system())
    effects.cause("core.send_message", key="a mail that waits", message=1)


@pytest.fixture
def empty_machine(tmp_path):
    """Return a function that runs manage.py where there is nothing: no table and no file."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with connect(**parameters(), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = url_of(connection.settings_dict | {"NAME": name})
    there = {"DATABASE_URL": url, "MEDIA_ROOT": str(tmp_path / "elsewhere")}

    def manage(*arguments):
        command = [sys.executable, "-W", "ignore", "manage.py", *map(str, arguments)]
        environment = os.environ | there | {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    yield manage
    with connect(**parameters(), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def back_up_here(folder):
    return back_up(folder, now=timezone.now())


@pytest.mark.usefixtures("_company")
def test_what_is_restored_has_the_same_counts_and_hashes(tmp_path, empty_machine):
    before = back_up_here(tmp_path / "first")

    done = empty_machine("restore", tmp_path / "first")
    assert done.returncode == 0, done.stderr
    assert "1 files are back" in done.stdout

    again = empty_machine("backup", tmp_path / "second")
    assert again.returncode == 0, again.stderr
    after = json.loads((tmp_path / "second" / MANIFEST).read_text())
    assert after["tables"] == before["tables"]
    assert after["tables"]["engagements_seat"] == 3
    assert after["files"] == before["files"]
    assert list(after["files"].values()) == [StoredFile.objects.get().sha256]
    assert after["migrations"] == before["migrations"]


@pytest.mark.usefixtures("_company")
def test_a_drill_sends_nothing_that_still_waited(tmp_path, empty_machine):
    back_up_here(tmp_path / "first")
    empty_machine("restore", "--hold-effects", tmp_path / "first")
    counted = empty_machine(
        "shell", "-v0", "-c", "from core.models import Effect; print(Effect.objects.counts())"
    )
    assert "'pending': 0" in counted.stdout
    assert Effect.objects.counts()["pending"] == 1


@pytest.mark.usefixtures("_company")
def test_a_database_with_anything_in_it_is_left_alone(tmp_path):
    back_up_here(tmp_path / "first")
    with pytest.raises(BackupRefused, match="not empty"):
        restore(tmp_path / "first")


def spoil(backup, name):
    file = next(backup.glob(name))
    file.write_bytes(file.read_bytes() + b" ")


@pytest.mark.usefixtures("_company")
@pytest.mark.parametrize("name", ["database.dump", "files/files/*/*/*"])
def test_a_backup_that_was_changed_is_refused_before_anything_is_written(
    tmp_path, empty_machine, name
):
    back_up_here(tmp_path / "first")
    spoil(tmp_path / "first", name)
    done = empty_machine("restore", tmp_path / "first")
    assert done.returncode == 1
    assert "was changed since the backup was made" in done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_without_a_manifest_is_no_backup(tmp_path):
    (tmp_path / "half").mkdir()
    with pytest.raises(BackupRefused, match="is no backup"):
        restore(tmp_path / "half")


@pytest.mark.usefixtures("_company")
def test_a_file_that_is_lost_already_is_said_and_stops_nothing(tmp_path):
    Path(StoredFile.objects.get().content.path).unlink()
    manifest = back_up_here(tmp_path / "first")
    assert list(manifest["files"].values()) == [""]


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(BackupRefused, match="exists already"):
        back_up_here(tmp_path / "there")

"""Run Cadre with example data on this machine: database, web server, worker and beat.

`make demo` starts this. It brings everything up, starts again what dies, and stops all of it on
Ctrl-C, SIGTERM or SIGHUP, the database last.
"""

import argparse
import hashlib
import os
import secrets
import shutil
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from ops.machine import check_port
from ops.postgres import DEMO
from ops.processes import die_with_make, end, with_environment
from ops.state import LOCAL, ROOT, VENV_PYTHON, locked, plain_errors
from ops.supervisor import Service, Stopped, Supervisor

FOLDER = LOCAL / "demo"
PORT_FILE = FOLDER / "port"
MARK = f"CADRE_DEMO={ROOT}"
ALREADY = "The demo of this checkout is running already: stop it first (Ctrl-C in its window)."
PYTHON = [str(VENV_PYTHON), "-m"]

PASSWORD = "demo-cadre-2026"  # noqa: S105 -- of example people, on this machine only
SIGN_INS = {
    "admin@cadre.example": "administrator",
    "hr@cadre.example": "HR director",
    "recruiter@cadre.example": "recruiter",
    "bizdev@cadre.example": "business development",
    "delivery@cadre.example": "delivery manager",
    "trainer@cadre.example": "trainer",
    "qa@cadre.example": "quality assurance",
    "client@nordwind.example": "client, decides",
    "viewer@nordwind.example": "the same client, may look only",
    "client@otherclient.example": "another client",
    "vendor@partner.example": "vendor",
    "vendor@otherpartner.example": "another vendor",
}


def environment(port: int) -> dict[str, str]:
    """Say everything that Cadre reads from the environment, whatever the terminal's has in it."""
    name, _, value = MARK.partition("=")
    return os.environ | {
        name: value,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "false",
        "DEMO": "true",
        "SECRET_KEY": secret_key(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": DEMO.url,
        "PG_BINARIES": str(DEMO.binaries),
        "CACHE_URL": "locmem://",
        "CELERY_BROKER_URL": "filesystem://localhost",
        "BROKER_FOLDER": str(FOLDER / "broker"),
        "EMAIL_URL": "log://",
        "MEDIA_ROOT": str(FOLDER / "media"),
        "STATIC_ROOT": str(FOLDER / "static"),  # stays empty, but is looked for
        "BEHIND_PROXY": "false",
        "SECURE_COOKIES": "false",
        "PYTHONUNBUFFERED": "1",
    }


def secret_key() -> str:
    """Keep one key, so that who is signed in stays so over a restart."""
    file = FOLDER / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def services(port: int) -> list[Service]:
    """List what runs. The web server starts alone, so that the first page is there sooner."""
    celery = [*PYTHON, "celery", "-A", "config"]
    # One worker has no others to hear of.
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = ["config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    web.append("--no-control-socket")  # it would stand in the home folder, one for all checkouts
    schedule = ["--schedule", str(FOLDER / "beat-schedule"), "--pidfile="]
    return [
        Service("web", [*PYTHON, "gunicorn", *web, "--timeout", "120", "--preload"]),
        Service("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *alone]),
        Service("beat", [*celery, "beat", *schedule, "--loglevel", "INFO"]),
    ]


def broker_folders() -> list[Path]:
    return [FOLDER / "broker" / "queue", FOLDER / "broker" / "control"]


def forget_everything() -> None:
    for folder in {FOLDER, DEMO.folder}:
        shutil.rmtree(folder, ignore_errors=True)


def end_leftovers() -> None:
    """End what a demo left running that was itself killed."""
    end(lambda: with_environment(MARK))
    if DEMO.running():
        DEMO.stop()


def answers(url: str) -> bool:
    """Say whether the first page is there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 -- our own address
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def announce(url: str, seconds: float) -> None:
    width = max(map(len, SIGN_INS))
    people = "\n".join(f"  {email:<{width}}  {who}" for email, who in SIGN_INS.items())
    print(
        f"\nCadre is ready at {url} ({seconds:.0f} s)\n\n"
        f"Sign in as one of these; the password is {PASSWORD} for each:\n{people}\n\n"
        f"Data: {DEMO.folder} and {FOLDER}\nLogs: {FOLDER / 'logs'}\n"
        "Ctrl-C stops everything; the data stay. `make demo RESET=1` starts over.\n",
        flush=True,
    )


def code_digest() -> str:
    """Name the state of the code, which decides what migrating and loading would do."""
    apps = [folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists()]
    files = [
        ROOT / "requirements" / "demo.txt",
        *(file for app in apps for file in app.rglob("*.py")),
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def prepare(supervisor: Supervisor) -> None:
    """Migrate and load, unless the same code did so in this cluster: finding out takes seconds."""
    stamp, digest = DEMO.folder / "prepared-by", code_digest()
    if not stamp.exists() or stamp.read_text() != digest:
        supervisor.step("Preparing the database and its example data", [*PYTHON, "ops.prepare"])
        stamp.write_text(digest)


def bring_up(supervisor: Supervisor, port: int) -> None:
    started = time.monotonic()
    DEMO.prepare()
    supervisor.start_database()
    prepare(supervisor)
    print("Starting …", flush=True)
    web, *others = services(port)
    supervisor.start(web)
    url = f"http://127.0.0.1:{port}"
    supervisor.watch_until(lambda: answers(f"{url}/accounts/login/"))
    for service in others:
        supervisor.start(service)
    announce(url, time.monotonic() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--reset", action="store_true", help="forget everything and start over")
    options = parser.parse_args()
    die_with_make()
    with plain_errors(), locked("demo", refusal=ALREADY):
        end_leftovers()
        port = check_port(options.port)
        if options.reset:
            forget_everything()
        (FOLDER / "static").mkdir(parents=True, exist_ok=True)
        PORT_FILE.write_text(str(port))
        supervisor = Supervisor(DEMO, FOLDER, environment(port), broker_folders())
        try:
            bring_up(supervisor, port)
            supervisor.watch()
        except Stopped as stopped:
            sys.exit(stopped.exit_code)
        finally:
            supervisor.stop()


if __name__ == "__main__":
    main()

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings

from core.models import Effect
from ops.processes import dies_with_parent

ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
CSRF = "x" * 32


def eventually(claim, *, seconds=120):
    """Wait until something is true, and fail if it never is."""
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def everything_is_done():
    return not Effect.objects.exclude(state=Effect.State.DONE).exists()


class Machine:
    """Cadre's processes on a broker of files, each started, killed and ended by its own id."""

    def __init__(self, folder, database_url):
        self.folder = folder
        self.broker, self.mails = folder / "broker", folder / "mails"
        self.mails.mkdir()
        self.make_broker()
        self.running = {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.kills.settings",
            "DATABASE_URL": database_url,
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": "http://127.0.0.1",
            "CELERY_BROKER_URL": "filesystem://",
            "BROKER_FOLDER": str(self.broker),
            "MAIL_FOLDER": str(self.mails),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "HOLD_RENDERING": str(folder),
            "EMAIL_URL": "log://",
            "SECURE_SSL_REDIRECT": "false",
            "SECURE_COOKIES": "false",
            "PYTHONWARNINGS": "default",
        }

    def make_broker(self):
        for name in ["queue", "control"]:
            (self.broker / name).mkdir(parents=True, exist_ok=True)

    def lose_broker(self):
        shutil.rmtree(self.broker)

    def start(self, name, command, **environment):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=settings.BASE_DIR,
                env=self.environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- as ops does
            )

    def start_worker(self):
        celery = ["celery", "-A", "config"]
        self.start("worker", [*celery, "worker", "--concurrency", "2", "-l", "INFO", *ALONE])

    def worker_is_ready(self):
        return " ready." in (self.folder / "worker.log").read_text()

    def start_beat(self):
        schedule = ["--schedule", str(self.folder / "schedule"), "--pidfile="]
        self.start("beat", ["celery", "-A", "config", "beat", "-l", "INFO", *schedule])

    def start_web(self, **environment):
        bind = ["--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--no-control-socket"]
        self.start("web", ["gunicorn", "config.wsgi", *bind], **environment)
        eventually(self.answers)

    def answers(self):
        try:
            return self.ask("GET", "/healthz") == 200
        except ConnectionError:
            return False

    def ask(self, method, path, session="", **data):
        """Ask the web server, and return the status of its answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, urlencode(data), headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def kill(self, name):
        """End a service and what it started at once, without a word."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart_dead(self):
        """Start again what died, as the supervisor does."""
        for name in [name for name, process in self.running.items() if process.poll() is not None]:
            {"worker": self.start_worker, "beat": self.start_beat}[name]()

    def end(self):
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def sent(self, header="Subject"):
        """Return the subjects of the mails that went out, or another header."""
        lines = [line for file in self.mails.iterdir() for line in file.read_text().splitlines()]
        start = f"{header}: "
        return sorted(line.removeprefix(start) for line in lines if line.startswith(start))

    def logs(self):
        ends = {log.name: log.read_text()[-3000:] for log in sorted(self.folder.glob("*.log"))}
        return "\n".join(f"== {name}\n{end}" for name, end in ends.items())


@pytest.fixture
def machine(transactional_db, database_url, tmp_path):
    """The processes, on the test's own database. They are ended after the test."""
    made = Machine(tmp_path, database_url)
    yield made
    made.end()
    print(made.logs())  # noqa: T201 -- shown when the test fails


@pytest.fixture
def session(client_as):
    """The session of an administrator who is signed in."""
    return client_as("Administrator").cookies["sessionid"].value

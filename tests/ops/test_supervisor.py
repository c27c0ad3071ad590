import os
import secrets
import shutil
import signal
import subprocess
import sys

import pytest

from ops.postgres import Cluster
from ops.processes import command_of, with_environment
from ops.processes import wait_until as wait
from ops.state import ROOT

pytestmark = pytest.mark.kill


class SmallDemo:
    def __init__(self, folder):
        self.folder = folder
        self.cluster = Cluster(f"trial-{secrets.token_hex(3)}", durable=False)
        self.mark = f"CADRE_TRIAL={secrets.token_hex(8)}"
        arguments = [str(folder), self.cluster.kind, self.mark]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ops.small_demo", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "up\n"

    def sleepers(self):
        return {command_of(pid).strip(): pid for pid in with_environment(self.mark)}

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.cluster.stop()
        shutil.rmtree(self.cluster.folder)


@pytest.fixture
def demo(tmp_path):
    demo = SmallDemo(tmp_path)
    yield demo
    demo.end()


BOTH = {"/bin/sleep 1000", "/bin/sleep 1001"}


def test_dead_service_is_started_again(demo):
    before = demo.sleepers()
    os.kill(before["/bin/sleep 1000"], signal.SIGKILL)

    assert wait(lambda: demo.sleepers().keys() == BOTH and demo.sleepers() != before, seconds=15)
    assert demo.sleepers()["/bin/sleep 1001"] == before["/bin/sleep 1001"]


def test_killed_database_is_started_again_with_its_lock_left_behind(demo):
    before = demo.cluster.running()
    os.kill(before, signal.SIGKILL)

    assert wait(lambda: demo.cluster.running() not in {None, before}, seconds=15)
    assert wait(demo.cluster.is_ready, seconds=15)


def test_removed_broker_folder_is_made_again(demo):
    (demo.folder / "broker").rename(demo.folder / "away")

    assert wait((demo.folder / "broker" / "queue").is_dir, seconds=5)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_signal_stops_everything(demo, number, code):
    demo.process.send_signal(number)

    assert demo.process.wait(timeout=30) == code
    assert demo.sleepers() == {}
    assert demo.cluster.running() is None
    assert not demo.cluster.sockets.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start cleans up")
def test_killed_supervisor_takes_everything_along(demo):
    demo.process.kill()

    assert wait(lambda: not demo.sleepers() and not demo.cluster.running(), seconds=15)


def test_database_starts_although_its_lock_names_another_process(demo):
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(timeout=30)
    demo.cluster.lock.write_text(f"{os.getpid()}\n{demo.cluster.data}\n0\n5432\n\n\n\nready\n")

    server = demo.cluster.start(die_with_us=True)

    assert demo.cluster.running() == server.pid
    demo.cluster.stop(server)

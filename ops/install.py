"""Make .venv and install one of the locks in requirements/, unless that was done already."""

import hashlib
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from ops.processes import dies_with_parent
from ops.state import ROOT, VENV_PYTHON, Refused, locked, plain_errors

VENV = ROOT / ".venv"
USABLE = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))"
NO_VENV = (
    "This Python ({}) can't make a virtual environment: install what is missing "
    "(Debian: apt-get install python3-venv), then try again."
)
NO_PACKAGES = (
    "The packages could not be installed; pip says why above. It needs a package index: "
    "look at your network, or at pip's configuration for a mirror (pip config list)."
)


def install(name: str) -> None:
    """Install `requirements/<name>.txt`. The stamp makes the next time quick."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f"installed-{name}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    with locked("install"):
        make_venv()
        if stamp.exists() and stamp.read_text() == digest:
            return
        started = time.monotonic()
        print(f"Installing {lock.relative_to(ROOT)} into .venv …", flush=True)
        pip_install(lock)
        stamp.write_text(digest)
        print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def make_venv() -> None:
    """Make the virtual environment, or make it anew where its Python is gone or half made."""
    try:
        if subprocess.run([VENV_PYTHON, "-c", USABLE], stderr=subprocess.DEVNULL).returncode == 0:
            return
    except OSError:
        pass  # absent, or its Python was uninstalled
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.DEVNULL)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Refused(NO_VENV.format(sys.executable))


def pip_install(lock: Path) -> None:
    """Take exactly what the lock lists: nothing to resolve, nothing without a known hash."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-compile", "--require-hashes", "-r", str(lock)]
    if subprocess.run(command, cwd=ROOT, preexec_fn=dies_with_parent(signal.SIGTERM)).returncode:
        raise Refused(NO_PACKAGES)


if __name__ == "__main__":
    with plain_errors():
        for each in sys.argv[1:]:
            install(each)

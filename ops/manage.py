"""Run a command of manage.py on the demo that runs in this checkout.

For example: .venv/bin/python -m ops.manage import_candidates some/folder
"""

import os
import sys

from ops.demo import PORT_FILE, environment
from ops.postgres import DEMO
from ops.state import ROOT, VENV_PYTHON, Refused, plain_errors


def main() -> None:
    with plain_errors():
        if not DEMO.running():
            raise Refused("The demo does not run: start it first with make demo.")
        command = [str(VENV_PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]]
        # In place of us: its exit code, its input and Ctrl-C are ours.
        os.execve(command[0], command, environment(int(PORT_FILE.read_text())))  # noqa: S606


if __name__ == "__main__":
    main()

"""Write requirements/*.txt anew: every package that is needed, pinned, with its hashes.

The locks hold for Python 3.11 to 3.13 on every platform, and name no package index. Those in use
are kept as they are where they still fit; `make lock UPGRADE=1` takes the newest.
"""

import os
import subprocess
import sys

from ops.state import ROOT

# `base` is what a server needs, `server` the same with files kept by S3. The last contains all.
LOCKS = {
    "base": [],
    "server": ["s3"],
    "demo": ["embedded"],
    "load": ["embedded", "load"],
    "test": ["embedded", "test"],
    "check": ["embedded", "s3", "load", "test", "check"],
}
COMPILE = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"]
COMPILE += ["--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate"]
COMPILE += ["--custom-compile-command", "make lock", "pyproject.toml"]


def main() -> None:
    """Lock the largest set first, and hold the others to its versions."""
    largest = "requirements/check.txt"
    for name in reversed(LOCKS):
        file = f"requirements/{name}.txt"
        command = [*COMPILE, "--output-file", file]
        command += [f"--extra={extra}" for extra in LOCKS[name]]
        if file != largest:
            command += ["--upgrade", "--constraint", largest]
        elif os.environ.get("UPGRADE"):
            command += ["--upgrade"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        print(f"Wrote {file}")


if __name__ == "__main__":
    main()

"""Run the tests on the throw-away PostgreSQL, or on the server that DATABASE_URL names."""

import argparse
import os
import shlex
import sys

from ops.database import run
from ops.state import plain_errors

SELECTIONS = {
    "fast": ["-n", "auto", "-m", "not race and not kill and not demo and not story"],
    # One after the other: these time threads and processes, which neighbours would disturb.
    "marked": ["-m", "race or kill or browser"],
    "all": ["-n", "auto"],
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("selection", choices=SELECTIONS)
    options = parser.parse_args()
    more = shlex.split(os.environ.get("ARGS", ""))
    return run([sys.executable, "-m", "pytest", *SELECTIONS[options.selection], *more])


if __name__ == "__main__":
    with plain_errors():
        sys.exit(main())

"""Remove what `make` made for this checkout: databases, demo data, environment, caches."""

import shutil

from ops.postgres import DEMO, TEST
from ops.state import AS_ROOT, LOCAL, ROOT, locked, plain_errors, shared_folder

CACHES = [".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"]
RUNNING = "The demo of this checkout is running: stop it first (Ctrl-C in its window)."


def main() -> None:
    with plain_errors(), locked("demo", refusal=RUNNING), locked("test"):
        for cluster in [DEMO, TEST]:
            cluster.stop()
        if AS_ROOT:
            shutil.rmtree(shared_folder())
        for name in [".venv", *CACHES]:
            shutil.rmtree(ROOT / name, ignore_errors=True)
        shutil.rmtree(LOCAL)


if __name__ == "__main__":
    main()

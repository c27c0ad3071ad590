"""Run every check that needs no test, all of them, and name at the end those that failed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ops.database import test_database
from ops.state import ROOT, plain_errors

APPS = ["config", "portal", "cms", "training", "recruiting", "engagements", "vendors", "core"]
PYTHON = [sys.executable, "-m"]
MANAGE = [sys.executable, "manage.py"]
LINT_IMPORTS = "from importlinter import cli; cli.lint_imports_command()"
# As on a server; the key is as long as a real one has to be, and good for nothing else.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "false",
    "DEMO": "false",
    "SECRET_KEY": "only-for-make-check-" + "".join(chr(97 + n * 7 % 26) for n in range(40)),
    "ALLOWED_HOSTS": "cadre.example",
    "BASE_URL": "https://cadre.example",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",  # no check connects to it
    "CACHE_URL": "locmem://",
    "EMAIL_URL": "smtp://127.0.0.1",
}


def runs(command: list[str], environment: dict[str, str] | None = None) -> Callable[[], bool]:
    """Return a check that holds when a command ends well."""

    def check() -> bool:
        done = subprocess.run(command, cwd=ROOT, env=os.environ | (environment or {}))
        return done.returncode == 0

    return check


def templates() -> list[str]:
    return [str(file.relative_to(ROOT)) for app in APPS for file in (ROOT / app).rglob("*.html")]


def no_known_vulnerabilities() -> bool:
    """Ask the index about what a server installs; without an answer, say so and go on."""
    lock = "requirements/base.txt"
    command = [*PYTHON, "pip_audit", "--requirement", lock, "--no-deps", "--disable-pip"]
    done = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = done.stderr.strip().splitlines() or ["no reason given"]
        print(f"Not checked: the index does not answer ({reason[-1][:200]}).")
        return True
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {flaw['fix_versions']}"
        for package in packages
        for flaw in package.get("vulns", [])
    ]
    print("\n".join(found) or f"None known in {len(packages)} packages.")
    return not found


def checks() -> dict[str, Callable[[], bool]]:
    deploy = [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
    migrations = [*MANAGE, "makemigrations", "--check", "--dry-run"]
    # No Python: a program that stands beside it.
    djade = [str(Path(sys.executable).with_name("djade")), "--check", "--target-version", "5.2"]
    return {
        "ruff": runs([*PYTHON, "ruff", "check"]),
        "ruff format": runs([*PYTHON, "ruff", "format", "--check"]),
        "layers": runs([sys.executable, "-c", LINT_IMPORTS]),
        "templates": runs([*djade, *templates()]),
        "mypy": runs([*PYTHON, "mypy"]),
        "migrations": runs(migrations, PRODUCTION),
        "deployment": runs(deploy, PRODUCTION),
        "known vulnerabilities": no_known_vulnerabilities,
    }


def main() -> str | int:
    failed = []
    with test_database() as url:
        os.environ["DATABASE_URL"] = url
        for name, check in checks().items():
            print(f"--- {name}", flush=True)
            if not check():
                failed.append(name)
    if failed:
        return f"\nFailed: {', '.join(failed)}"
    print("\nAll checks passed.")
    return 0


if __name__ == "__main__":
    with plain_errors():
        sys.exit(main())
